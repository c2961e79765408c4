/** What is in the claim's form and differs from what the server drew, by the names under which the form is posted. */

/** A field of a row: its kind, its number on the page, its name. */
const ROW = /^(\w+-\d+)-(\w+)$/;
/** Fields that no person fills in. */
const OURS = new Set(["csrfmiddlewaretoken", "_version", "_writer", "_replaces", "_popup", "_to_field"]);
const COUNTS = /-(TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$/;

/** @typedef {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement} Field */

export class Differences {
    /** @param {HTMLFormElement} form @param {string[]} typed fields that were typed on an earlier page and are drawn again */
    constructor(form, typed) {
        this.form = form;
        const names = new Set(typed);
        /** The rows may be numbered anew, so elements are remembered, not names. */
        this.typed = new WeakSet(this.#fields().filter((field) => names.has(field.name)));
    }

    /** The fields that differ, with all of each row that was added and the id of each row that was changed. */
    now() {
        /** @type {Record<string, string[]>} */
        const found = {};
        /** @type {Map<string, Field[]>} */
        const rows = new Map();
        for (const field of this.#fields()) {
            const row = ROW.exec(field.name)?.[1];
            if (row) rows.set(row, [...(rows.get(row) ?? []), field]);
            else if (this.#differs(field)) add(found, field);
        }
        for (const [row, fields] of rows) {
            const id = fields.find((field) => field.name === `${row}-id`);
            const changed = fields.filter((field) => field !== id && this.#differs(field));
            if (!changed.length) continue;
            found[`${row}-id`] = [id?.value ?? ""];
            for (const field of id?.value ? changed : fields) if (field !== id) add(found, field);
        }
        return found;
    }

    /** @returns {Field[]} */
    #fields() {
        const fields = /** @type {Field[]} */ ([...this.form.elements].filter((one) => one instanceof HTMLInputElement
            || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement));
        return fields.filter(({ name, type }) => name && !OURS.has(name) && !COUNTS.test(name) && !name.includes("__prefix__")
            && !["submit", "button", "file"].includes(type));
    }

    /** @param {Field} field */
    #differs(field) {
        if (this.typed.has(field)) return true;
        if (isProse(field)) return worded(field.value) !== worded(field.defaultValue);
        return String(values(field)) !== String(drawn(field));
    }
}

/** @param {Record<string, string[]>} found @param {Field} field */
function add(found, field) {
    found[field.name] = [...(found[field.name] ?? []), ...values(field)];
}

/** What would be posted of a field. @param {Field} field @returns {string[]} */
function values(field) {
    if (field instanceof HTMLSelectElement) return [...field.selectedOptions].map((option) => option.value);
    if (isTick(field)) return field.checked ? [field.value] : [];
    return [field.value];
}

/** What would have been posted when the page was drawn. @param {Field} field @returns {string[]} */
function drawn(field) {
    if (field instanceof HTMLSelectElement) {
        const chosen = [...field.options].filter((option) => option.defaultSelected);
        const first = field.multiple || chosen.length ? chosen : [...field.options].slice(0, 1);
        return first.map((option) => option.value);
    }
    if (isTick(field)) return field.defaultChecked ? [field.value] : [];
    return [field.defaultValue];
}

/** Whether the field holds a text with formats, which its editor may write differently. @param {Field} field @returns {field is HTMLTextAreaElement} */
function isProse(field) {
    return field instanceof HTMLTextAreaElement && field.getAttributeNames().some((name) => name.startsWith("data-django-prose-editor"));
}

/** A text with formats in one spelling; an empty paragraph at its end is nothing. @param {string} html */
function worded(html) {
    const { body } = new DOMParser().parseFromString(html.replace(/\s+/g, " ").replaceAll("> <", "><"), "text/html");
    for (const link of body.querySelectorAll("a")) {
        for (const name of ["rel", "target", "class"]) link.removeAttribute(name);
        if (link.dataset.evidence) link.replaceChildren(); // its number is that of the list
    }
    for (const cell of body.querySelectorAll("th, td")) {
        cell.removeAttribute("scope");
        for (const name of ["colspan", "rowspan"]) if (cell.getAttribute(name) === "1") cell.removeAttribute(name);
        if (cell.childNodes.length === 1 && cell.firstElementChild?.localName === "p") cell.firstElementChild.replaceWith(...cell.firstElementChild.childNodes);
    }
    for (const part of body.querySelectorAll("thead, tbody")) part.replaceWith(...part.childNodes);
    while (body.lastElementChild?.localName === "p" && !body.lastElementChild.hasChildNodes()) body.lastElementChild.remove();
    return body.textContent?.trim() || body.querySelector("[data-evidence]") ? new XMLSerializer().serializeToString(body) : "";
}

/** @param {Field} field @returns {field is HTMLInputElement} */
function isTick(field) {
    return field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type);
}
