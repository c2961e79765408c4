/** The form beside the text: a new claim for a passage, or another wording of one that is there. */
import { ClaimantField } from "../passages/claimant.js";
import { h } from "./elements.js";

const WORDS = ["text", "claimant", "claimant_id", "claimant_kind", "claimant_role", "is_unattributed", "claimed_on", "topics", "why_chosen"];
const PASSAGE = ["exact", "start", "mine", "due_on"];

export class ClaimForm {
    /** @param {HTMLFormElement} element as the server drew it @param {{base: string, published_on: string}} settings */
    constructor(element, settings) {
        this.element = element;
        this.settings = settings;
        this.heading = document.getElementById("mark-form-heading");
        this.notice = document.getElementById("mark-form-notice");
        this.quote = document.getElementById("mark-form-quote");
        this.claimant = new ClaimantField(this.field("claimant"), this.field("claimant_id"), `${settings.base}claimants/`);
        this.touched = new Set();
        this.subject = null;
        this.element.noValidate = true;
        const touch = (event) => {
            if (event.target.name) this.touched.add(event.target.name);
            if (event.target.name === "claimant") this.fill({ claimant_kind: "", claimant_role: "" }); // of another name
        };
        element.addEventListener("input", touch);
        element.addEventListener("change", touch);
        this.close();
    }

    field(name) { return this.element.elements[name]; }
    get isOpen() { return !this.element.hidden; }
    /** Whether somebody typed something that a click could lose. */
    get isDirty() { return this.isOpen && this.touched.size > 0; }

    /**
     * Open the form. `subject` says what for: `{kind: "new", passage: {start, end, text}}` or
     * `{kind: "edit", claim, version}`; `values` fill it, `touched` names what was typed by hand.
     */
    open(subject, values, touched = []) {
        this.subject = subject;
        this.touched = new Set(touched);
        const isNew = subject.kind === "new";
        this.heading.textContent = isNew ? "New claim" : "Change the claim";
        this.quote.textContent = isNew ? subject.passage.text : "";
        this.quote.hidden = !isNew;
        for (const part of this.element.querySelectorAll("[data-only]")) part.hidden = part.dataset.only !== subject.kind;
        this.fill({ claimed_on: "", topics: "", why_chosen: "", claimant: "", claimant_id: "", claimant_kind: "", claimant_role: "", is_unattributed: false,
            mine: true, due_on: "", ...values });
        this.claimant.hint.textContent = "";
        this.showNotice("");
        this.showErrors({});
        this.element.hidden = false;
        this.setBusy(false);
        const more = this.element.querySelector("details");
        more.open = ["topics", "why_chosen"].some((name) => values[name]) && !isNew;
        const text = this.field("text");
        text.focus();
        text.setSelectionRange(text.value.length, text.value.length);
    }

    close() {
        this.element.hidden = true;
        this.subject = null;
        this.touched.clear();
    }

    fill(values) {
        for (const [name, value] of Object.entries(values)) {
            const field = this.field(name);
            if (!field) continue;
            if (field.type === "checkbox") field.checked = Boolean(value);
            else field.value = value ?? "";
        }
    }

    /** Fill in what nobody typed yet: suggestions. `because` stands below the claimant. */
    suggest(values, because = "") {
        if (values.claimant_id && !this.touched.has("claimant") && !this.touched.has("is_unattributed")) {
            this.claimant.set({ id: values.claimant_id, label: values.claimant }, because);
            if (document.activeElement === this.field("claimant")) this.field("claimant").select();
        }
        const others = Object.entries(values).filter(([name]) => !name.startsWith("claimant") && !this.touched.has(name));
        this.fill(Object.fromEntries(others));
    }

    /** All values, as the server reads them. */
    values() {
        const names = this.subject?.kind === "edit" ? WORDS : [...WORDS, ...PASSAGE.slice(2)];
        return Object.fromEntries(names.map((name) => {
            const field = this.field(name);
            return [name, field.type === "checkbox" ? field.checked : field.value];
        }));
    }

    /** Show what was refused beside the fields; returns whether any field was named. */
    showErrors(byField) {
        this.element.querySelectorAll(".mark-error").forEach((line) => line.remove());
        this.element.querySelectorAll("[aria-invalid]").forEach((field) => {
            field.removeAttribute("aria-invalid");
            field.removeAttribute("aria-errormessage");
        });
        let first = null;
        for (const [name, messages] of Object.entries(byField)) {
            const field = this.field(name === "claimant_id" ? "claimant" : name);
            const place = field?.closest(".mark-field");
            if (!place || place.hidden) {
                this.showNotice(messages.join(" "), "bad");
                continue;
            }
            const line = h("p", { class: "mark-error", id: `mark-error-${name}` }, messages.join(" "));
            place.append(line);
            place.closest("details")?.setAttribute("open", "");
            field.setAttribute("aria-invalid", "true");
            field.setAttribute("aria-errormessage", line.id);
            first ??= field;
        }
        first?.focus();
        return Boolean(first);
    }

    /** A notice above the fields: nodes or words. */
    showNotice(content, tone = "quiet") {
        this.notice.replaceChildren(...[content].flat().filter(Boolean));
        this.notice.hidden = !this.notice.childNodes.length;
        this.notice.className = `mark-notice mark-notice-${tone}`;
    }

    setBusy(isBusy) {
        this.element.querySelector("[type=submit]").disabled = isBusy;
        this.element.setAttribute("aria-busy", String(isBusy));
    }
}
