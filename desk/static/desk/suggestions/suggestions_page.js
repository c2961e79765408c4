// One key per decision on the page of suggestions. Each action has a button as well.
import { find, findAll, targetOf } from "../http/elements.js";

const cards = findAll(document, "[data-suggestion]");
const PLACE = "desk.suggestions.place";
let at = -1;

/** @param {number} to */
function go(to) {
    at = Math.max(0, Math.min(cards.length - 1, to));
    cards[at]?.focus();
    cards[at]?.scrollIntoView({ block: "nearest" });
}

/** @param {string} key */
function press(key) {
    const selector = `[data-key="${key}"]`;
    if (!cards[at]?.querySelector(selector)) return;
    sessionStorage.setItem(PLACE, String(at)); // the list is shorter by one then: the same place is the next card
    find(cards[at], selector).click();
}

function edit() {
    const details = cards[at]?.querySelector("details");
    if (!details) return;
    details.open = true;
    find(details, "textarea").focus();
}

document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (targetOf(event).closest("input, textarea, select, [contenteditable]")) {
        if (event.key === "Escape") go(at);
        return;
    }
    /** @type {Record<string, () => void>} */
    const actions = { j: () => go(at + 1), k: () => go(at - 1), e: edit };
    for (const key of "and") actions[key] = () => press(key);
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
});
document.addEventListener("focusin", (event) => {
    const card = cards.findIndex((one) => one.contains(targetOf(event)));
    if (card >= 0) at = card;
});

for (const help of findAll(document, ".desk-keys")) help.hidden = false;
const hasMerged = Boolean(document.querySelector("#merged textarea"));
const place = sessionStorage.getItem(PLACE);
sessionStorage.removeItem(PLACE);
if (hasMerged) find(document, "#merged textarea").focus();
else if (place !== null) go(Number(place));
const dismissed = location.hash === "#dismissed" && document.querySelector("#dismissed");
if (dismissed) dismissed.setAttribute("open", "");
