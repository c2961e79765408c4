/** The form beside the text: for a new claim, or for editing one. */
import { byId, find, findAll, h, targetOf } from "../http/elements.js";
import { gettext } from "../http/texts.js";
import { ClaimantField } from "./claimant.js";

/** The fields of a claim; a new claim also has those of NEW_FIELDS. */
const FIELDS = ["text", "claimant", "claimant_id", "claimant_kind", "claimant_role", "is_unattributed", "claimed_on", "confirm_old_date", "topics", "why_chosen"];
const NEW_FIELDS = ["mine", "due_on"];

/** @typedef {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement} Field */

export class ClaimForm {
    /** @param {HTMLFormElement} element as the server drew it @param {Server.Settings} settings */
    constructor(element, settings) {
        this.element = element;
        this.settings = settings;
        this.heading = byId("mark-form-heading");
        this.notice = byId("mark-form-notice");
        this.quote = byId("mark-form-quote");
        this.locator = byId("mark-form-locator");
        this.claimant = new ClaimantField(this.input("claimant"), this.input("claimant_id"),
            find(element, "[name=claimant_kind]", HTMLSelectElement), `${settings.base}claimants/`);
        /** The names of the fields that somebody typed in. @type {Set<string>} */
        this.touched = new Set();
        /** What the form is open for. @type {Panels.Subject|null} */
        this.subject = null;
        this.element.noValidate = true;
        const touch = (/** @type {Event} */ event) => {
            const name = targetOf(event).getAttribute("name");
            if (name) this.touched.add(name);
            if (name === "claimant" && event.type === "input") this.fill({ claimant_kind: "", claimant_role: "" }); // of another name
        };
        element.addEventListener("input", touch);
        element.addEventListener("change", touch);
        this.close();
    }

    /** The field with this name. @param {string} name @returns {Field} */
    field(name) {
        const field = this.#find(name);
        if (!field) throw new Error(`The form has no field ${name}.`);
        return field;
    }

    /** The input with this name. @param {string} name */
    input(name) { return find(this.element, `[name="${name}"]`, HTMLInputElement); }

    /** @param {string} name @returns {Field|null} */
    #find(name) { return this.element.querySelector(`:is(input, textarea, select)[name="${CSS.escape(name)}"]`); }

    get isOpen() { return !this.element.hidden; }
    /** Whether somebody typed something that a click could lose. */
    get isDirty() { return this.isOpen && this.touched.size > 0; }

    /**
     * Open the form.
     * @param {Panels.Subject} subject what it is for
     * @param {FieldValues} values fill the fields
     * @param {string[]} touched names of fields that were typed by hand
     */
    open(subject, values, touched = []) {
        this.subject = subject;
        this.touched = new Set(touched);
        const isNew = subject.kind === "new";
        this.heading.textContent = isNew ? gettext("New claim") : gettext("Change the claim");
        this.quote.textContent = subject.kind === "new" ? subject.passage.text : "";
        this.quote.hidden = !isNew;
        this.showLocator("");
        for (const part of findAll(this.element, "[data-only]")) part.hidden = part.dataset.only !== subject.kind;
        this.fill({ claimed_on: "", confirm_old_date: false, topics: "", why_chosen: "", claimant: "", claimant_id: "", claimant_kind: "", claimant_role: "", is_unattributed: false,
            mine: true, due_on: "", ...values });
        this.claimant.hint.textContent = "";
        this.claimant.showKind();
        this.claimant.offer(null);
        this.showNotice("");
        this.showErrors({});
        this.element.hidden = false;
        this.setBusy(false);
        const more = find(this.element, "details", HTMLDetailsElement);
        more.open = ["topics", "why_chosen"].some((name) => values[name]) && !isNew;
        const text = find(this.element, "[name=text]", HTMLTextAreaElement);
        text.focus();
        text.setSelectionRange(text.value.length, text.value.length);
    }

    close() {
        this.element.hidden = true;
        this.subject = null;
        this.touched.clear();
    }

    /** Set the fields with these names; others stay. @param {FieldValues} values */
    fill(values) {
        for (const [name, value] of Object.entries(values)) {
            const field = this.#find(name);
            if (!field) continue;
            if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = Boolean(value);
            else field.value = String(value ?? "");
        }
    }

    /** Fill in suggestions in fields that are not edited yet; `because` is shown below the claimant. @param {FieldValues} values */
    suggest(values, because = "") {
        if (values.claimant && !this.touched.has("claimant") && !this.touched.has("is_unattributed")) {
            this.claimant.set({ id: String(values.claimant_id), label: String(values.claimant) }, because);
            if (values.claimant_kind) this.claimant.showKind(String(values.claimant_kind));
            if (document.activeElement === this.claimant.input) this.claimant.input.select();
        }
        const others = Object.entries(values).filter(([name]) => !name.startsWith("claimant") && !this.touched.has(name));
        this.fill(Object.fromEntries(others));
    }

    /** All values, as the server reads them. @returns {FieldValues & {text: string}} */
    values() {
        const names = this.subject?.kind === "edit" ? FIELDS : [...FIELDS, ...NEW_FIELDS];
        const values = names.map((name) => {
            const field = this.field(name);
            return [name, field instanceof HTMLInputElement && field.type === "checkbox" ? field.checked : field.value];
        });
        return { text: "", ...Object.fromEntries(values) };
    }

    /** Show errors beside their fields; returns whether any field was found for them. @param {ErrorsByField} byField */
    showErrors(byField) {
        this.element.querySelectorAll(".mark-error").forEach((line) => line.remove());
        this.element.querySelectorAll("[aria-invalid]").forEach((field) => {
            field.removeAttribute("aria-invalid");
            field.removeAttribute("aria-errormessage");
        });
        /** @type {Field|null} */
        let first = null;
        for (const [name, messages] of Object.entries(byField)) {
            const field = this.#find(name === "claimant_id" ? "claimant" : name);
            const place = field?.closest(".mark-field");
            if (!field || !(place instanceof HTMLElement) || place.hidden) {
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
        if (first) first.focus();
        return first !== null;
    }

    /** Show on which page or at which time the passage is: it is stored with the claim. @param {string} locator */
    showLocator(locator) {
        this.locator.textContent = locator;
        this.locator.hidden = !locator;
    }

    /** Show a notice above the fields. @param {string|(Node|string)[]} content @param {Tone} tone */
    showNotice(content, tone = "quiet") {
        this.notice.replaceChildren(...[content].flat().filter(Boolean));
        this.notice.hidden = !this.notice.childNodes.length;
        this.notice.className = `mark-notice mark-notice-${tone}`;
    }

    /** @param {boolean} isBusy */
    setBusy(isBusy) {
        find(this.element, "[type=submit]", HTMLButtonElement).disabled = isBusy;
        this.element.setAttribute("aria-busy", String(isBusy));
    }
}
