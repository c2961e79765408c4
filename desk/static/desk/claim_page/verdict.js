/** The verdict: its rating as buttons, its summary with a counter, and both as readers will see them. */
import { byId, findAll } from "../http/elements.js";

/** @typedef {Record<string, string>} Words */

export class Verdict {
    /** @param {HTMLElement} root of the panel @param {Words} words */
    constructor(root, words) {
        this.root = root;
        this.words = words;
        this.buttons = findAll(root, ".claim-rating");
        this.summary = root.querySelector("#id_summary");
        this.counter = root.querySelector("#summary-count");
        for (const button of this.buttons) {
            const input = inputOf(button);
            input.addEventListener("change", () => this.draw());
            // What was never saved can be taken back: a second click on the chosen rating.
            let wasChosen = input.checked;
            button.addEventListener("pointerdown", () => { wasChosen = input.checked; });
            input.addEventListener("click", () => { if (wasChosen && !this.#isStored) { input.checked = false; this.draw(); } wasChosen = input.checked; });
        }
        if (this.summary instanceof HTMLTextAreaElement) {
            this.summary.addEventListener("input", () => this.draw());
            this.summary.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) event.preventDefault(); });
        }
        document.getElementById("claim-verdict")?.addEventListener("click", () => this.focusSummary());
        this.draw();
    }

    get #isStored() { return this.buttons.some((button) => inputOf(button).hasAttribute("data-stored")); }

    /** Whether a verdict can be typed here. */
    get isOpen() { return this.buttons.length > 0; }

    /** Choose the rating of a key; then the summary is to be typed. @param {string} key @returns {boolean} whether there is one */
    choose(key) {
        const button = this.buttons.find((one) => one.dataset.key === key);
        if (!button) return false;
        inputOf(button).checked = true;
        inputOf(button).dispatchEvent(new Event("change", { bubbles: true }));
        this.focusSummary();
        return true;
    }

    focusSummary() { if (this.summary instanceof HTMLElement) this.summary.focus(); }

    /** Show the verdict in the reading view, and how long the summary is. */
    draw() {
        const text = this.summary instanceof HTMLTextAreaElement ? this.summary.value : "";
        if (this.counter instanceof HTMLElement) {
            const limit = Number(this.counter.dataset.limit);
            this.counter.textContent = (this.words.of ?? "").replace("{count}", String([...text].length)).replace("{limit}", String(limit));
            this.counter.classList.toggle("claim-over", [...text].length > limit);
        }
        const box = document.getElementById("claim-verdict"), chosen = this.buttons.find((one) => inputOf(one).checked);
        if (!box || !this.isOpen) return;
        const tone = chosen?.dataset.tone ?? "open";
        box.classList.replace(`desk-rating-${box.dataset.tone}`, `desk-rating-${tone}`);
        box.dataset.tone = tone;
        byId("claim-verdict-label").textContent = chosen ? `${chosen.querySelector(".claim-sign")?.textContent ?? ""} ${chosen.querySelector(".claim-rating-label")?.textContent ?? ""}` : this.words.no_verdict ?? "";
        byId("claim-verdict-definition").textContent = chosen?.title ?? "";
        byId("claim-verdict-summary").textContent = text;
    }
}

/** @param {HTMLElement} button */
function inputOf(button) {
    const input = button.querySelector("input");
    if (!input) throw new Error("A rating has no input.");
    return input;
}
