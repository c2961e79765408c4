/** The inbox by keyboard: J and K move, Enter opens, E marks as done. Keys of one letter can be turned off. */
import { byId, find, findAll, targetOf } from "../http/elements.js";

/** What is done for each key, by its place on the keyboard: it works on every layout. @type {Record<string, () => void>} */
const KEYS = { KeyJ: () => move(1), KeyK: () => move(-1), KeyE: () => done() };

const rows = () => findAll(document, ".inbox-row");
const current = () => rows().find((row) => row.contains(document.activeElement) || row.classList.contains("inbox-current")) ?? null;

/** @param {HTMLElement|undefined} row */
function choose(row) {
    for (const other of rows()) other.classList.toggle("inbox-current", other === row);
    if (row) find(row, "[data-open]").focus();
}

/** @param {1|-1} step */
function move(step) {
    const all = rows(), at = all.indexOf(/** @type {HTMLElement} */ (current()));
    choose(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
}

function done() {
    const row = current(), form = row?.querySelector("form[data-done]");
    if (form instanceof HTMLFormElement) form.requestSubmit();
    else if (row) say(byId("inbox-words").dataset.notDone ?? "");
}

/** @param {string} words */
function say(words) { byId("inbox-status").textContent = words; }

/** @param {HTMLFormElement} form */
async function markDone(form) {
    const row = form.closest("li"), all = rows(), next = all[all.indexOf(/** @type {HTMLElement} */ (row)) + 1] ?? all.at(-2);
    try {
        const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(/** @type {any} */ (new FormData(form))), headers: { Accept: "application/json" }, credentials: "same-origin" });
        const isJson = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
        if (!answer.ok || !isJson) {
            window.location.reload();
            return;
        }
        const { message } = await answer.json();
        const section = row?.closest("section");
        row?.remove();
        if (section && !section.querySelector(".inbox-row")) section.remove();
        choose(next);
        say(message);
    } catch {
        say(byId("inbox-words").dataset.noConnection ?? "");
    }
}

document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (targetOf(event).closest("input:not([type=hidden]), textarea, select, [contenteditable], dialog")) return;
    if (localStorage.getItem("factcheck.desk.letters") === "off" || !(event.code in KEYS)) return;
    event.preventDefault();
    KEYS[event.code]();
});
document.addEventListener("focusin", (event) => {
    const row = targetOf(event).closest(".inbox-row");
    if (row) for (const other of rows()) other.classList.toggle("inbox-current", other === row);
});
document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-done]")) return;
    event.preventDefault();
    markDone(form);
});
