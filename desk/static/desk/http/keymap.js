/**
 * The keys of the desk. Keys of one letter work in the text and in the list of claims alone, never in a field, and can
 * be turned off (WCAG 2.1.4). What a key does is always on a button as well.
 */
import { h } from "./elements.js";

/** For keys that work in every place of the desk. */
export const EVERYWHERE = ["text", "claims", "suggestions"];

export class Keymap {
    constructor() {
        this.keys = [];
        this.isOn = localStorage.getItem("factcheck.desk.letters") !== "off";
    }

    /**
     * @param {{keys: string[], label: string, group: string, where?: ("text"|"claims"|"suggestions")[],
     *          run: (event: KeyboardEvent) => void|boolean}} binding `run` returns false to leave the key to the browser. A key is written as
     *          `Shift+ArrowDown`, `m`, `?`.
     */
    add(binding) {
        const made = { where: ["text", "claims"], ...binding };
        const taken = this.keys.find((item) => item.where.some((place) => made.where.includes(place))
            && item.keys.some((key) => made.keys.includes(key)));
        if (taken) console.error(`Two keys are the same: “${taken.label}” and “${made.label}”.`);
        this.keys.push(made);
    }

    /** Name keys in the help that are handled elsewhere: those of a form. @param {{keys: string[], label: string, group: string}} note */
    note(note) { this.keys.push({ ...note, where: [] }); }

    /** Handle a key pressed in one of the places. */
    handle(event, where) {
        if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.target.closest("input, textarea, select, [contenteditable]")) return;
        const isLetter = event.key.length === 1 && event.key !== " ";
        if (isLetter && !this.isOn) return;
        const name = event.shiftKey && !isLetter ? `Shift+${event.key}` : event.key;
        const found = this.keys.find((item) => item.keys.includes(name) && item.where.includes(where));
        if (!found || found.run(event) === false) return;
        event.preventDefault();
    }

    /** Turn the keys of one letter on or off, for this browser. */
    set(isOn) {
        this.isOn = isOn;
        localStorage.setItem("factcheck.desk.letters", isOn ? "on" : "off");
    }

    /** The keys as a table for the help window. */
    table() {
        const groups = [...(Map.groupBy ? Map.groupBy(this.keys, (item) => item.group) : grouped(this.keys))];
        groups.sort(([one], [other]) => ORDER.indexOf(one) - ORDER.indexOf(other));
        return groups.map(([group, items]) => h("section", {}, h("h3", {}, group), h("dl", { class: "mark-keys" },
            ...items.flatMap((item) => [
                h("dt", {}, ...item.keys.map((key) => h("kbd", {}, keyLabel(key)))),
                h("dd", {}, item.label),
            ]))));
    }
}

/** Groups as they follow one another in the help; those of other panels come first. */
const ORDER = ["In the text", "In the form", "Suggestions", "Claims", "Help"];

function grouped(items) {
    const groups = new Map();
    for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
    return groups;
}

const SIGNS = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc" };
const keyLabel = (key) => key.split("+").map((part) => SIGNS[part] ?? part).join(" ");
