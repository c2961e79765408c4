/** The tabs of the work panel. One is shown; the history is fetched when it is first looked at. */
import { findAll, h } from "../http/elements.js";
import { pageNow } from "./here.js";

export class PanelTabs {
    /** @param {HTMLElement} root @param {Record<string, string>} words */
    constructor(root, words) {
        this.words = words;
        this.buttons = findAll(root, ".claim-tabs [role=tab]");
        for (const button of this.buttons) button.addEventListener("click", () => this.show(nameOf(button)));
        root.querySelector(".claim-tabs")?.addEventListener("keydown", (event) => this.#key(/** @type {KeyboardEvent} */ (event)));
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        const at = this.buttons.findIndex((one) => one.getAttribute("aria-selected") === "true");
        const towards = document.documentElement.dir === "rtl" ? -1 : 1;
        const places = new Map([["ArrowRight", at + towards], ["ArrowLeft", at - towards], ["Home", 0], ["End", this.buttons.length - 1]]);
        const next = this.buttons.at((places.get(event.key) ?? NaN) % this.buttons.length);
        if (!places.has(event.key) || !next) return;
        event.preventDefault();
        this.show(nameOf(next));
        next.focus();
    }

    /** @param {string} name */
    show(name) {
        if (!this.buttons.some((button) => nameOf(button) === name)) return;
        for (const button of this.buttons) {
            const isShown = nameOf(button) === name, panel = panelOf(button);
            button.setAttribute("aria-selected", String(isShown));
            button.tabIndex = isShown ? 0 : -1;
            if (panel) panel.hidden = !isShown;
            if (isShown && panel?.dataset.address) this.#fetch(panel);
        }
    }

    /** Show the tab that holds an element. @param {Element} element */
    showHolderOf(element) {
        const panel = element.closest("[role=tabpanel]");
        const button = this.buttons.find((one) => panelOf(one) === panel);
        if (button) this.show(nameOf(button));
    }

    /** @param {HTMLElement} panel */
    async #fetch(panel) {
        const address = panel.dataset.address ?? "";
        delete panel.dataset.address;
        const line = h("p", { class: "desk-quiet", role: "status" }, this.words.loading ?? "");
        panel.append(line);
        try {
            const found = (await pageNow(address)).querySelector(".desk-timeline, .desk-empty");
            if (found) panel.append(document.importNode(found, true));
            line.remove();
        } catch {
            panel.dataset.address = address;
            line.textContent = this.words.failed ?? "";
        }
    }
}

/** @param {HTMLElement} button */
const nameOf = (button) => button.id.replace("claim-tab-", "");
/** @param {HTMLElement} button */
const panelOf = (button) => document.getElementById(button.getAttribute("aria-controls") ?? "");
