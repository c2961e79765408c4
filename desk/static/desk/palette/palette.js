/** The command palette: a field and a list (ARIA combobox). Words go to the server; arrows and Enter choose. */
import { ask } from "../http/api.js";
import { byId, find, findAll, h, targetOf } from "../http/elements.js";

const dialog = byId("desk-palette", HTMLDialogElement);
dialog.append(find(dialog, "template", HTMLTemplateElement).content.cloneNode(true));
const field = byId("desk-palette-input", HTMLInputElement);
const list = byId("desk-palette-list");
const status = byId("desk-palette-none");
let current = -1;
/** @type {AbortController | null} */
let request = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Show it, with what was typed before chosen, so that typing replaces it. */
export function open() {
    if (!dialog.open) dialog.showModal();
    field.select();
    look();
}

const options = () => findAll(list, "[role=option]");

/** Ask for what is typed; only the last question is answered. */
async function look() {
    request?.abort();
    const { signal } = (request = new AbortController());
    try {
        const { data } = await ask(`${dialog.dataset.address}?${new URLSearchParams({ q: field.value })}`, { signal });
        if (!signal.aborted) draw(data.groups);
    } catch {
        if (!signal.aborted) status.textContent = status.dataset.unreached ?? "";
    }
}

/** @param {{label: string, entries: Lists.Entry[]}[]} groups */
function draw(groups) {
    let number = 0;
    list.replaceChildren(...groups.map((group, at) => h("div", { role: "group", "aria-labelledby": `desk-palette-group-${at}` },
        h("div", { id: `desk-palette-group-${at}`, class: "desk-palette-group", role: "presentation" }, group.label),
        ...group.entries.map((entry) => h("div", { role: "option", id: `desk-palette-${number++}`, "data-address": entry.address, "aria-selected": "false" },
            h("span", { dir: "auto", class: "desk-palette-title" }, entry.title), entry.detail && h("span", { class: "desk-palette-detail", dir: "auto" }, entry.detail))))));
    status.textContent = number ? (status.dataset.count ?? "").replace("{n}", String(number)) : (status.dataset.none ?? "");
    status.classList.toggle("desk-hidden", number > 0);
    mark(number ? 0 : -1);
}

/** Make an option the one that Enter opens. @param {number} index */
function mark(index) {
    const all = options();
    all[current]?.setAttribute("aria-selected", "false");
    current = index;
    const option = all[current];
    if (option) {
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        field.setAttribute("aria-activedescendant", option.id);
    } else field.removeAttribute("aria-activedescendant");
}

/** @param {HTMLElement | undefined} option @param {boolean} inNewTab */
function follow(option, inNewTab) {
    const address = option?.dataset.address;
    if (!address) return;
    if (inNewTab) window.open(address, "_blank", "noopener");
    else location.assign(address);
}

field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 120);
});
field.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && count) mark((current + 1) % count);
    else if (event.key === "ArrowUp" && count) mark((current - 1 + count) % count);
    else if (event.key === "Enter") follow(options()[current], event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
});
list.addEventListener("click", (event) => follow(/** @type {HTMLElement | undefined} */ (targetOf(event).closest("[role=option]") ?? undefined), event.ctrlKey || event.metaKey));
dialog.addEventListener("click", (event) => {
    if (event.target === dialog || targetOf(event).closest("[data-close-palette]")) dialog.close();
});
