/** What the desk knows and does: the state of the article's claims, the passage in work, sending and receiving. */
import { Refused, SignedOut, ask, newId } from "./api.js";
import { ReadingCursor, reveal } from "./cursor.js";
import { announce, h } from "./elements.js";
import { ClaimForm } from "./form.js";
import { ClaimList, detail, look } from "./list.js";
import { Outbox } from "./outbox.js";
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
        this.outbox = new Outbox(`${settings.user}.${settings.article}`, {
            sent: (entry, claim) => this.#sent(entry, claim),
            refused: (entry, error) => this.#refused(entry, error),
            changed: () => this.#outboxChanged(),
        });
        if (this.pane.points.length > settings.length || this.pane.points.length < settings.length - 1) {
            announce("The text did not arrive as it is kept. Reload the page before marking.", "bad");
        }
    }

    on(event, listener) { this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]); }
    tell(event, ...what) { (this.listeners.get(event) ?? []).forEach((listener) => listener(...what)); }
    address(id, rest = "") { return `${this.settings.base}claims/${id}/${rest}`; }

    /** The stretch under the cursor in code points, or null. */
    selection() {
        const { start, end, text } = this.cursor, { points } = this.pane;
        return start === end ? null : { start: points.fromUtf16(start), end: points.fromUtf16(end), text };
    }

    // --- Showing ------------------------------------------------------------------------------------
    /** Draw highlights and list from the state and from what waits. */
    show() {
        const { text } = this.settings, waiting = this.#waitingHere();
        const passages = this.state.claims
            .filter((claim) => claim.passages.some((mark) => mark.text === text))
            .flatMap((claim, i) => claim.passages.filter((mark) => mark.text === text).map((mark) => ({
                id: mark.id, claim: claim.id, number: i + 1, start: mark.start, end: mark.end,
                look: `${look(claim)}${claim.id === this.list.current ? " mark-current" : ""}`,
                title: `${claim.words.text} (${claim.rating.label || claim.stage.label})`,
            })));
        passages.push(...waiting.map(({ id, body, end }) => ({ id: "", claim: id, number: "…", start: body.start, end,
            look: "desk-neutral mark-stage-waiting", title: `${body.text} (not sent yet)` })));
        this.pane.show(passages);
        this.list.show(this.state.claims, text, waiting);
        document.getElementById("mark-count").textContent = String(this.list.order.length);
        this.cursor.redraw();
        this.tell("state", this.state);
    }

    #waitingHere() {
        return this.outbox.waiting.filter((entry) => entry.body.article_text === String(this.settings.text));
    }

    /** Whether somebody is typing a reply in the open claim: it is not drawn anew then. */
    get #isReplying() { return Boolean(this.list.detail?.querySelector("form")); }

    /** Read the claims again, if any changed. */
    async refresh() {
        const { data } = await ask(`${this.settings.base}state/?text=${this.settings.text}`, { tag: this.state.tag });
        if (!data) return;
        this.state = data;
        document.getElementById("mark-newer").hidden = data.newest_text === this.settings.text;
        if (this.claim && this.form.subject?.kind !== "edit" && !this.#isReplying) await this.#load(this.claim.id);
        this.show();
    }

    // --- Claims -------------------------------------------------------------------------------------
    /** Open a claim in the list; `toText` moves the cursor to its passage as well. */
    async open(id, { toText = false, focus = true } = {}) {
        if (id === this.list.current && !toText && focus) return this.shut();
        this.list.current = id;
        if (this.claim?.id !== id) this.list.detail = null;
        this.show();
        if (toText) this.toText(id);
        const row = this.list.row(id);
        if (focus && !toText) row?.focus();
        row?.scrollIntoView({ block: "nearest" });
        try {
            await this.#load(id);
        } catch (error) {
            this.#trouble(error);
        }
        return undefined;
    }

    /** Close the open claim. */
    shut() {
        this.list.current = this.list.detail = this.claim = null;
        this.show();
        this.tell("claim", null);
    }

    async #load(id) {
        const { data } = await ask(this.address(id));
        if (this.list.current === id) this.#put(data);
    }

    /** A claim as it is now, from an answer that a panel got. */
    take(claim) { this.#put(claim); }

    /** A claim as it is now, from an answer: into the state, the list and the panels. */
    #put(claim) {
        const at = this.state.claims.findIndex((item) => item.id === claim.id);
        if (at >= 0) this.state.claims[at] = claim;
        else this.state.claims.push(claim);
        this.state.claims.sort((a, b) => a.passages[0].start - b.passages[0].start);
        this.state.tag = at >= 0 && this.claim?.version === claim.version ? this.state.tag : "";
        if (this.list.current === claim.id) {
            this.claim = claim;
            this.list.detail = detail(claim, {
                edit: (field) => this.edit(field), toText: () => this.toText(claim.id), step: (step) => this.step(step),
                takeBack: () => this.takeBack(), reply: (reply) => openReply(this, reply),
            });
        }
        this.show();
        if (this.claim) this.tell("claim", this.claim);
    }

    /** Move the cursor to a claim's passage and the focus to the text. */
    toText(id) {
        const found = this.pane.passages.find((passage) => passage.claim === id);
        if (!found) return;
        this.pane.root.focus({ preventScroll: true });
        this.cursor.set(found.start, found.end);
    }

    // --- Marking ------------------------------------------------------------------------------------
    /** Open the form for what is under the cursor. */
    mark() {
        const passage = this.selection();
        if (!this.settings.may_edit) return announce("You may look at claims, but not enter them.", "bad");
        if (!passage) return announce("Select a passage first: ↓ takes the next sentence.", "bad");
        if (this.form.isDirty) {
            this.form.field("text").focus();
            return announce("Save this claim first (Ctrl+Enter), or discard it.", "bad");
        }
        this.back = [this.cursor.anchor, this.cursor.focus];
        const text = passage.text.replace(/\s+/g, " ").trim().replace(/^[“”"„«»]+|[“”"„«»]+$/g, "").slice(0, 500);
        this.form.open({ kind: "new", passage, id: newId(), seen: [] }, { text, claimed_on: this.settings.published_on });
        this.#sayMarked(passage);
        this.#suggest(passage);
        this.root.classList.add("mark-has-form");
        this.keep();
        return this.tell("passage", passage);
    }

    /** Other claims at this very passage are shown above the form: the editor decides whether this is another one. */
    #sayMarked({ start, end }) {
        const { text } = this.settings;
        const there = this.state.claims.filter((claim) =>
            claim.passages.some((mark) => mark.text === text && mark.start === start && mark.end === end));
        this.form.subject.seen = there.map((claim) => claim.id);
        if (there.length) this.form.say(["Already marked here: ", ...this.#links(there.map((c) => [c.id, c.words.text]))], "warn");
    }

    #links(claims) {
        return claims.map(([id, words]) => h("button", { type: "button", class: "desk-link mark-link",
            onclick: () => { this.discard(); this.refresh().then(() => this.open(id)); } }, `“${words}”`));
    }

    async #suggest(passage) {
        const { subject } = this.form;
        try {
            const query = `start=${passage.start}&end=${passage.end}&text=${this.settings.text}`;
            const { data } = await ask(`${this.settings.base}speaker/?${query}`);
            if (this.form.subject !== subject) return;
            const who = data.claimant;
            this.form.suggest({ claimed_on: data.claimed_on, ...(who && { claimant: who.label, claimant_id: who.id }) },
                who ? `Suggested: the text says “${data.because}” here. Check it.` : "");
        } catch {
            // a suggestion is no more than that
        }
    }

    /** Change the words of the open claim. */
    edit(field = "text") {
        if (!this.claim?.may_edit) return;
        if (this.form.isDirty) {
            this.form.field("text").focus();
            announce("Save or discard what is in the form first.", "bad");
            return;
        }
        this.back = [this.cursor.anchor, this.cursor.focus];
        this.form.open({ kind: "edit", id: this.claim.id, version: this.claim.version }, this.claim.words);
        const input = this.form.field(field);
        input.closest("details")?.setAttribute("open", "");
        input.focus();
        this.root.classList.add("mark-has-form");
    }

    /** Save what is in the form. */
    async save() {
        const { subject } = this.form, values = this.form.values();
        if (!subject) return;
        this.form.errors({});
        if (!values.text.trim()) {
            this.form.errors({ text: ["Say in one sentence what is claimed."] });
            return;
        }
        if (subject.kind === "edit") {
            await this.#saveWords(subject, values);
            return;
        }
        const { passage, id, seen } = subject;
        const body = { ...values, exact: passage.text, start: passage.start, article_text: String(this.settings.text), seen };
        this.discard({ quietly: true });
        this.toPlace();
        await this.outbox.put({ id, address: this.address(id), body, end: passage.end });
        if (this.outbox.waiting.length) announce("No connection: the claim is kept here and sent again.", "bad");
    }

    async #saveWords(subject, values) {
        this.form.busy(true);
        try {
            const { data } = await ask(this.address(subject.id), { method: "PATCH", body: { ...values, version: subject.version } });
            this.#wordsSaved(subject, data);
        } catch (error) {
            if (this.form.subject !== subject) return;
            this.form.busy(false);
            if (error.code === "stale") await this.#conflict(subject, values);
            else if (error instanceof Refused) this.form.errors(Object.keys(error.errors).length ? error.errors : { __all__: [error.message] });
            else {
                this.form.say("Not saved yet: there is no connection. What you typed stays here and is sent again.", "bad");
                setTimeout(() => { if (this.form.subject === subject) this.save(); }, 4_000);
            }
        }
    }

    #wordsSaved(subject, data) {
        if (this.form.subject === subject) this.discard({ quietly: true });
        this.list.current = data.id;
        this.#put(data);
        this.list.row(data.id)?.focus();
        announce("Claim saved.", "good");
        this.tell("saved", data);
    }

    /** Somebody's change came first: show theirs beside what was typed, and save over it only when asked again. */
    async #conflict(subject, values) {
        const { data } = await ask(this.address(subject.id));
        if (this.form.subject !== subject) return;
        const names = { text: "Statement", claimant: "Claimant", claimed_on: "Said on", topics: "Topics", why_chosen: "Why this claim" };
        const differing = Object.entries(names).filter(([name]) => String(data.words[name]) !== String(values[name]));
        if (!differing.length) {
            this.#wordsSaved(subject, data);
            return;
        }
        subject.version = data.version;
        this.form.touched.add("text");
        this.form.say([h("p", {}, "Somebody else saved a change first. Yours is still here; saving again puts it in place of theirs:"),
            h("ul", {}, ...differing.map(([name, label]) => h("li", {}, h("strong", {}, `${label}: `), data.words[name] || "(empty)")))], "warn");
        this.form.field("text").focus();
        announce("Somebody else saved a change first. Compare, and save again.", "bad");
    }

    #sent(entry, claim) {
        this.list.current = claim.id;
        this.list.detail = null;
        this.undo = claim.may_take_back ? { id: claim.id, version: claim.version } : null;
        const at = this.pane.root.contains(document.activeElement);
        this.#put(claim);
        this.list.row(claim.id)?.scrollIntoView({ block: "nearest" });
        if (at) this.pane.root.focus({ preventScroll: true });
        announce(`Claim saved, ${this.list.order.length} of this article. u takes it back.`, "good");
        this.tell("saved", claim);
    }

    /** A claim that waited was refused: back into the form, unless another one is in work there. */
    #refused(entry, error) {
        if (this.form.isDirty) {
            this.kept = [...(this.kept ?? []), [entry, error]];
            announce(`One claim was refused and is kept until the form is free: ${error.message}`, "bad");
            return;
        }
        this.#reopen(entry, ["text"]);
        if (error.code === "already_marked") {
            this.form.subject.seen = [...this.form.subject.seen, ...error.answer.marks.map((mark) => mark.claim)];
            this.form.say([h("p", {}, error.message), ...this.#links(error.answer.marks.map((m) => [m.claim, m.statement])),
                h("p", {}, "Save again to mark it for yours as well.")], "warn");
        } else if (!this.form.errors(error.errors) && !Object.keys(error.errors).length) this.form.say(error.message, "bad");
        announce(error.message, "bad");
    }

    #reopen({ id, body, end }, touched) {
        const passage = { start: body.start, end, text: body.exact };
        this.cursor.set(this.pane.points.toUtf16(body.start), this.pane.points.toUtf16(end));
        this.back = [this.cursor.anchor, this.cursor.focus];
        this.form.open({ kind: "new", passage, id: id ?? newId(), seen: body.seen ?? [] }, body, touched);
        this.root.classList.add("mark-has-form");
        this.keep();
    }

    // --- Keeping ------------------------------------------------------------------------------------
    /** Keep what is in the form, for this browser to find again. */
    keep() {
        const { subject } = this.form;
        if (subject?.kind !== "new" || !this.form.isDirty) return;
        const { passage, id, seen } = subject;
        this.outbox.draft = { id, end: passage.end, touched: [...this.form.touched], body: { ...this.form.values(),
            exact: passage.text, start: passage.start, article_text: String(this.settings.text), seen } };
    }

    /** Bring back a form that was left. */
    restore() {
        const draft = this.outbox.draft;
        if (!draft || draft.body.article_text !== String(this.settings.text)) return;
        this.#reopen(draft, draft.touched);
        this.form.say("This is what you were typing when the page was left.", "quiet");
    }

    /** Close the form and forget what is in it. */
    discard({ quietly = false } = {}) {
        if (this.form.subject?.kind === "new") this.outbox.draft = null;
        this.form.close();
        this.root.classList.remove("mark-has-form");
        if (!quietly) announce("Discarded.");
        const next = this.kept?.shift();
        if (next) this.#refused(...next);
    }

    /** Back to the text, where the reading was. */
    toPlace() {
        this.pane.root.focus({ preventScroll: true });
        if (this.back) this.cursor.set(...this.back, { scroll: false });
    }

    #outboxChanged() {
        const line = document.getElementById("mark-connection"), count = this.outbox.waiting.length;
        line.hidden = !count || this.outbox.isSending && !this.outbox.trouble;
        line.replaceChildren(this.outbox.trouble === "signed-out"
            ? h("span", {}, `You are signed out. ${count} kept here. `, h("a", { class: "desk-link", href: "/admin/login/", target: "_blank" }, "Sign in in another window"), ", then come back.")
            : h("span", {}, `No connection: ${count} kept here, sent again as soon as there is one. `));
        if (!line.hidden) line.append(h("button", { type: "button", class: "desk-link mark-link", onclick: () => this.outbox.send() }, "Try now"));
        this.show();
    }

    // --- Acts on the open claim -----------------------------------------------------------------------
    async step(step) {
        await this.act(`step/${step.key}/`, {}, `${step.label}: done.`);
    }

    /** Post to an address of the open claim and show what it is then; returns false when that was refused. */
    async act(rest, body, done) {
        try {
            const { data } = await ask(this.address(this.claim.id, rest), { method: "POST", body: { ...body, version: this.claim.version } });
            this.#put(data);
            announce(done, "good");
            return true;
        } catch (error) {
            if (error.status === 409) await this.#catchUp().catch(() => {});
            this.#trouble(error);
            return error instanceof Refused ? error : false;
        }
    }

    /** After a conflict: the claim as it is now; a reply that is being typed stays, and is saved on the new version. */
    async #catchUp() {
        if (!this.#isReplying) return this.#load(this.claim.id);
        const { data } = await ask(this.address(this.claim.id));
        this.claim = { ...this.claim, version: data.version };
        return undefined;
    }

    /** Undo having entered the open claim, or the one saved last. */
    async takeBack() {
        const mine = this.claim?.may_take_back ? this.claim : this.undo;
        if (!mine) return announce("There is nothing to take back: only a draft of your own can be.", "bad");
        try {
            await ask(this.address(mine.id, "take-back/"), { method: "POST", body: { version: mine.version } });
        } catch (error) {
            return this.#trouble(error);
        }
        this.state.claims = this.state.claims.filter((claim) => claim.id !== mine.id);
        this.state.tag = "";
        this.undo = null;
        if (this.list.current === mine.id) this.list.current = this.list.detail = this.claim = null;
        this.show();
        this.pane.root.focus({ preventScroll: true });
        announce("Taken back. The history keeps it.", "good");
        return this.tell("claim", null);
    }

    #trouble(error) {
        if (error instanceof SignedOut) announce("You are signed out. Sign in in another window, then try again.", "bad");
        else if (error instanceof Refused) announce(error.message, "bad");
        else announce("Not done: there is no connection. Try again.", "bad");
    }

    /** Show a stretch of the text without moving the focus. */
    reveal(start, end) { reveal(this.pane.range(start, end), this.pane.root); }
}
