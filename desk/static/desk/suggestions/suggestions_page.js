// One key each on the page of suggestions. Without it every act has its button; with it a hand stays on the keyboard.
const cards = [...document.querySelectorAll("[data-suggestion]")];
const PLACE = "desk.suggestions.place";
let at = -1;

function go(to) {
    at = Math.max(0, Math.min(cards.length - 1, to));
    cards[at]?.focus();
    cards[at]?.scrollIntoView({ block: "nearest" });
}

function press(key) {
    const control = cards[at]?.querySelector(`[data-key="${key}"]`);
    if (!control) return;
    sessionStorage.setItem(PLACE, String(at)); // the list comes back shorter by one: the same place is the next one
    control.click();
}

function edit() {
    const details = cards[at]?.querySelector("details");
    if (!details) return;
    details.open = true;
    details.querySelector("textarea").focus();
}

document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) {
        if (event.key === "Escape") go(at);
        return;
    }
    const acts = { j: () => go(at + 1), k: () => go(at - 1), e: edit };
    for (const key of "and") acts[key] = () => press(key);
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
});
document.addEventListener("focusin", (event) => {
    const card = event.target.closest("[data-suggestion]");
    if (card) at = cards.indexOf(card);
});

for (const help of document.querySelectorAll(".desk-keys")) help.hidden = false;
const merged = document.querySelector("#merged textarea");
const place = sessionStorage.getItem(PLACE);
sessionStorage.removeItem(PLACE);
if (merged) merged.focus();
else if (place !== null) go(Number(place));
const taken = location.hash === "#dismissed" && document.querySelector("#dismissed");
if (taken) taken.open = true;
