/** The panel below the open claim: assignment, dependencies, comments. All of it is on the claim's page, too. */
import { Refused } from "../http/api.js";
import { register } from "../http/panels.js";
import { findAll, h } from "../http/elements.js";

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
        /** Comments that were typed and not sent yet, by claim. @type {Map<string, string>} */
        this.drafts = new Map();
        desk.on("claim", (claim) => this.#show(claim));
        desk.keymap.add({ keys: ["w"], label: "write a comment on the open claim", group: "Working together", run: () => this.#write() });
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
            if (this.claim === data.claim) this.#draw(data);
        } catch {
            if (isNew && this.claim === claim.id) this.element.replaceChildren(h("p", { class: "desk-quiet" }, "This could not be loaded just now."));
        }
    }

    /** Whether the state was read so long ago that it may have changed since. */
    isOld() { return Date.now() - this.readAt > 15_000; }

    #write() {
        const input = this.element.querySelector("textarea");
        if (!input) {
            this.desk.announce("Open a claim first.", "bad");
            return;
        }
        input.scrollIntoView({ block: "nearest" });
        input.focus();
    }

    /**
     * Send one action and show the state that the server answers with.
     * @param {string} act @param {object} [body]
     * @returns {Promise<boolean>} whether it was done
     */
    async #act(act, body = {}) {
        const { claim, state } = this;
        if (!claim || !state) return false;
        try {
            const { data } = await this.desk.ask(this.#address(`${act}/`), { method: "POST", body: { ...body, version: state.version } });
            if (act === "say") this.drafts.delete(claim);
            if (this.claim === claim) this.#draw(data, { keepFocus: true });
            this.desk.announce(data.warning || data.message, data.warning ? "bad" : "good");
            if (["take", "assign", "due"].includes(act)) this.desk.refresh().catch(() => {});
            return true;
        } catch (error) {
            this.desk.announce((error instanceof Error && error.message) || "Not done: there is no connection. Try again.", "bad");
            if (error instanceof Refused && error.status === 409) {
                const { data } = await this.desk.ask(this.#address());
                if (this.claim === data.claim) this.#draw(data, { keepFocus: true });
            }
            return false;
        }
    }

    /** @param {Server.Collaboration} state */
    #draw(state, { keepFocus = false } = {}) {
        const focused = document.activeElement, inside = this.element.contains(focused);
        const typing = inside && focused instanceof HTMLTextAreaElement && focused.value !== "";
        const open = new Set(findAll(this.element, "details[open]").map((one) => one.dataset.name));
        this.state = state;
        this.readAt = Date.now();
        this.element.replaceChildren(this.#assignment(state), this.#dependencies(state), this.#comments(state), this.#outside(state));
        for (const one of this.element.querySelectorAll("details")) one.open = open.has(one.dataset.name);
        if (typing || (keepFocus && inside)) this.element.querySelector("textarea")?.focus({ preventScroll: true });
    }

    /** @param {Server.Collaboration} state */
    #assignment(state) {
        const due = h("input", { type: "date", class: "mark-input", value: state.due_on, "aria-label": "Due" });
        const who = h("select", { class: "mark-input", "aria-label": "On whose desk" }, h("option", { value: "" }, "Nobody"),
            ...state.colleagues.map((one) => h("option", { value: one.id, selected: one.id === state.assignee }, one.name)));
        who.addEventListener("change", () => this.#act("assign", { assignee: who.value, due_on: due.value }));
        due.addEventListener("change", () => this.#act("due", { due_on: due.value }));
        return h("div", { class: "mark-collaboration-who" },
            state.may_assign ? who : h("p", { class: "desk-quiet" }, state.assignee_name ? `On ${state.assignee_name}’s desk` : "On nobody’s desk"),
            state.may_edit ? due : h("p", { class: "desk-quiet" }, state.due_on && `due ${state.due_on}`),
            state.is_late && h("span", { class: "desk-late" }, "overdue"),
            state.may_take && button("Take it", () => this.#act("take")));
    }

    /** @param {Server.Collaboration} state */
    #dependencies(state) {
        return h("div", {}, h("h3", {}, "Waiting for"),
            !state.waits.length && h("p", { class: "desk-quiet" }, "Nothing."),
            h("ul", {}, ...state.waits.map((one) => h("li", {}, h("strong", {}, `${one.label}: `), h("bdi", {}, one.exactly),
                h("span", { class: one.is_late ? "desk-late" : "desk-quiet" }, ` since ${one.since}${one.until ? `, until ${one.until}` : ""}`),
                one.id && state.may_edit && [" ", this.#until(one), " ", link("received", () => this.#act("settle", { row: one.id, outcome: "received" })),
                    " · ", link("give up", () => this.#act("settle", { row: one.id, outcome: "abandoned" }))]))),
            state.may_edit && h("details", { "data-name": "wait" }, h("summary", {}, "Add a dependency"), this.#dependencyForm(state)));
    }

    /** The day until which somebody waits; may be empty. Saved when the field is left: a date is typed in steps. @param {Server.Dependency} one */
    #until(one) {
        const until = h("input", { type: "date", class: "mark-input mark-until", value: one.until, "aria-label": `Wait until: ${one.exactly}` });
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
        const whose = field("Whose review", colleague);
        const until = h("input", { class: "mark-input", name: "until", type: "date" });
        const fit = () => { whose.hidden = kind.value !== "review"; if (whose.hidden) colleague.value = ""; };
        kind.addEventListener("change", fit);
        fit();
        return h("form", { onsubmit: (/** @type {SubmitEvent} */ event) => {
            event.preventDefault();
            const body = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target)));
            this.#act("wait", body);
        } }, field("Waiting for", kind), field("What exactly", note), whose, field("Until", until),
        h("button", { type: "submit", class: "desk-button" }, "Add"));
    }

    /** @param {Server.Collaboration} state */
    #comments(state) {
        const text = h("textarea", { class: "mark-input", rows: "2", maxlength: "4000", dir: "auto", "aria-describedby": "mark-collaboration-hint" });
        text.value = this.drafts.get(state.claim) ?? "";
        text.addEventListener("input", () => this.drafts.set(state.claim, text.value));
        const post = () => { if (text.value.trim()) this.#act("say", { text: text.value }); };
        text.addEventListener("keydown", (event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) post();
            else if (event.key === "Escape") findAll(document, `[data-claim="${state.claim}"] > .mark-row`)[0]?.focus();
            else return;
            event.preventDefault();
            event.stopPropagation();
        });
        const yours = state.comments.filter((one) => one.is_for_you).length;
        return h("div", {}, h("h3", {}, "Comments", yours > 0 && h("span", { class: "desk-badge desk-warning" }, `${yours} for you`)),
            yours > 0 && button("I have seen it", () => this.#act("seen")),
            h("ol", { class: "desk-comments" }, ...state.comments.map((one) => this.#comment(one))),
            field("Comment", text),
            h("p", { class: "desk-quiet", id: "mark-collaboration-hint" }, "Never public. @name mentions a colleague. Ctrl+Enter posts."),
            button("Comment", post));
    }

    /** @param {Server.Comment} one */
    #comment(one) {
        const look = one.is_for_you ? "desk-comment-yours" : one.is_open ? null : "desk-comment-done";
        const about = [one.at, one.was_edited && "changed", one.resolved_by && `✓ resolved by ${one.resolved_by}`].filter(Boolean).join(" · ");
        return h("li", { class: look },
            h("p", { class: "desk-quiet" }, h("strong", {}, one.by), one.to.length > 0 && ` → ${one.to.join(", ")}`, ` · ${about}`),
            one.was_removed ? h("p", { class: "desk-quiet" }, "Removed. The history keeps it.")
                : [h("p", { class: "desk-comment-text mark-comment-text", dir: "auto" }, one.text), h("p", { class: "desk-acts" },
                    one.is_open ? link("Resolve", () => this.#act("resolve", { row: one.id })) : link("Open again", () => this.#act("reopen", { row: one.id })),
                    one.may_remove && link("Remove", () => this.#act("remove", { row: one.id })))]);
    }

    /** @param {Server.Collaboration} state */
    #outside(state) {
        const parts = [];
        if (state.notes) parts.push(`${state.notes} new from outside`);
        if (state.links) parts.push(`${state.links} private link${state.links > 1 ? "s" : ""}`);
        return h("p", { class: "mark-collaboration-outside" },
            parts.length > 0 && `${parts.join(", ")}. `,
            h("a", { class: "desk-link", href: state.page }, state.may_invite ? "Ask somebody outside, or see all of it" : "All of it"));
    }
}

/** @param {string} label @param {() => void} run */
const button = (label, run) => h("button", { type: "button", class: "desk-button", onclick: run }, label);
/** @param {string} label @param {() => void} run */
const link = (label, run) => h("button", { type: "button", class: "desk-link mark-link", onclick: run }, label);
/** @param {string} label @param {HTMLElement} input */
const field = (label, input) => h("label", { class: "mark-collaboration-field" }, h("span", {}, label), input);

register({
    key: "collaboration", title: "Working together", place: "claim",
    mount(element, desk) { new CollaborationPanel(element, desk); },
});
