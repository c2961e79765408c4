/** What the desk knows and does: the state of the article's claims, the open one, the acts on it. */
import { Refused, SignedOut, ask } from "../http/api.js";
import { ReadingCursor, reveal } from "./cursor.js";
import { announce } from "../http/elements.js";
import { ClaimEntry } from "./claim_entry.js";
import { ClaimForm } from "./claim_form.js";
import { ClaimList, detail, highlightClasses } from "./list.js";
import { openReply } from "./reply.js";
import { TextPane } from "./text.js";

export class Desk {
    constructor(root, settings, state) {
        this.root = root;
        this.settings = settings;
        this.state = state;
        this.listeners = new Map();
        this.pane = new TextPane(document.getElementById("mark-text"));
        this.cursor = new ReadingCursor(this.pane, settings.language);
        this.form = new ClaimForm(document.getElementById("mark-form"), settings);
        this.list = new ClaimList(document.getElementById("mark-claims"), { open: (id) => this.open(id) });
        this.claim = null;
        this.undo = null;
        this.claimEntry = new ClaimEntry(this);
        if (this.pane.points.length > settings.length || this.pane.points.length < settings.length - 1) {
            announce("The text did not arrive as it is kept. Reload the page before marking.", "bad");
        }
    }

    on(event, listener) { this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]); }
    emit(event, ...details) { (this.listeners.get(event) ?? []).forEach((listener) => listener(...details)); }
    address(id, rest = "") { return `${this.settings.base}claims/${id}/${rest}`; }

    /** The stretch under the cursor in code points, or null. */
    selection() {
        const { start, end, text } = this.cursor, { points } = this.pane;
        return start === end ? null : { start: points.fromUtf16(start), end: points.fromUtf16(end), text };
    }

    // --- Showing ------------------------------------------------------------------------------------
    /** Draw highlights and list from the state and from what waits. */
    show() {
        const { text } = this.settings, waiting = this.claimEntry.waitingHere;
        const passages = this.state.claims
            .filter((claim) => claim.passages.some((mark) => mark.text === text))
            .flatMap((claim, i) => claim.passages.filter((mark) => mark.text === text).map((mark) => ({
                id: mark.id, claim: claim.id, number: i + 1, start: mark.start, end: mark.end,
                classes: `${highlightClasses(claim)}${claim.id === this.list.current ? " mark-current" : ""}`,
                title: `${claim.words.text} (${claim.rating.label || claim.stage.label})`,
            })));
        passages.push(...waiting.map(({ id, body, end }) => ({ id: "", claim: id, number: "…", start: body.start, end,
            classes: "desk-neutral mark-stage-waiting", title: `${body.text} (not sent yet)` })));
        this.pane.show(passages);
        this.list.show(this.state.claims, text, waiting);
        this.tabs?.count("claims", this.list.order.length);
        this.cursor.redraw();
        this.emit("state", this.state);
    }

    /** Whether somebody is typing a reply in the open claim: it is not drawn anew then. */
    get #isReplyOpen() { return Boolean(this.list.detail?.querySelector("form")); }

    /** Read the claims again, if any changed. */
    async refresh() {
        const { data } = await ask(`${this.settings.base}state/?text=${this.settings.text}`, { tag: this.state.tag });
        if (!data) return;
        this.state = data;
        document.getElementById("mark-newer").hidden = data.newest_text === this.settings.text;
        if (this.claim && this.form.subject?.kind !== "edit" && !this.#isReplyOpen) await this.load(this.claim.id);
        this.show();
    }

    // --- Claims -------------------------------------------------------------------------------------
    /** Open a claim in the list; `toText` moves the cursor to its passage as well. */
    async open(id, { toText = false, focus = true } = {}) {
        if (id === this.list.current && !toText && focus && this.tabs.shown === "claims") return this.closeClaim();
        this.tabs.show("claims");
        this.list.current = id;
        if (this.claim?.id !== id) this.list.detail = null;
        this.show();
        if (toText) this.toText(id);
        const row = this.list.row(id);
        if (focus && !toText) row?.focus();
        row?.scrollIntoView({ block: "nearest" });
        try {
            await this.load(id);
        } catch (error) {
            this.showError(error);
        }
        return undefined;
    }

    /** Close the open claim. */
    closeClaim() {
        this.list.current = this.list.detail = this.claim = null;
        this.show();
        this.emit("claim", null);
    }

    async load(id) {
        const { data } = await ask(this.address(id));
        if (this.list.current === id) this.updateClaim(data);
    }

    /** A claim as it is now, from an answer: into the state, the list and the panels. */
    updateClaim(claim) {
        const at = this.state.claims.findIndex((item) => item.id === claim.id);
        if (at >= 0) this.state.claims[at] = claim;
        else this.state.claims.push(claim);
        this.state.claims.sort((a, b) => a.passages[0].start - b.passages[0].start);
        this.state.tag = at >= 0 && this.claim?.version === claim.version ? this.state.tag : "";
        if (this.list.current === claim.id) {
            this.claim = claim;
            this.list.detail = detail(claim, {
                edit: (field) => this.claimEntry.edit(field), toText: () => this.toText(claim.id), step: (step) => this.step(step),
                takeBack: () => this.takeBack(), reply: (reply) => openReply(this, reply),
            });
        }
        this.show();
        if (this.claim) this.emit("claim", this.claim);
    }

    /** Move the cursor to a claim's passage and the focus to the text. */
    toText(id) {
        const found = this.pane.passages.find((passage) => passage.claim === id);
        if (!found) return;
        this.pane.root.focus({ preventScroll: true });
        this.cursor.set(found.start, found.end);
    }

    // --- Acts on the open claim -----------------------------------------------------------------------
    async step(step) {
        await this.act(`step/${step.key}/`, {}, `${step.label}: done.`);
    }

    /** Post to an address of the open claim and show what it is then; returns false when that was refused. */
    async act(rest, body, done) {
        try {
            const { data } = await ask(this.address(this.claim.id, rest), { method: "POST", body: { ...body, version: this.claim.version } });
            this.updateClaim(data);
            announce(done, "good");
            return true;
        } catch (error) {
            if (error.status === 409) await this.#catchUp().catch(() => {});
            this.showError(error);
            return error instanceof Refused ? error : false;
        }
    }

    /** After a conflict: the claim as it is now; a reply that is being typed stays, and is saved on the new version. */
    async #catchUp() {
        if (!this.#isReplyOpen) return this.load(this.claim.id);
        const { data } = await ask(this.address(this.claim.id));
        this.claim = { ...this.claim, version: data.version };
        return undefined;
    }

    /** Undo having entered the open claim, or the one saved last. */
    async takeBack() {
        if (this.undo?.address) return this.#undo(this.undo.address);
        const mine = this.claim?.may_take_back ? this.claim : this.undo;
        if (!mine) return announce("There is nothing to take back: only a draft of your own can be.", "bad");
        try {
            await ask(this.address(mine.id, "take-back/"), { method: "POST", body: { version: mine.version } });
        } catch (error) {
            return this.showError(error);
        }
        this.state.claims = this.state.claims.filter((claim) => claim.id !== mine.id);
        this.state.tag = "";
        this.undo = null;
        if (this.list.current === mine.id) this.list.current = this.list.detail = this.claim = null;
        this.show();
        this.pane.root.focus({ preventScroll: true });
        announce("Taken back. The history keeps it.", "good");
        return this.emit("claim", null);
    }

    /** Take back what was not a claim of its own: a passage that was marked for another claim. */
    async #undo(address) {
        try {
            await ask(address, { method: "POST", body: {} });
        } catch (error) {
            return this.showError(error);
        }
        this.undo = null;
        await this.refresh().catch((error) => this.showError(error));
        announce("Taken back. The history keeps it.", "good");
        return this.emit("saved", null);
    }

    /** Say what went wrong. */
    showError(error) {
        if (error instanceof SignedOut) announce("You are signed out. Sign in in another window, then try again.", "bad");
        else if (error instanceof Refused) announce(error.message, "bad");
        else announce("Not done: there is no connection. Try again.", "bad");
    }

    /** Show a stretch of the text without moving the focus. */
    reveal(start, end) { reveal(this.pane.range(start, end), this.pane.root); }
}
