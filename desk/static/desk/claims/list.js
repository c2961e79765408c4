/** The list of claims: moving by keys, choosing rows, dialogs, counts of views. Bulk changes and quick look are beside it. */
import { ask } from "../http/api.js";
import { byId, find, findAll, readJson, targetOf } from "../http/elements.js";
import { keyOf } from "../http/letters.js";
import { Bulk } from "./list_bulk.js";
import { openFilters } from "./list_filters.js";
import { Look } from "./list_look.js";

/** @type {Lists.Settings} */
const settings = readJson("desk-list-settings");
const rows = findAll(document, ".desk-grid tbody tr");
const look = new Look(settings);
const bulk = new Bulk(settings, () => chosen());
let current = -1;

/** The link to the claim of a row. @param {HTMLElement} row */
const linkOf = (row) => find(row, "td a", HTMLAnchorElement);
/** The box of a row, for those who may change claims. @param {HTMLElement} row */
const boxOf = (row) => /** @type {HTMLInputElement | null} */ (row.querySelector("input[type=checkbox]"));
/** The id of a row's claim. @param {HTMLElement} row */
const idOf = (row) => (row.dataset.claim ?? "").split("@")[0];

/** The rows that are chosen; without any, none. */
function chosen() { return rows.filter((row) => boxOf(row)?.checked).map((row) => row.dataset.claim ?? ""); }

/** Make a row the current one. @param {number} index @param {boolean} [focus] */
function goTo(index, focus = true) {
    if (!rows.length) return;
    rows[current]?.classList.remove("is-current");
    current = Math.max(0, Math.min(index, rows.length - 1));
    rows[current].classList.add("is-current");
    if (focus) linkOf(rows[current]).focus({ preventScroll: true });
    rows[current].scrollIntoView({ block: "nearest" });
    if (look.isOpen) look.show(idOf(rows[current]));
}

/** Show what is chosen at the foot. */
function drawChosen() {
    for (const row of rows) row.classList.toggle("is-chosen", Boolean(boxOf(row)?.checked));
    bulk.draw();
    const all = /** @type {HTMLInputElement | null} */ (document.getElementById("desk-all"));
    if (!all) return;
    const count = chosen().length;
    all.checked = count > 0 && count === rows.length;
    all.indeterminate = count > 0 && count < rows.length;
}

/** @param {boolean} isOn */
function chooseAll(isOn) {
    for (const row of rows) {
        const box = boxOf(row);
        if (box) box.checked = isOn;
    }
    drawChosen();
}

/** Open or close the panel for the current row. */
function toggleLook() {
    if (current < 0) goTo(0);
    if (look.isOpen) look.close();
    else if (rows[current]) look.show(idOf(rows[current]));
}

/** @param {string} name */
function openDialog(name) {
    if (name === "filter-dialog") openFilters(settings);
    else byId(name, HTMLDialogElement).showModal();
}

/** Choose the current row when none is chosen, then ask for the act. @param {string} act */
function startAct(act) {
    if (!settings.may_edit) return;
    if (!chosen().length && current >= 0) choose(current);
    if (chosen().length) bulk.open(act);
}

/** @param {number} index */
function choose(index) {
    const box = rows[index] && boxOf(rows[index]);
    if (!box) return;
    box.checked = !box.checked;
    drawChosen();
}

/** What Escape leaves: the panel, then what is chosen. Returns false when there is nothing to leave. */
function leave() {
    if (look.isOpen) {
        look.close();
        goTo(current);
    } else if (chosen().length) chooseAll(false);
    else return false;
    return true;
}

/** What each key does; false leaves it to the browser. @type {Record<string, () => boolean | void>} */
const KEYS = {
    j: () => goTo(current + 1),
    k: () => goTo(current - 1),
    ArrowDown: () => (inTable() ? goTo(current + 1) : false),
    ArrowUp: () => (inTable() ? goTo(current - 1) : false),
    x: () => choose(current < 0 ? 0 : current),
    " ": () => (inTable() || document.activeElement === document.body ? toggleLook() : false),
    f: () => openDialog("filter-dialog"),
    i: () => startAct("assign"),
    d: () => startAct("due"),
    t: () => startAct("topics"),
    o: () => { if (rows[current]) linkOf(rows[current]).click(); },
    Escape: leave,
};

/** Whether the focus is in the table, and not on a box or on the head of a column. */
function inTable() {
    const at = document.activeElement;
    return at === byId("desk-rows") || Boolean(at?.matches(".desk-grid tbody td a"));
}

document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open], [data-modal-open]")) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && (event.key === "z" || event.code === "KeyZ")) {
        if (targetOf(event).closest("input:not([type=checkbox]), textarea") === null && bulk.undo()) event.preventDefault();
        return;
    }
    const act = KEYS[keyOf(event)];
    if (act && act() !== false) event.preventDefault();
});

byId("desk-rows").addEventListener("focusin", (event) => {
    const row = targetOf(event).closest("tbody tr");
    const index = row instanceof HTMLElement ? rows.indexOf(row) : -1;
    if (index >= 0 && index !== current) goTo(index, false);
});
byId("desk-list").addEventListener("change", (event) => {
    const box = targetOf(event);
    if (box.id === "desk-all" && box instanceof HTMLInputElement) chooseAll(box.checked);
    else drawChosen();
});
document.addEventListener("click", (event) => {
    const button = targetOf(event).closest("button");
    if (!button) return;
    if (button.dataset.opens) openDialog(button.dataset.opens);
    if (button.dataset.act && button.closest("#desk-bulk")) startAct(button.dataset.act);
    if (button.id === "desk-clear") chooseAll(false);
    if ("closes" in button.dataset) button.closest("dialog")?.close();
});

/** Beside the name of each view how many claims it has. */
async function drawCounts() {
    try {
        const { data } = await ask(settings.addresses.list_counts);
        for (const place of findAll(document, "[data-count]")) place.textContent = data.counts[place.dataset.count ?? ""] ?? "";
    } catch {
        // The views work without their numbers.
    }
}

drawChosen();
drawCounts();
