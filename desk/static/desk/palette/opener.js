/** Keys that work on every page of the desk: Ctrl+K opens the palette, whose script comes only then; /, C and ? beside it. */
import { byId, targetOf } from "../http/elements.js";
import { keyOf, lettersAreOn, setLetters } from "../http/letters.js";

const palette = byId("desk-palette", HTMLDialogElement);
const help = byId("desk-keys", HTMLDialogElement);
/** Pages with keys of their own under the same letters. */
const hasOwnKeys = document.getElementById("mark-desk") !== null;

/** @type {Promise<{open: () => void}> | null} */
let loading = null;

/** The theme's scroll areas all get the same name; those in the menu and the filters need none. */
addEventListener("load", () => {
    for (const area of document.querySelectorAll(":is(#nav-sidebar-apps, #changelist-filter) .simplebar-content-wrapper")) {
        area.removeAttribute("role");
        area.removeAttribute("aria-label");
    }
});

/** Open the palette; its style and script are fetched once. */
async function openPalette() {
    if (!loading) {
        const style = document.createElement("link");
        style.rel = "stylesheet";
        style.href = palette.dataset.style ?? "";
        const styled = new Promise((resolve) => { style.onload = resolve; style.onerror = resolve; });
        document.head.append(style);
        loading = Promise.all([import(palette.dataset.script ?? ""), styled]).then(([script]) => script);
        loading.catch(() => { loading = null; });
    }
    (await loading)?.open();
}

/** Where the cursor goes for a search: into the page's own field, else to the list. */
function search() {
    const field = document.querySelector("#desk-search, #searchbar");
    if (field instanceof HTMLInputElement) field.select();
    else openPalette();
}

function showKeys() {
    const box = byId("desk-letters", HTMLInputElement);
    box.checked = lettersAreOn();
    help.showModal();
}

/** @type {Record<string, () => void>} */
const KEYS = {
    "/": search,
    "?": showKeys,
    c: () => { if (palette.dataset.add) location.assign(palette.dataset.add); },
};

document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && (event.key === "k" || event.code === "KeyK")) {
        if (event.defaultPrevented || targetOf(event).closest("[contenteditable]")) return;
        event.preventDefault();
        openPalette();
        return;
    }
    if (hasOwnKeys || document.querySelector("dialog[open]")) return;
    const act = KEYS[keyOf(event)];
    if (!act) return;
    event.preventDefault();
    act();
});
byId("desk-letters").addEventListener("change", (event) => setLetters(/** @type {HTMLInputElement} */ (event.target).checked));
document.addEventListener("click", (event) => {
    if (targetOf(event).closest("[data-open-palette]")) openPalette();
});
