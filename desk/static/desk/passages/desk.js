/** The article desk: the state of the article's claims, the open one, and what can be done with it. */
import { Refused, SignedOut, ask } from "../http/api.js";
import { gettext } from "../http/texts.js";
import { ReadingCursor, reveal } from "./cursor.js";
import { announce, byId } from "../http/elements.js";
import { doing, showOthers } from "../http/here.js";
import { Keymap } from "../http/keymap.js";
import { Tabs } from "../http/tabs.js";
import { ClaimEntry } from "./claim_entry.js";
import { ClaimForm } from "./claim_form.js";
import { ClaimList, detail, highlightClasses } from "./list.js";
import { openReply } from "./reply.js";
import { TextPane } from "./text.js";

export class Desk {
    /** @param {HTMLElement} root @param {Server.Settings} settings @param {Server.State} state */
    constructor(root, settings, state) {
        this.root = root;
        this.settings = settings;
        this.state = state;
        /** @type {Map<string, ((...details: any[]) => void)[]>} */
        this.listeners = new Map();
        this.keymap = new Keymap();
        this.tabs = new Tabs(byId("mark-tabs"));
        this.pane = new TextPane(byId("mark-text"));
        this.cursor = new ReadingCursor(this.pane, settings.language);
        this.form = new ClaimForm(byId("mark-form", HTMLFormElement), settings);
        this.list = new ClaimList(byId("mark-claims"), { open: (id) => this.open(id) });
        /** The open claim. @type {Server.Claim|null} */
        this.claim = null;
        /** What can be taken back next: a claim of one's own, or anything else by a POST to an address.
         *  @type {{id: string, version: number}|{address: string}|null} */
        this.undo = null;
        /** The claim that was asked for last, on its way. @type {Promise<unknown>} */
        this.opening = Promise.resolve();
        this.claimEntry = new ClaimEntry(this);
        if (this.pane.points.length > settings.length || this.pane.points.length < settings.length - 1) {
            announce(gettext("The text did not arrive as it is kept. Reload the page before marking."), "bad");
        }
    }

