/** The foot of the work panel, asked anew for what is typed: a step can be taken as soon as the typed content suffices. */
import { SignedOut, Unreached } from "../http/api.js";
import { find } from "../http/elements.js";
import { gettext } from "../http/texts.js";

/** How long typing has to pause before the conditions are asked for, in milliseconds. */
const PAUSE = 600;

export class Foot {
    /** @param {HTMLFormElement} form @param {HTMLElement} element @param {string} address of the conditions */
    constructor(form, element, address) {
        this.form = form;
        this.element = element;
        this.address = address;
        this.asked = this.#typed();
        /** @type {ReturnType<typeof setTimeout>|undefined} */
        this.timer = undefined;
        /** @type {AbortController|null} */
        this.asking = null;
        /** What is being asked for now, and its answer: who asks for the same waits for it. @type {string|null} */
        this.askedFor = null;
        /** @type {Promise<void>} */
        this.answer = Promise.resolve();
        for (const type of ["input", "change", "click", "keyup"]) form.addEventListener(type, () => this.later());
    }

    /** The button of the next step, if there is one. @returns {HTMLElement|null} */
    get next() { return this.element.querySelector("[data-next-step]"); }

    later() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => { this.ask().catch(() => {}); }, PAUSE);
    }

    /** Ask for the conditions of what is typed, if it was not asked for yet. @returns {Promise<void>} */
    async ask() {
        clearTimeout(this.timer);
        const typed = this.#typed();
        if (typed === this.asked) return;
        if (typed !== this.askedFor) {
            this.askedFor = typed;
            this.answer = this.#fetch(typed).finally(() => { if (this.askedFor === typed) this.askedFor = null; });
        }
        await this.answer;
    }

    /** @param {string} typed @returns {Promise<void>} */
    async #fetch(typed) {
        this.asking?.abort();
        this.asking = new AbortController();
        const { signal } = this.asking;
        let answer, html;
        try {
            answer = await fetch(this.address, { method: "POST", credentials: "same-origin", cache: "no-store", signal,
                headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token(this.form) }, body: typed });
            html = await answer.text();
        } catch (error) {
            if (signal.aborted) return;
            throw new Unreached(String(error));
        }
        if (answer.redirected) throw new SignedOut(gettext("You are signed out."));
        if (!answer.ok || signal.aborted) return;
        this.asked = typed;
        this.#draw(html);
    }

    /** @param {string} html */
    #draw(html) {
        const held = this.element.contains(document.activeElement) ? document.activeElement : null;
        const key = held && [held.getAttribute("name"), held.getAttribute("value")], isOpen = this.element.querySelector("details")?.open;
        const fresh = new DOMParser().parseFromString(html, "text/html");
        this.element.replaceChildren(...fresh.body.childNodes);
        const others = this.element.querySelector("details");
        if (others && isOpen) others.open = true;
        if (key) /** @type {HTMLElement|null} */ (this.element.querySelector(`[name="${key[0]}"][value="${key[1]}"]`))?.focus();
    }

    /** What would be posted, without what changes by itself. */
    #typed() {
        const data = new URLSearchParams();
        for (const [name, value] of new FormData(this.form)) {
            if (typeof value === "string" && name !== "csrfmiddlewaretoken") data.append(name, value);
        }
        return data.toString();
    }
}

/** @param {HTMLFormElement} form */
function token(form) {
    const cookie = document.cookie.split("; ").find((item) => item.startsWith("csrftoken="));
    return cookie ? cookie.slice("csrftoken=".length) : find(form, "[name=csrfmiddlewaretoken]", HTMLInputElement).value;
}
