/** What is loaded only when it is used: the search of fields with many choices, and the editor of explanations. */
import { findAll, h, readJson, targetOf } from "../http/elements.js";

/** @type {{search_scripts: string[], search_styles: string[], editor_styles: string[]}|null} */
let addresses = null;
/** @type {Promise<void>|null} */
let search = null;
/** @type {Promise<unknown>|null} */
let editor = null;

const SEARCHED = "select.admin-autocomplete";

function known() { return addresses ??= readJson("claim-lazy"); }

/** Load the fields' search, once. @returns {Promise<void>} */
export function loadSearch() {
    search ??= (async () => {
        const { search_scripts: scripts, search_styles: styles } = known();
        styles.forEach(addStyle);
        for (const address of scripts) await addScript(address);
        setTimeout(nameSearches);
        document.addEventListener("formset:added", () => setTimeout(nameSearches));
    })().catch((error) => { search = null; throw error; });
    return search;
}

/** Load the editor of explanations, once; it takes the place of its field. @returns {Promise<unknown>} */
export function loadEditor() {
    editor ??= (async () => {
        known().editor_styles.forEach(addStyle);
        // @ts-expect-error the page's import map names it
        return import("django-prose-editor/configurable");
    })().catch((error) => { editor = null; throw error; });
    return editor;
}

/** Load the search as soon as somebody comes near a field that needs it. @param {ParentNode} root */
export function watchSearchedFields(root) {
    root.addEventListener("toggle", (event) => {
        const details = targetOf(event);
        if (details.hasAttribute("open") && details.querySelector(SEARCHED)) loadSearch().catch(() => {});
    }, true);
    for (const type of ["focusin", "pointerdown"]) {
        root.addEventListener(type, (event) => {
            const select = targetOf(event).closest(SEARCHED);
            if (select && !select.classList.contains("select2-hidden-accessible")) loadSearch().then(() => focusSearch(select)).catch(() => {});
        });
    }
    if (findAll(root, "details[open]").some((one) => one.querySelector(SEARCHED)) || root.querySelector(`li:not([id*="__prefix__"]) ${SEARCHED}:not(details *)`)) {
        loadSearch().catch(() => {});
    }
}

/** Give each search the name of its field, which screen readers else do not read. */
export function nameSearches() {
    for (const drawn of findAll(document, ".select2-selection[role=combobox]")) {
        const field = drawn.closest(".select2")?.previousElementSibling, label = field && document.querySelector(`label[for="${field.id}"]`);
        const name = label?.textContent?.trim();
        if (name) for (const part of [drawn, ...findAll(drawn, "[role=textbox]")]) part.setAttribute("aria-label", name);
        drawn.removeAttribute("aria-labelledby");
    }
}

/** Put the focus into a field, which may be drawn by its search. @param {Element} field */
export function focusSearch(field) {
    const drawn = field.nextElementSibling?.querySelector(".select2-selection") ?? field;
    if (drawn instanceof HTMLElement) drawn.focus();
}

/** @param {string} address */
function addStyle(address) {
    if (!document.querySelector(`link[href="${address}"]`)) document.head.append(h("link", { rel: "stylesheet", href: address }));
}

/** @param {string} address @returns {Promise<void>} */
function addScript(address) {
    return new Promise((resolve, reject) => {
        const script = h("script", { src: address });
        script.async = false;
        script.addEventListener("load", () => resolve());
        script.addEventListener("error", () => { script.remove(); reject(new Error(`${address} could not be loaded.`)); });
        document.head.append(script);
    });
}
