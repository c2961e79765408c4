/** Tabs of the desk's side: the claims, and what else has a list of its own. One is shown, the others keep their place. */
import { h } from "./elements.js";

export class Tabs {
    /** @param {HTMLElement} root the row of tabs */
    constructor(root) {
        this.root = root;
        this.tabs = new Map();
        this.shown = null;
        this.listeners = [];
        root.addEventListener("keydown", (event) => {
            const keys = [...this.tabs.keys()], at = keys.indexOf(this.shown);
            const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: keys.length - 1 }[event.key];
            if (to === undefined) return;
            event.preventDefault();
            this.show(keys.at(to % keys.length));
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
        this.show(this.shown ?? key);
    }

    /** The button of a tab. */
    button(key) { return this.tabs.get(key).button; }

    /** Show one tab. */
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

    /** Call `listener` with the key of a tab that is shown from now on. */
    onShow(listener) { this.listeners.push(listener); }

    /** The number beside a tab's title; `warning` stands behind it, if any. */
    count(key, number, warning = "") {
        const { count } = this.tabs.get(key);
        count.textContent = `${number}${warning}`;
        count.hidden = false;
    }
}
