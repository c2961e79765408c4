/** Comments as threads, drawn from JSON: of the open claim, and of an article. Resolved threads are folded. */
import "./mentions.js";
import { Refused } from "../http/api.js";
import { findAll, h } from "../http/elements.js";

export class Threads {
    /**
     * @param {HTMLElement} element where they are drawn
     * @param {(key: string, body: object) => Promise<true|unknown>} act does it and draws anew; true, or what went wrong
     */
    constructor(element, act) {
        this.element = element;
        this.act = act;
        /** What was typed and not posted, by the claim or article and the form. @type {Map<string, string>} */
        this.drafts = new Map();
        /** What was refused, by the same. @type {Map<string, string>} */
        this.errors = new Map();
        /** The forms that are open: `reply-1`, `reword-2`. @type {Set<string>} */
        this.open = new Set();
        this.subject = "";
        /** @type {Server.Comments|null} */
        this.state = null;
    }

    /** @param {string} subject the claim or article @param {Server.Comments} state */
    draw(subject, state) {
        const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
        const name = focused instanceof HTMLElement ? focused.dataset.form ?? "" : "";
        const cursor = focused instanceof HTMLTextAreaElement ? focused.selectionStart : 0;
        const unfolded = new Set(findAll(this.element, "details[open]").map((one) => one.id));
        if (subject !== this.subject) this.open.clear();
        this.subject = subject;
        this.state = state;
        const firsts = state.comments.filter((one) => !one.parent);
        this.element.replaceChildren(h("ol", { class: "desk-threads" },
            firsts.length === 0 && h("li", { class: "desk-empty" }, state.labels.none),
            ...firsts.map((first) => this.#thread(first, state.comments.filter((one) => one.parent === first.id)))),
        this.#form("say", "say", {}, state.labels.comment, state.labels.post));
        for (const one of this.element.querySelectorAll("details")) one.open = unfolded.has(one.id);
        const again = name && this.element.querySelector(`textarea[data-form="${name}"]`);
        if (again instanceof HTMLTextAreaElement) {
            again.focus({ preventScroll: true });
            again.setSelectionRange(cursor, cursor);
        } else if (focused) this.element.querySelector("textarea")?.focus({ preventScroll: true });
    }

    /** @param {Server.Comment} first @param {Server.Comment[]} replies */
    #thread(first, replies) {
        const labels = /** @type {Server.Comments} */ (this.state).labels;
        const isResolved = Boolean(first.resolved_by);
        const parts = [this.#comment(first),
            replies.length > 0 && h("ol", { class: "desk-replies" }, ...replies.map((one) => h("li", {}, this.#comment(one)))),
            h("p", { class: "desk-acts" },
                this.#opener(`reply-${first.id}`, labels.reply),
                isResolved ? link(labels.reopen, () => this.act("reopen", { row: first.id }))
                    : (!first.was_removed || replies.length > 0) && link(labels.resolve, () => this.act("resolve", { row: first.id }))),
            this.open.has(`reply-${first.id}`) && this.#form(`reply-${first.id}`, "say", { parent: first.id }, labels.reply, labels.post)];
        if (!isResolved) return h("li", { class: "desk-thread" }, ...parts);
        const said = labels.resolved.replace("%(name)s", first.resolved_by).replace("%(when)s", first.resolved_at);
        const words = first.text.length > 60 ? `${first.text.slice(0, 59)}…` : first.text;
        return h("li", { class: "desk-thread" }, h("details", { class: "desk-thread-done", id: `thread-${first.id}` },
            h("summary", {}, `✓ ${said} · `, h("bdi", {}, words), replies.length > 0 && ` (${replies.length + 1})`), ...parts));
    }

    /** @param {Server.Comment} one */
    #comment(one) {
        const labels = /** @type {Server.Comments} */ (this.state).labels;
        const form = `reword-${one.id}`;
        return h("article", { id: `comment-${one.id}`, class: `desk-comment${one.is_for_you ? " desk-comment-yours" : ""}` },
            h("p", { class: "desk-quiet" }, h("strong", {}, h("bdi", {}, one.by)), " · ", h("bdi", {}, one.at), one.was_edited && ` · ${labels.changed}`),
            one.was_removed && h("p", { class: "desk-quiet" }, labels.removed),
            !one.was_removed && !this.open.has(form) && h("p", { class: "desk-comment-text mark-comment-text", dir: "auto" }, one.text),
            this.open.has(form) && this.#form(form, "reword", { row: one.id }, labels.edit, labels.save, one.text),
            (one.may_reword || one.may_remove) && h("p", { class: "desk-acts" },
                one.may_reword && this.#opener(form, labels.edit),
                one.may_remove && link(labels.remove, () => this.act("remove", { row: one.id }))));
    }

    /** A button that opens and closes a form. @param {string} form @param {string} label */
    #opener(form, label) {
        const isOpen = this.open.has(form);
        return h("button", { type: "button", class: "desk-link mark-link", "aria-expanded": String(isOpen), onclick: () => {
            if (isOpen) this.open.delete(form);
            else this.open.add(form);
            this.#again();
            findAll(this.element, `textarea[data-form="${form}"]`)[0]?.focus();
        } }, isOpen ? /** @type {Server.Comments} */ (this.state).labels.cancel : label);
    }

    #again() { if (this.state) this.draw(this.subject, this.state); }

    /**
     * @param {string} form @param {string} act @param {object} body @param {string} label @param {string} button
     * @param {string} [words] what the field begins with
     */
    #form(form, act, body, label, button, words = "") {
        const key = `${this.subject} ${form}`, id = `comment-field-${form}`, error = this.errors.get(key);
        const state = /** @type {Server.Comments} */ (this.state);
        const field = h("textarea", { class: "mark-input", rows: "2", dir: "auto", id, "data-form": form, "data-mentions": state.mentions,
            "aria-describedby": error ? `${id}-error` : `${id}-hint`, "aria-invalid": error ? "true" : null });
        field.value = this.drafts.get(key) ?? words;
        field.addEventListener("input", () => this.drafts.set(key, field.value));
        const post = async () => {
            if (!field.value.trim()) return;
            this.open.delete(form);
            const done = await this.act(act, { ...body, text: field.value });
            if (done === true) {
                this.drafts.delete(key);
                this.errors.delete(key);
            } else {
                if (form !== "say") this.open.add(form);
                if (done instanceof Refused) this.errors.set(key, done.errors.text?.join(" ") ?? done.message);
            }
            this.#again();
        };
        field.addEventListener("keydown", (event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            event.stopPropagation();
            post();
        });
        return h("div", { class: "desk-thread-form" }, h("label", { for: id }, label), field,
            error && h("p", { class: "desk-late", role: "alert", id: `${id}-error` }, error),
            !error && h("p", { class: "desk-quiet", id: `${id}-hint` }, state.labels.hint),
            h("button", { type: "button", class: "desk-button", onclick: post }, button));
    }
}

/** @param {string} label @param {() => unknown} run */
const link = (label, run) => h("button", { type: "button", class: "desk-link mark-link", onclick: run }, label);