    /** @type {Panels.On} */
    on(event, listener) { this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]); }
    /** @template {keyof Panels.Events} E @param {E} event @param {Panels.Events[E]} details */
    emit(event, ...details) { (this.listeners.get(event) ?? []).forEach((listener) => listener(...details)); }
    /** @param {string} id */
    address(id, rest = "") { return `${this.settings.base}claims/${id}/${rest}`; }

    /** The stretch under the cursor in code points, or null. @returns {Quote|null} */
    selection() {
        const { start, end, text } = this.cursor, { points } = this.pane;
        return start === end ? null : { start: points.fromUtf16(start), end: points.fromUtf16(end), text };
    }

    // --- Showing ------------------------------------------------------------------------------------
    /** Draw highlights and list from the state and from the claims that wait to be sent. */
    show() {
        const { text } = this.settings, waiting = this.claimEntry.waitingHere;
        /** @type {import("./text.js").Marked[]} */
        const passages = this.state.claims
            .filter((claim) => claim.passages.some((mark) => mark.text === text))
            .flatMap((claim, i) => claim.passages.filter((mark) => mark.text === text).map((mark) => ({
                id: mark.id, claim: claim.id, number: i + 1, start: mark.start, end: mark.end,
                classes: `${highlightClasses(claim)}${claim.id === this.list.current ? " mark-current" : ""}`,
                title: `${claim.fields.text} (${claim.rating.label || claim.stage.label})`,
            })));
        passages.push(...waiting.map(({ id, body, end }) => ({ id: "", claim: id, number: "…", start: body.start, end,
            classes: "desk-neutral mark-stage-waiting", title: gettext("%(text)s (not sent yet)", { text: body.text }) })));
        this.pane.show(passages);
        this.list.show(this.state.claims, text, waiting);
        if (this.tabs.has("claims")) this.tabs.count("claims", this.list.order.length);
        this.cursor.redraw();
        this.emit("state", this.state);
    }

    /** Whether somebody is typing a reply in the open claim: it is not drawn anew then. */
    get #isReplyOpen() { return Boolean(this.list.detail?.querySelector("form")); }

    /** Read the claims again, if any changed. */
    async refresh() {
        const { data, here } = await ask(`${this.settings.base}state/?text=${this.settings.text}&doing=${doing()}`, { tag: this.state.tag });
        if (here) showOthers(JSON.parse(here));
        if (!data) return;
        this.state = data;
        byId("mark-newer").hidden = data.newest_text === this.settings.text;
        if (this.claim && this.form.subject?.kind !== "edit" && !this.#isReplyOpen) await this.load(this.claim.id);
        this.show();
    }

    // --- Claims -------------------------------------------------------------------------------------
    /** Open a claim in the list; `toText` moves the cursor to its passage as well. @param {string} id */
    async open(id, { toText = false, focus = true } = {}) {
        if (id === this.list.current && !toText && focus && this.tabs.shown === "claims") {
            this.closeClaim();
            return;
        }
        this.tabs.show("claims");
        this.list.current = id;
        if (this.claim?.id !== id) this.list.detail = null;
        this.show();
        if (toText) this.toText(id);
        const row = this.list.row(id);
        if (focus && !toText) row?.focus();
        row?.scrollIntoView({ block: "nearest" });
        this.opening = this.load(id).catch((error) => this.showError(error));
        if (this.claim?.id !== id) this.emit("opening", id);
        await this.opening;
    }

    /** Close the open claim. */
    closeClaim() {
        this.#forgetOpenClaim();
        this.show();
        this.emit("claim", null);
    }

    #forgetOpenClaim() {
        this.list.current = null;
        this.list.detail = null;
        this.claim = null;
    }

    /** Read a claim in full; shown when it is still the open one. @param {string} id */
    async load(id) {
        const { data } = await ask(this.address(id));
        if (this.list.current === id) this.updateClaim(data);
    }

    /** Show a changed claim in the text, the list and the panels. @param {Server.Claim} claim */
    updateClaim(claim) {
        const at = this.state.claims.findIndex((item) => item.id === claim.id);
        if (at >= 0) this.state.claims[at] = claim;
        else this.state.claims.push(claim);
        this.state.claims.sort((a, b) => firstStart(a) - firstStart(b));
        this.state.tag = at >= 0 && this.claim?.version === claim.version ? this.state.tag : "";
        if (this.list.current === claim.id) {
            this.claim = claim;
            this.list.detail = detail(claim, {
                edit: (field) => this.claimEntry.edit(field), toText: () => this.toText(claim.id),
                takeBack: () => this.takeBack(), reply: (reply) => openReply(this, reply),
            });
        }
        this.show();
        if (this.claim) this.emit("claim", this.claim);
    }

    /** Move the cursor to a claim's passage and the focus to the text. @param {string|null} id */
    toText(id) {
        const found = this.pane.passages.find((passage) => passage.claim === id);
        if (!found) return;
        this.pane.root.focus({ preventScroll: true });
        this.cursor.set(found.start, found.end);
    }

    // --- Actions on the open claim -----------------------------------------------------------------------
    /**
     * Post to an address of the open claim and show the changed claim.
     * @param {string} rest @param {object} body @param {string} done the message afterwards
     * @returns {Promise<boolean|Refused>} true when it was done, otherwise the refusal, or false without a connection
     */
    async act(rest, body, done) {
        if (!this.claim) return false;
        const { id, version } = this.claim;
        try {
            const { data } = await ask(this.address(id, rest), { method: "POST", body: { ...body, version } });
            this.updateClaim(data);
            announce(done, "good");
            return true;
        } catch (error) {
            if (error instanceof Refused && error.status === 409) await this.#catchUp().catch(() => {});
            this.showError(error);
            return error instanceof Refused ? error : false;
        }
    }

    /** After a conflict: the current claim; a reply that is being typed stays, and is saved on the new version. */
    async #catchUp() {
        const { claim } = this;
        if (!claim) return;
        if (!this.#isReplyOpen) {
            await this.load(claim.id);
            return;
        }
        const { data } = await ask(this.address(claim.id));
        this.claim = { ...claim, version: data.version };
    }

    /** Undo having entered the open claim, or the one saved last. */
    async takeBack() {
        if (this.undo && "address" in this.undo) {
            await this.#undo(this.undo.address);
            return;
        }
        const mine = this.claim?.may_take_back ? this.claim : this.undo;
        if (!mine) {
            announce(gettext("There is nothing to take back: only a draft of your own can be."), "bad");
            return;
        }
        try {
            await ask(this.address(mine.id, "take-back/"), { method: "POST", body: { version: mine.version } });
        } catch (error) {
            this.showError(error);
            return;
        }
        this.state.claims = this.state.claims.filter((claim) => claim.id !== mine.id);
        this.state.tag = "";
        this.undo = null;
        if (this.list.current === mine.id) this.#forgetOpenClaim();
        this.show();
        this.pane.root.focus({ preventScroll: true });
        announce(gettext("Taken back. The history keeps it."), "good");
        this.emit("claim", null);
    }

    /** Take back something else than a claim: a passage that was marked for another claim. @param {string} address */
    async #undo(address) {
        try {
            await ask(address, { method: "POST", body: {} });
        } catch (error) {
            this.showError(error);
            return;
        }
        this.undo = null;
        await this.refresh().catch((error) => this.showError(error));
        announce(gettext("Taken back. The history keeps it."), "good");
        this.emit("saved", null);
    }

    /** Show what went wrong. @param {unknown} error */
    showError(error) {
        if (error instanceof SignedOut) announce(gettext("You are signed out. Sign in in another window, then try again."), "bad");
        else if (error instanceof Refused) announce(error.message, "bad");
        else announce(gettext("Not done: there is no connection. Try again."), "bad");
    }

    /** Show a stretch of the text without moving the focus. @param {number} start @param {number} end */
    reveal(start, end) { reveal(this.pane.range(start, end), this.pane.root); }
}

/** Where the first passage of a claim starts. @param {Server.Claim} claim */
function firstStart(claim) { return claim.passages[0]?.start ?? 0; }
