/** From a passage to a claim: opening the form, sending, and showing the result. */
import { Refused, ask, newId } from "../http/api.js";
import { announce, byId, h } from "../http/elements.js";
import { Outbox } from "../http/outbox.js";
import { gettext, ngettext } from "../http/texts.js";

/** A statement of a claim is at most this long; a longer passage is shortened by the editor. */
const LONGEST = 500;

/** A passage as a first statement: one line, without quotation marks around the whole of it. @param {string} quote */
export function asStatement(quote) {
    const line = quote.replace(/\s+/g, " ").trim(), [, inner] = line.match(/^[“"„«](.+)[”"“»]$/u) ?? [];
    return inner && !/[“”"„«»]/u.test(inner) ? inner : line;
}

export class ClaimEntry {
    /** @param {import("./desk.js").Desk} desk */
    constructor(desk) {
        this.desk = desk;
        this.form = desk.form;
        /** Where to go when the form is closed. @type {{place: [number, number], to: Panels.EntryOptions["back"]}|null} */
        this.back = null;
        /** Refused claims that wait until the form is free. @type {[OutboxEntry, Refused][]} */
        this.refusedEntries = [];
        /** The claim that was saved last, for its claimant. @type {Server.Claim|null} */
        this.last = null;
        this.outbox = new Outbox(`${desk.settings.user}.${desk.settings.article}`, {
            sent: (entry, claim) => this.#sent(entry, claim),
            refused: (entry, error) => this.#refused(entry, error),
            changed: () => this.#outboxChanged(),
        });
    }

    /** The claims of this text that wait to be sent. */
    get waitingHere() {
        return this.outbox.waiting.filter((entry) => entry.body.article_text === String(this.desk.settings.text));
    }

    /** Whether no claim can be started now; shows the reason. @param {Quote|null} passage */
    #cannotStart(passage) {
        let why = "";
        if (!this.desk.settings.may_edit) why = gettext("You may look at claims, but not enter them.");
        else if (!passage) why = gettext("Select a passage first: ↓ takes the next sentence.");
        else if (this.form.isDirty) {
            this.form.field("text").focus();
            why = gettext("Save this claim first (Ctrl+Enter), or discard it.");
        }
        if (why) announce(why, "bad");
        return Boolean(why);
    }

    /**
     * Open the form for the passage under the cursor.
     * @param {Panels.EntryOptions} [options] `values` are suggestions for its fields, `because` is the reason for the claimant.
     *     `back(isSaved)` moves the focus when the form is closed; without it, or when it returns false, the text gets it.
     */
    mark({ values = {}, because = "", back = null } = {}) {
        const passage = this.desk.selection();
        if (this.#cannotStart(passage) || !passage) return;
        this.#rememberPlace(back);
        const text = asStatement(passage.text).slice(0, LONGEST);
        const first = { text, claimed_on: this.desk.settings.published_on, ...values };
        this.form.open({ kind: "new", passage, id: newId(), seen: [] }, first);
        this.#warnAlreadyMarked(passage);
        this.form.claimant.offer(this.#lastClaimant(passage));
        if (values.claimant) this.form.claimant.propose(String(values.claimant), because);
        else this.#suggestSpeaker(passage, Boolean(values.claimed_on));
        this.#opened(passage);
        this.keep();
    }

    /**
     * Enter the passage under the cursor unchanged; false when the form is needed.
     * @param {Panels.EntryOptions} [options] as for `mark`
     */
    enter({ values = {}, because = "", back = null } = {}) {
        const passage = this.desk.selection();
        if (this.#cannotStart(passage) || !passage) return false;
        const text = asStatement(passage.text), seen = this.#claimsAt(passage).map((claim) => claim.id);
        if (text.length > LONGEST || seen.length) {
            this.mark({ values, because, back });
            announce(seen.length ? gettext("There is a claim at this passage. Compare, and save.") : gettext("The passage is long: shorten the statement, and save."), "bad");
            return false;
        }
        const body = { text, claimed_on: this.desk.settings.published_on, mine: true, ...values };
        this.#send({ passage, id: newId(), seen }, body);
        return true;
    }

    /** @param {Panels.EntryOptions["back"]} back */
    #rememberPlace(back) {
        const { anchor, focus } = this.desk.cursor;
        this.back = { place: [anchor, focus], to: back };
    }

    /** @param {Quote|null} passage */
    #opened(passage) {
        this.desk.root.classList.add("mark-has-form");
        this.desk.emit("passage", passage);
    }

    /** @param {Stretch} passage */
    #claimsAt({ start, end }) {
        const { text } = this.desk.settings;
        return this.desk.state.claims.filter((claim) =>
            claim.passages.some((mark) => mark.text === text && mark.start === start && mark.end === end));
    }

    /** The claimant of the claim that was saved last, else of the one before this passage in the text. @param {Quote} passage */
    #lastClaimant(passage) {
        const { text } = this.desk.settings;
        const place = (/** @type {Server.Claim} */ claim) => Math.max(-1, ...claim.passages
            .filter((mark) => mark.text === text && mark.start < passage.start).map((mark) => mark.start));
        const before = this.desk.state.claims.filter((claim) => place(claim) >= 0).sort((a, b) => place(a) - place(b));
        const words = (this.last ?? before.at(-1))?.fields;
        return words?.claimant_id ? { id: String(words.claimant_id), label: words.claimant } : null;
    }

    /** Show other claims of exactly this passage above the form: the editor decides whether this is another one. @param {Quote} passage */
    #warnAlreadyMarked(passage) {
        const there = this.#claimsAt(passage);
        if (this.form.subject?.kind === "new") this.form.subject.seen = there.map((claim) => claim.id);
        if (there.length) this.form.showNotice([gettext("Already marked here:"), " ", ...this.#links(there.map((c) => [c.id, c.fields.text]))], "warn");
    }

    /** @param {[id: string, statement: string][]} claims */
    #links(claims) {
        return claims.map(([id, statement]) => h("button", { type: "button", class: "desk-link mark-link",
            onclick: () => { this.discard(); this.desk.refresh().then(() => this.desk.open(id)); } }, `“${statement}”`));
    }

    /** @param {Quote} passage @param {boolean} isDated whether there is a date already */
    async #suggestSpeaker(passage, isDated) {
        const { subject } = this.form, { settings } = this.desk;
        try {
            const query = `start=${passage.start}&end=${passage.end}&text=${settings.text}`;
            const { data } = await ask(`${settings.base}speaker/?${query}`);
            if (this.form.subject !== subject) return;
            if (data.locator) this.form.showLocator(data.locator);
            const who = data.claimant ?? (data.name ? { id: "", label: data.name } : null);
            const adds = who && !who.id ? (" " + gettext("Saving adds this claimant.")) : "";
            this.form.suggest({ ...(!isDated && { claimed_on: data.claimed_on }), ...(who && { claimant: who.label, claimant_id: who.id, claimant_kind: who.id ? "" : data.kind }) },
                who ? gettext("Suggested: the text says “%(because)s” here. Check it.", { because: data.because }) + adds : "");
        } catch {
            // it is only a suggestion
        }
    }

    /** Edit the open claim; the focus goes to this field. */
    edit(field = "text") {
        const { claim } = this.desk;
        if (!claim?.may_edit) return;
        if (this.form.isDirty) {
            this.form.field("text").focus();
            announce(gettext("Save or discard what is in the form first."), "bad");
            return;
        }
        this.#rememberPlace(null);
        this.form.open({ kind: "edit", id: claim.id, version: claim.version }, { ...claim.fields });
        const input = this.form.field(field);
        input.closest("details")?.setAttribute("open", "");
        input.focus();
        this.#opened(null);
    }

    /** Save what is in the form. */
    async save() {
        const { subject } = this.form, values = this.form.values();
        if (!subject) return;
        this.form.showErrors({});
        if (!values.text.trim()) this.form.showErrors({ text: [gettext("Say in one sentence what is claimed.")] });
        else if (subject.kind === "edit") await this.#saveEdit(subject, values);
        else {
            this.discard({ quietly: true });
            this.returnToPlace(true);
            await this.#send(subject, values);
        }
    }

    /** @param {Omit<Panels.NewSubject, "kind">} subject @param {FieldValues & {text: string}} values */
    async #send({ passage, id, seen }, values) {
        const { desk } = this;
        const body = { ...values, exact: passage.text, start: passage.start, article_text: String(desk.settings.text), seen };
        await this.outbox.add({ id, address: desk.address(id), body, end: passage.end });
        const { problem } = this.outbox;
        if (problem === "signed-out") announce(gettext("You are signed out: the claim is kept here. Sign in in another window."), "bad");
        else if (problem) announce(problem === "slow" ? gettext("The connection is slow: the claim is kept here and sent again.") : gettext("No connection: the claim is kept here and sent again."), "bad");
    }

    /** @param {Panels.EditSubject} subject @param {FieldValues & {text: string}} values */
    async #saveEdit(subject, values) {
        this.form.setBusy(true);
        try {
            const { data } = await ask(this.desk.address(subject.id), { method: "PATCH", body: { ...values, version: subject.version } });
            this.#finishEdit(subject, data);
        } catch (error) {
            if (this.form.subject !== subject) return;
            this.form.setBusy(false);
            if (error instanceof Refused && error.code === "stale") await this.#conflict(subject, values);
            else if (error instanceof Refused) this.form.showErrors(Object.keys(error.errors).length ? error.errors : { __all__: [error.message] });
            else {
                this.form.showNotice(gettext("Not saved yet: there is no connection. What you typed stays here and is sent again."), "bad");
                setTimeout(() => { if (this.form.subject === subject) this.save(); }, 4_000);
            }
        }
    }

    /** @param {Panels.EditSubject} subject @param {Server.Claim} data */
    #finishEdit(subject, data) {
        if (this.form.subject === subject) this.discard({ quietly: true });
        this.desk.list.current = data.id;
        this.desk.tabs.show("claims");
        this.desk.updateClaim(data);
        this.desk.list.row(data.id)?.focus();
        announce(gettext("Claim saved."), "good");
        this.desk.emit("saved", data);
    }

    /**
     * Somebody else saved first: show their change beside what was typed. Saving again replaces it.
     * @param {Panels.EditSubject} subject @param {FieldValues & {text: string}} values
     */
    async #conflict(subject, values) {
        const { data } = await ask(this.desk.address(subject.id));
        if (this.form.subject !== subject) return;
        /** @type {Record<string, string>} */
        const names = { text: gettext("Statement"), claimant: gettext("Claimant"), claimed_on: gettext("Said on"), topics: gettext("Topics"), why_chosen: gettext("Why this claim") };
        const differing = Object.entries(names).filter(([name]) => String(data.fields[name]) !== String(values[name]));
        if (!differing.length) {
            this.#finishEdit(subject, data);
            return;
        }
        subject.version = data.version;
        this.form.touched.add("text");
        this.form.showNotice([h("p", {}, gettext("Somebody else saved a change first. Yours is still here; saving again puts it in place of theirs:")),
            h("ul", {}, ...differing.map(([name, label]) => h("li", {}, h("strong", {}, `${label}: `), data.fields[name] || "(empty)")))], "warn");
        this.form.field("text").focus();
        announce(gettext("Somebody else saved a change first. Compare, and save again."), "bad");
    }

    /** @param {OutboxEntry} _entry @param {Server.Claim} claim */
    #sent(_entry, claim) {
        const { desk } = this, at = desk.pane.root.contains(document.activeElement);
        desk.undo = claim.may_take_back ? { id: claim.id, version: claim.version } : null;
        this.last = claim;
        desk.list.current = claim.id;
        desk.list.detail = null;
        desk.updateClaim(claim);
        desk.list.row(claim.id)?.scrollIntoView({ block: "nearest" });
        if (at) desk.pane.root.focus({ preventScroll: true });
        announce(ngettext("Claim saved, %(count)s of this article. u takes it back.", "Claim saved, %(count)s of this article. u takes it back.", desk.list.order.length), "good");
        desk.emit("saved", claim);
    }

    /** A claim was refused: put it back into the form, unless somebody is typing there. @param {OutboxEntry} entry @param {Refused} error */
    #refused(entry, error) {
        if (this.form.isDirty) {
            this.refusedEntries.push([entry, error]);
            announce(gettext("One claim was refused and is kept until the form is free: %(message)s", { message: error.message }), "bad");
            return;
        }
        this.#reopen(entry, ["text"]);
        this.desk.emit("refused", entry);
        if (error.code === "already_marked") {
            const marks = /** @type {{claim: string, statement: string}[]} */ (error.answer.marks);
            if (this.form.subject?.kind === "new") this.form.subject.seen.push(...marks.map((mark) => mark.claim));
            this.form.showNotice([h("p", {}, error.message), ...this.#links(marks.map((mark) => [mark.claim, mark.statement])),
                h("p", {}, gettext("Save again to mark it for yours as well."))], "warn");
        } else if (!this.form.showErrors(error.errors) && !Object.keys(error.errors).length) this.form.showNotice(error.message, "bad");
        announce(error.message, "bad");
    }

    /** @param {OutboxEntry|Draft} entry @param {string[]} touched */
    #reopen({ id, body, end }, touched) {
        const { desk } = this, passage = { start: body.start, end, text: body.exact };
        desk.cursor.set(desk.pane.points.toUtf16(body.start), desk.pane.points.toUtf16(end));
        this.#rememberPlace(null);
        this.form.open({ kind: "new", passage, id: id ?? newId(), seen: [...body.seen ?? []] }, body, touched);
        this.#opened(passage);
        this.keep();
    }

    // --- Keeping ------------------------------------------------------------------------------------
    /** Keep what is in the form in this browser. */
    keep() {
        const { subject } = this.form;
        if (subject?.kind !== "new" || !this.form.isDirty) return;
        const { passage, id, seen } = subject;
        this.outbox.draft = { id, end: passage.end, touched: [...this.form.touched], body: { ...this.form.values(),
            exact: passage.text, start: passage.start, article_text: String(this.desk.settings.text), seen } };
    }

    /** Bring back a form that was left. */
    restore() {
        const draft = this.outbox.draft;
        if (!draft || draft.body.article_text !== String(this.desk.settings.text)) return;
        this.#reopen(draft, draft.touched);
        this.form.showNotice(gettext("This is what you were typing when the page was left."), "quiet");
    }

    /** Close the form and forget what is in it. */
    discard({ quietly = false } = {}) {
        if (this.form.subject?.kind === "new") this.outbox.draft = null;
        this.form.close();
        this.desk.root.classList.remove("mark-has-form");
        this.desk.emit("statement", null);
        if (!quietly) announce(gettext("Discarded."));
        const next = this.refusedEntries.shift();
        if (next) this.#refused(...next);
    }

    /** Move the focus from the form to the panel that it was opened from, or to the text. */
    returnToPlace(isSaved = false) {
        if (!this.back?.to?.(isSaved)) this.returnToText();
    }

    /** Move the focus to the text, where the cursor was. */
    returnToText() {
        const { pane, cursor } = this.desk;
        pane.root.focus({ preventScroll: true });
        if (this.back) cursor.set(...this.back.place, { scroll: false });
        this.back = null;
    }

    #outboxChanged() {
        const line = byId("mark-connection"), count = this.outbox.waiting.length;
        line.hidden = !count || (this.outbox.isSending && !this.outbox.problem);
        line.replaceChildren(this.outbox.problem === "signed-out"
            ? h("span", {}, ngettext("You are signed out. %(count)s claim is kept here. Sign in in another window, then come back.", "You are signed out. %(count)s claims are kept here. Sign in in another window, then come back.", count), " ", h("a", { class: "desk-link", href: "/admin/login/", target: "_blank" }, gettext("Sign in in another window")), " ")
            : h("span", {}, this.outbox.problem === "slow" ? ngettext("The connection is slow: %(count)s claim is kept here and sent again.", "The connection is slow: %(count)s claims are kept here and sent again.", count)
                : ngettext("No connection: %(count)s claim is kept here and sent again as soon as there is one.", "No connection: %(count)s claims are kept here and sent again as soon as there is one.", count), " "));
        if (!line.hidden) line.append(h("button", { type: "button", class: "desk-link mark-link", onclick: () => this.outbox.send() }, gettext("Try now")));
        this.desk.show();
    }
}
