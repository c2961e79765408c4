/** The panel below the open claim: assignment, dependencies, comments. All of it is on the claim's page, too. */
import { Refused } from "../http/api.js";
import { register } from "../http/panels.js";
import { findAll, h } from "../http/elements.js";
import { gettext, ngettext } from "../http/texts.js";
import { Threads } from "./threads.js";

class CollaborationPanel {
    /** @param {HTMLElement} element inside the panel's section @param {Panels.Desk} desk */
    constructor(element, desk) {
        this.element = element;
        this.desk = desk;
        this.section = /** @type {HTMLElement} */ (element.closest("section"));
        this.section.hidden = true;
        /** The id of the claim that is shown. @type {string|null} */
        this.claim = null;
        /** When the state was read. */
        this.readAt = 0;
        /** @type {Server.Collaboration|null} */
        this.state = null;
        /** What is on the page; the state can be newer. @type {Server.Collaboration|null} */
        this.drawn = null;
        this.threads = new Threads(h("div"), (act, body) => this.#act(act, body));
        desk.on("claim", (claim) => this.#show(claim));
        element.addEventListener("focusout", () => setTimeout(() => {
            if (this.state && this.state !== this.drawn && !this.#isInField() && !element.querySelector("details[open] form")) this.#draw(this.state);
        }));
        desk.keymap.add({ keys: ["w"], label: gettext("write a comment on the open claim"), group: gettext("Comments"), run: () => { desk.opened().then(() => this.#write()); } });
        this.#show(desk.claim());
    }

    #address(act = "") {
        return `${this.desk.settings.base.replace(/article\/[^/]+\/desk\/$/, "claim/")}${this.claim}/together/${act}`;
    }

    /** @param {Server.Claim|null} claim */
    async #show(claim) {
        this.section.hidden = !claim;
        if (!claim) {
            this.claim = null;
            this.state = null;
            this.element.replaceChildren();
            return;
        }
        if (claim.id === this.claim && claim.version === this.state?.version && !this.isOld()) return;
        const isNew = claim.id !== this.claim;
        this.claim = claim.id;
        if (isNew) this.element.replaceChildren(h("p", { class: "desk-quiet" }, "…"));
        try {
            const { data } = await this.desk.ask(this.#address());
            if (this.claim !== data.claim) return;
            if (isNew || !this.#isInField()) this.#draw(data);
            else this.state = data; // drawn anew when the field is left: what is typed in it is not saved yet
        } catch {
            if (isNew && this.claim === claim.id) this.element.replaceChildren(h("p", { class: "desk-quiet" }, gettext("This could not be loaded just now.")));
        }
    }

    /** Whether somebody is in a field whose words are not kept while the panel is drawn anew. */
    #isInField() { return this.element.contains(document.activeElement) && Boolean(document.activeElement?.matches("input, select")); }

    /** Whether the state was read so long ago that it may have changed since. */
    isOld() { return Date.now() - this.readAt > 15_000; }

    #write() {
        const input = this.element.querySelector("textarea[data-form=say]");
        if (!(input instanceof HTMLElement)) {
            this.desk.announce(gettext("Open a claim first."), "bad");
            return;
        }
        input.scrollIntoView({ block: "nearest" });
        input.focus();
    }

    /**
     * Send one action and show the state that the server answers with.
     * @param {string} act @param {object} [body]
     * @returns {Promise<true|unknown>} true when it was done, else what went wrong
     */
    async #act(act, body = {}) {
        const { claim, state } = this;
        if (!claim || !state) return null;
        try {
            const { data } = await this.desk.ask(this.#address(`${act}/`), { method: "POST", body: { ...body, version: state.version } });
            if (this.claim === claim) this.#draw(data, { keepFocus: true });
            this.desk.announce(data.warning || data.message, data.warning ? "bad" : "good");
            if (["take", "assign", "due"].includes(act)) this.desk.refresh().catch(() => {});
            return true;
        } catch (error) {
            this.desk.announce((error instanceof Error && error.message) || gettext("Not done: there is no connection. Try again."), "bad");
            if (error instanceof Refused && error.status === 409) {
                const { data } = await this.desk.ask(this.#address());
                if (this.claim === data.claim) this.#draw(data, { keepFocus: true });
            }
            return error;
        }
    }

    /** @param {Server.Collaboration} state */
    #draw(state, { keepFocus = false } = {}) {
        const focused = document.activeElement, inside = this.element.contains(focused);
        const form = inside && focused instanceof HTMLTextAreaElement ? focused.dataset.form : undefined;
        const cursor = focused instanceof HTMLTextAreaElement ? focused.selectionStart : 0;
        const open = new Set(findAll(this.element, "details[open]").map((one) => one.dataset.name));
        this.state = this.drawn = state;
        this.readAt = Date.now();
        this.element.replaceChildren(this.#assignment(state), this.#dependencies(state), this.#comments(state), this.#outside(state));
        for (const one of this.element.querySelectorAll("details")) one.open = open.has(one.dataset.name);
        const again = this.element.querySelector(`textarea[data-form="${form ?? "say"}"]`) ?? this.element.querySelector("textarea");
        if (!(again instanceof HTMLTextAreaElement) || !(form || (keepFocus && inside))) return;
        again.focus({ preventScroll: true });
        again.setSelectionRange(cursor, cursor);
    }

    /** @param {Server.Collaboration} state */
    #assignment(state) {
        const due = h("input", { type: "date", class: "mark-input", value: state.due_on, "aria-label": gettext("Due") });
        const who = h("select", { class: "mark-input", "aria-label": gettext("Assigned to") }, h("option", { value: "" }, gettext("Unassigned")),
            ...state.colleagues.map((one) => h("option", { value: one.id, selected: one.id === state.assignee }, one.name)));
        who.addEventListener("change", () => this.#act("assign", { assignee: who.value, due_on: due.value }));
        due.addEventListener("change", () => this.#act("due", { due_on: due.value }));
        return h("div", { class: "mark-collaboration-who" },
            state.may_assign ? who : h("p", { class: "desk-quiet" }, state.assignee_name ? gettext("Assigned to %(assignee_name)s", { assignee_name: state.assignee_name }) : gettext("Unassigned")),
            state.may_edit ? due : h("p", { class: "desk-quiet" }, state.due_on && gettext("due %(due_on)s", { due_on: state.due_on })),
            state.is_late && h("span", { class: "desk-late" }, "overdue"),
            state.may_take && button(gettext("Assign to me"), () => this.#act("take")));
    }

    /** @param {Server.Collaboration} state */
    #dependencies(state) {
        return h("div", {}, h("h3", {}, gettext("Waiting for")),
            !state.waits.length && h("p", { class: "desk-quiet" }, gettext("Not waiting.")),
            h("ul", {}, ...state.waits.map((one) => h("li", {}, h("strong", {}, `${one.label}: `), h("bdi", {}, one.exactly),
                h("span", { class: one.is_late ? "desk-late" : "desk-quiet" }, " ", one.until ? gettext("since %(since)s, until %(until)s", { since: one.since, until: one.until }) : gettext("since %(since)s", { since: one.since })),
                one.id && state.may_edit && [" ", this.#until(one), " ", link(gettext("received"), () => this.#act("settle", { row: one.id, outcome: "received" })),
                    " · ", link(gettext("not needed any more"), () => this.#act("settle", { row: one.id, outcome: "abandoned" }))]))),
            state.may_edit && h("details", { "data-name": "wait" }, h("summary", {}, gettext("Add a dependency")), this.#dependencyForm(state)));
    }

    /** The day until which somebody waits; may be empty. Saved when the field is left: a date is typed in steps. @param {Server.Dependency} one */
    #until(one) {
        const until = h("input", { type: "date", class: "mark-input mark-until", value: one.until, "aria-label": gettext("Wait until: %(exactly)s", { exactly: one.exactly }) });
        const save = () => { if (until.value !== (one.until || "") && until.validity.valid) this.#act("move", { row: one.id, until: until.value }); };
        until.addEventListener("blur", save);
        until.addEventListener("keydown", (event) => { if (event.key === "Enter") until.blur(); });
        return until;
    }

    /** @param {Server.Collaboration} state */
    #dependencyForm(state) {
        const kind = h("select", { class: "mark-input", name: "kind" }, ...state.kinds.map((one) => h("option", { value: one.value }, one.label)));
        const note = h("input", { class: "mark-input", name: "note", maxlength: "300", dir: "auto" });
        const colleague = h("select", { class: "mark-input", name: "colleague" }, h("option", { value: "" }, "–"),
            ...state.colleagues.map((one) => h("option", { value: one.id }, one.name)));
        const whose = field(gettext("Whose review"), colleague);
        const until = h("input", { class: "mark-input", name: "until", type: "date" });
        const fit = () => { whose.hidden = kind.value !== "review"; if (whose.hidden) colleague.value = ""; };
        kind.addEventListener("change", fit);
        fit();
        return h("form", { onsubmit: (/** @type {SubmitEvent} */ event) => {
            event.preventDefault();
            const body = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target)));
            this.#act("wait", body);
        } }, field(gettext("Waiting for"), kind), field(gettext("What exactly"), note), whose, field(gettext("Until"), until),
        h("button", { type: "submit", class: "desk-button" }, gettext("Add")));
    }

    /** @param {Server.Collaboration} state */
    #comments(state) {
        const yours = state.comments.filter((one) => one.is_for_you).length;
        this.threads.draw(state.claim, state);
        return h("div", {}, h("h3", {}, state.labels.comments, yours > 0 && h("span", { class: "desk-badge desk-warning" }, state.labels.for_you.replace("%(n)s", String(yours)))),
            yours > 0 && button(state.labels.read, () => this.#act("seen")),
            this.threads.element);
    }

    /** @param {Server.Collaboration} state */
    #outside(state) {
        const parts = [];
        if (state.notes) parts.push(ngettext("%(count)s new note from outside", "%(count)s new notes from outside", state.notes));
        if (state.links) parts.push(ngettext("%(count)s private link", "%(count)s private links", state.links));
        return h("p", { class: "mark-collaboration-outside" },
            parts.length > 0 && `${parts.join(", ")}. `,
            h("a", { class: "desk-link", href: state.page }, state.may_invite ? gettext("Ask an outside expert, or open the full section") : gettext("Open the full section")));
    }
}

/** @param {string} label @param {() => void} run */
const button = (label, run) => h("button", { type: "button", class: "desk-button", onclick: run }, label);
/** @param {string} label @param {() => void} run */
const link = (label, run) => h("button", { type: "button", class: "desk-link mark-link", onclick: run }, label);
/** @param {string} label @param {HTMLElement} input */
const field = (label, input) => h("label", { class: "mark-collaboration-field" }, h("span", {}, label), input);

register({
    key: "collaboration", title: gettext("Comments and assignment"), place: "claim",
    mount(element, desk) { new CollaborationPanel(element, desk); },
});
