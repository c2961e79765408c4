/**
 * The keys of the claim's page. Letters and digits are bound to the physical key, so that they work under Cyrillic, Armenian
 * and Arabic layouts; outside fields alone, and they can be switched off.
 */
import { byId, find, targetOf } from "../http/elements.js";
import { Keymap } from "../http/keymap.js";

const HERE = "claim";

/** The key on a keyboard with Latin letters. @param {KeyboardEvent} event */
export function physicalKey(event) {
    const found = /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(event.code);
    if (found && !event.shiftKey) return (found[1] ?? found[2] ?? "").toLowerCase();
    return event.key;
}

/**
 * @param {Record<string, {keys: string[], label: string, run: (key: string) => void}>} bindings
 * @param {{nextStep: () => void, save: () => void}} acts
 * @param {Record<string, string>} words
 */
export function bindKeys(bindings, acts, words) {
    const keymap = new Keymap();
    const group = words.work ?? "";
    for (const { keys, label, run } of Object.values(bindings)) {
        keymap.add({ keys, label, group, where: [HERE], run: (event) => { run(physicalKey(event)); } });
    }
    keymap.note({ keys: ["Ctrl+Shift+Enter"], label: words.next_step ?? "", group });
    keymap.note({ keys: ["Ctrl+S"], label: words.save ?? "", group });
    keymap.note({ keys: ["Escape"], label: words.leave ?? "", group });
    bindHelp(keymap, words);
    document.addEventListener("keydown", (event) => {
        if (event.isComposing || document.querySelector("dialog[open]")) return;
        if ((event.ctrlKey || event.metaKey) && event.shiftKey && event.key === "Enter") acts.nextStep();
        else if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.code === "KeyS") acts.save();
        else if (event.key === "Escape" && isInField(event)) leave(targetOf(event));
        else {
            keymap.handle(event, HERE, physicalKey(event));
            return;
        }
        event.preventDefault();
    });
}

/** Whether Escape leads out of a field; the editor of explanations marks the key as handled and does nothing. @param {KeyboardEvent} event */
function isInField(event) {
    const field = targetOf(event).closest("input, textarea, select, [contenteditable]");
    return field !== null && (!event.defaultPrevented || field.matches("[contenteditable]"));
}

/** Out of a field, to what holds it. @param {HTMLElement} field */
function leave(field) {
    const holder = field.closest("[role=tabpanel], #claim-reading");
    if (holder instanceof HTMLElement) holder.focus({ preventScroll: true });
    else field.blur();
}

/** @param {Keymap} keymap @param {Record<string, string>} words */
function bindHelp(keymap, words) {
    const dialog = byId("claim-keys", HTMLDialogElement), letters = byId("claim-letters", HTMLInputElement);
    const open = () => { find(dialog, "#claim-keys-list").replaceChildren(...keymap.table()); dialog.showModal(); };
    keymap.add({ keys: ["?"], label: words.help ?? "", group: words.work ?? "", where: [HERE], run: open });
    byId("claim-keys-button").addEventListener("click", open);
    find(dialog, "[data-close]").addEventListener("click", () => dialog.close());
    letters.checked = keymap.isOn;
    letters.addEventListener("change", () => keymap.set(letters.checked));
}
