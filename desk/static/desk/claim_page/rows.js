/** Rows of the claim's form: passages, evidence, replies, relations. A row is added from the empty one of the page. */
import { byId, find, findAll, targetOf } from "../http/elements.js";
import { loadSearch } from "./lazy.js";

/** @typedef {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement} Field */

/** Watch the rows below `root`. @param {HTMLElement} root */
export function watchRows(root) {
    root.addEventListener("click", (event) => {
        const button = targetOf(event).closest("button");
        if (button?.dataset.add) addRow(root, button.dataset.add);
        else if (button?.dataset.move) moveRow(button, Number(button.dataset.move));
    });
    root.addEventListener("input", (event) => {
        const row = rowOf(event);
        if (row) redraw(row);
    });
    root.addEventListener("change", (event) => {
        const row = rowOf(event);
        if (row) redraw(row);
    });
}

/** Add a row of one kind; its first field gets the focus. @param {HTMLElement} root @param {string} kind @returns {HTMLElement} */
export function addRow(root, kind) {
    const group = find(root, `[data-rows="${kind}"]`), number = count(group, kind);
    const empty = find(group, `template[data-empty="${kind}"]`, HTMLTemplateElement).content.firstElementChild;
    if (!empty) throw new Error(`The page has no empty row of ${kind}.`);
    const row = /** @type {HTMLElement} */ (renumber(/** @type {HTMLElement} */ (empty.cloneNode(true)), `${kind}-__prefix__`, `${kind}-${number}`));
    place(group, kind, row);
    if (row.querySelector(".admin-autocomplete")) {
        loadSearch().then(() => row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: kind } })))
            .then(() => /** @type {HTMLElement|null} */ (row.querySelector(".select2-selection"))?.focus()).catch(() => {});
    } else {
        /** @type {HTMLElement|null} */ (row.querySelector("input:not([type=hidden]), textarea, select"))?.focus();
    }
    return row;
}

/**
 * Take over rows that the server has and this page has not, from the page as the server draws it now; what is typed stays.
 * @param {HTMLElement} root @param {Document} page @param {string} kind @returns {HTMLElement[]} the rows that were added
 */
export function takeOverRows(root, page, kind) {
    const group = root.querySelector(`[data-rows="${kind}"]`), fresh = page.querySelector(`[data-rows="${kind}"]`);
    if (!(group instanceof HTMLElement) || !fresh) return [];
    const here = new Set(findAll(group, "[data-evidence]").map((row) => row.dataset.evidence));
    const added = [];
    for (const found of findAll(fresh, "[data-evidence]")) {
        if (here.has(found.dataset.evidence)) continue;
        const row = renumber(/** @type {HTMLElement} */ (document.importNode(found, true)), found.id, `${kind}-${count(group, kind)}`);
        place(group, kind, row);
        added.push(row);
    }
    numberCards(group);
    return added;
}

/** @param {HTMLElement} group @param {string} kind */
function count(group, kind) { return Number(total(group, kind).value); }

/** @param {HTMLElement} group @param {string} kind */
function total(group, kind) {
    const form = group.closest("form") ?? document;
    return find(form, `[name="${kind}-TOTAL_FORMS"]`, HTMLInputElement);
}

/** @param {HTMLElement} group @param {string} kind @param {HTMLElement} row */
function place(group, kind, row) {
    find(group, "ol, ul").append(row);
    total(group, kind).value = String(count(group, kind) + 1);
    numberCards(group);
}

/** @param {HTMLElement} row @param {string} from @param {string} to */
function renumber(row, from, to) {
    for (const one of [row, ...findAll(row, "*")]) {
        for (const attribute of [...one.attributes]) if (attribute.value.includes(from)) one.setAttribute(attribute.name, attribute.value.replaceAll(from, to));
    }
    return row;
}

/** @param {Event} event @returns {HTMLElement|null} */
function rowOf(event) { return targetOf(event).closest("[data-row]"); }

/** Show what is typed into a row where its card shows it. @param {HTMLElement} row */
function redraw(row) {
    const removed = /** @type {HTMLInputElement|null} */ (row.querySelector("[name$='-DELETE']"));
    row.classList.toggle("claim-gone", Boolean(removed?.checked));
    if (!row.classList.contains("claim-piece")) return;
    const quote = value(row, "quote"), locator = value(row, "locator"), stance = value(row, "stance");
    const [words, where] = [row.querySelector("[data-view=quote]"), row.querySelector("[data-view=locator]")];
    if (words) words.textContent = quote;
    if (where) where.textContent = locator && ` · ${locator}`;
    row.querySelector("[data-lacks]")?.toggleAttribute("hidden", Boolean(quote || locator));
    for (const one of ["supports", "refutes", "context"]) row.classList.toggle(`evidence-${one}`, stance === one);
}

/** @param {HTMLElement} row @param {string} name */
function value(row, name) {
    return /** @type {Field|null} */ (row.querySelector(`[name$="-${name}"]`))?.value.trim() ?? "";
}

/** Move a piece of evidence; the order is saved with the page. @param {HTMLElement} button @param {number} direction */
function moveRow(button, direction) {
    const row = button.closest("[data-row]"), other = direction < 0 ? row?.previousElementSibling : row?.nextElementSibling;
    if (!(row instanceof HTMLElement) || !other || !row.parentElement) return;
    if (direction < 0) other.before(row);
    else other.after(row);
    const fields = findAll(row.parentElement, "[name$='-position']").filter((one) => one instanceof HTMLInputElement);
    const places = fields.map((one) => one.value).filter(Boolean).sort((one, two) => Number(one) - Number(two));
    fields.filter((one) => one.value).forEach((one, i) => { one.value = places[i] ?? one.value; });
    numberCards(row.parentElement);
    button.focus();
    button.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @param {ParentNode} group */
function numberCards(group) {
    findAll(group, ".claim-number").forEach((one, i) => { one.textContent = String(i + 1); });
}

/** The rows' kind of a group that holds this id, for links of the checklist. @param {string} id */
export function openGroup(id) {
    const group = byId(id);
    for (let one = group.closest("details"); one; one = one.parentElement?.closest("details") ?? null) one.open = true;
    return group;
}
