/** The tabs beside the text: the claims, and other panels with a list. One is shown; the others keep their scroll position. */
import { h } from "./elements.js";

export class Tabs {
    /** @param {HTMLElement} root the row of tabs */
    constructor(root) {
        this.root = root;
        /** @type {Map<string, {button: HTMLButtonElement, count: HTMLElement, element: HTMLElement}>} */
        this.tabs = new Map();
        /** The key of the tab that is shown. */
        this.shown = "";
        /** @type {((key: string) => void)[]} */
        this.listeners = [];
        root.addEventListener("keydown", (event) => {
            const keys = [...this.tabs.keys()], at = keys.indexOf(this.shown);
            const places = new Map([["ArrowRight", at + 1], ["ArrowLeft", at - 1], ["Home", 0], ["End", keys.length - 1]]);
            const key = keys.at((places.get(event.key) ?? NaN) % keys.length);
            if (!places.has(event.key) || key === undefined) return;
            event.preventDefault();
            this.show(key);
            this.button(this.shown).focus();
        });
    }

    /** @param {{key: string, title: string, element: HTMLElement, shortcut?: string}} tab */
    add({ key, title, element, shortcut }) {
        const count = h("span", { class: "desk-count", hidden: true });
        const button = h("button", { type: "button", role: "tab", id: `mark-tab-${key}-button`, class: "mark-tab",
            "aria-controls": element.id, "aria-keyshortcuts": shortcut, onclick: () => this.show(key) }, title, " ", count);
        for (const [name, value] of Object.entries({ role: "tabpanel", "aria-labelledby": button.id })) element.setAttribute(name, value);
        this.tabs.set(key, { button, count, element });
        this.root.append(button);
        this.show(this.shown || key);
    }

    /** @param {string} key */
    #tab(key) {
        const tab = this.tabs.get(key);
        if (!tab) throw new Error(`There is no tab ${key}.`);
        return tab;
    }

    /** Whether there is a tab with this key. @param {string} key */
    has(key) { return this.tabs.has(key); }

    /** The button of a tab. @param {string} key */
    button(key) { return this.#tab(key).button; }

    /** Show one tab. @param {string} key */
    show(key) {
        const isOther = this.shown !== key;
        this.shown = key;
        for (const [name, { button, element }] of this.tabs) {
            element.hidden = name !== key;
            button.setAttribute("aria-selected", String(name === key));
            button.tabIndex = name === key ? 0 : -1;
        }
        if (isOther) this.listeners.forEach((listener) => listener(key));
    }

    /** Call `listener` with the key of each tab that is shown from now on. @param {(key: string) => void} listener */
    onShow(listener) { this.listeners.push(listener); }

    /** Show a number beside a tab's title, with a warning after it if there is one. @param {string} key @param {number} number */
    count(key, number, warning = "") {
        const { count } = this.#tab(key);
        count.textContent = `${number}${warning}`;
        count.hidden = false;
    }
}
