/**
 * The keys of the desk. Keys of one letter work in the text and in the list of claims alone, never in a field, and can
 * be turned off (WCAG 2.1.4). What a key does is always on a button as well.
 */
import { h, targetOf } from "./elements.js";
import { gettext } from "./texts.js";

/** The places of the desk, for keys that work in all of them. */
export const EVERYWHERE = ["text", "claims", "suggestions"];

export class Keymap {
    constructor() {
        /** @type {Panels.Key[]} */
        this.keys = [];
        this.isOn = localStorage.getItem("factcheck.desk.letters") !== "off";
    }

    /**
     * @param {Omit<Panels.Key, "where"> & {where?: string[]}} binding `run` returns false to leave the key to the browser.
     *     A key is written as `Shift+ArrowDown`, `m`, `?`. `where` are names of places, usually of `EVERYWHERE`.
     */
    add(binding) {
        const added = { where: ["text", "claims"], ...binding };
        const taken = this.keys.find((item) => item.where.some((place) => added.where.includes(place))
            && item.keys.some((key) => added.keys.includes(key)));
        if (taken) console.error(`Two keys are the same: “${taken.label}” and “${added.label}”.`);
        this.keys.push(added);
    }

    /** Name keys in the help that are handled elsewhere: those of a form. @param {{keys: string[], label: string, group: string}} note */
    note(note) { this.keys.push({ ...note, where: [], run: () => false }); }

    /** Handle a key pressed in one of the places. @param {KeyboardEvent} event @param {string} where @param {string} [pressed] the key, where another one counts */
    handle(event, where, pressed = physical(event)) {
        if (event.defaultPrevented || event.isComposing || event.metaKey || event.altKey) return;
        const isChord = event.ctrlKey && event.shiftKey;
        if (event.ctrlKey && !isChord) return;
        if (!isChord && targetOf(event).closest("input, textarea, select, [contenteditable]")) return;
        const isLetter = pressed.length === 1 && pressed !== " ";
        if (isLetter && !this.isOn) return;
        const name = isChord ? `Ctrl+Shift+${pressed}` : event.shiftKey && !isLetter ? `Shift+${pressed}` : pressed;
        const found = this.keys.find((item) => item.keys.includes(name) && item.where.includes(where));
        if (!found || found.run(event) === false) return;
        event.preventDefault();
    }

    /** Turn the keys of one letter on or off, for this browser. @param {boolean} isOn */
    set(isOn) {
        this.isOn = isOn;
        localStorage.setItem("factcheck.desk.letters", isOn ? "on" : "off");
    }

    /** The keys as a table for the help window. */
    table() {
        const groups = [...grouped(this.keys)];
        groups.sort(([one], [other]) => ORDER.indexOf(one) - ORDER.indexOf(other));
        return groups.map(([group, items]) => h("section", {}, h("h3", {}, group), h("dl", { class: "mark-keys" },
            ...items.flatMap((item) => [
                h("dt", {}, ...item.keys.map((key) => h("kbd", {}, keyLabel(key)))),
                h("dd", {}, item.label),
            ]))));
    }
}

/**
 * The key by its place on the keyboard where its letter is not a Latin one: `n` is the same key on a Cyrillic, Armenian
 * or Arabic keyboard.
 * @param {KeyboardEvent} event
 */
export function physical(event) {
    const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
    const isForeign = event.key.length === 1 && event.key.charCodeAt(0) > 127;
    if (isForeign && letter) return event.shiftKey ? letter : letter.toLowerCase();
    if (isForeign && event.code === "Slash" && event.shiftKey) return "?";
    return event.key;
}

/** The order of groups in the help; those of other panels come first. */
const ORDER = [gettext("In the text"), gettext("In the form"), gettext("Suggestions"), gettext("Claims"), gettext("Help")];

/** @param {Panels.Key[]} items */
function grouped(items) {
    /** @type {Map<string, Panels.Key[]>} */
    const groups = new Map();
    for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
    return groups;
}

/** @type {Record<string, string>} */
const SIGNS = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: gettext("Esc"), " ": gettext("Space"), Enter: "⏎", Shift: "⇧" };
/** @param {string} key */
const keyLabel = (key) => key.split("+").map((part) => SIGNS[part] ?? part).join(" ");
