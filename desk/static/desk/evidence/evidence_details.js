/** What the evidence panel and its form have in common: the stances with their keys, and how errors and sizes are shown. */
import { Refused, SignedOut } from "../http/api.js";
import { byId } from "../http/elements.js";
import { gettext } from "../http/texts.js";

export const STANCES = [
    { key: "supports", label: gettext("Supports"), sign: "+", keys: ["s", "1"] },
    { key: "refutes", label: gettext("Refutes"), sign: "−", keys: ["r", "2"] },
    { key: "context", label: gettext("Context"), sign: "·", keys: ["c", "3"] },
];

/** The inputs of the page's form for evidence that hold a field of evidence; a field with radio buttons is there once. */
export function evidenceInputs() {
    /** @type {NodeListOf<HTMLInputElement>} */
    const found = byId("evidence-form", HTMLTemplateElement).content.querySelectorAll("[data-evidence-field]");
    return [...new Map([...found].map((input) => [input.name, input])).values()];
}

/**
 * A copy of an input with its label and hint: its ids end with `suffix`, and it holds `value`.
 * @param {HTMLInputElement} input @param {string} suffix @param {string} value
 */
export function copyOfField(input, suffix, value) {
    const field = input.closest(".mark-field")?.cloneNode(true);
    if (!(field instanceof HTMLElement)) throw new Error("An input of the form for evidence has no label.");
    renameIds(field, suffix);
    /** @type {HTMLInputElement|null} */
    const copy = field.querySelector("[data-evidence-field]");
    if (copy) copy.value = value;
    return field;
}

/** Give each id below an element a suffix, also where a label or a hint is named by it. @param {Element} root @param {string|number} suffix */
export function renameIds(root, suffix) {
    for (const name of ["id", "for", "aria-describedby"]) {
        for (const one of root.querySelectorAll(`[${name}]`)) one.setAttribute(name, `${one.getAttribute(name)}-${suffix}`);
    }
}

/** What went wrong, as a sentence that says what to do. @param {unknown} error */
export function errorMessage(error) {
    if (error instanceof SignedOut) return gettext("You are signed out. Sign in in another window, then try again.");
    if (error instanceof Refused) return Object.values(error.errors).flat().join(" ") || error.message;
    return gettext("Not done: there is no connection. Try again.");
}

/** A size for people to read. @param {number} bytes */
export function formatSize(bytes) {
    return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1).replace(".0", "")} MB`;
}
