/**
 * `@` in a field with `data-mentions` opens a list of colleagues, which the address in that attribute finds. Arrow keys
 * choose, Enter or Tab takes one, Escape closes the list. The field keeps the focus all the while.
 */
import { ask } from "../http/api.js";
import { h } from "../http/elements.js";

/** How long typing has to pause before colleagues are looked for, in milliseconds. */
const PAUSE = 120;
/** An "@" that begins a word, and what was typed after it, up to the cursor. */
const CALL = /(?<![\p{L}\p{N}_@.+-])@([\p{L}\p{N}_.+@-]*)$/u;

class Mentions {
    constructor() {
        /** @type {HTMLTextAreaElement|null} */
        this.field = null;
        /** @type {{id: number, name: string, call: string}[]} */
        this.people = [];
        this.chosen = 0;
        /** @type {ReturnType<typeof setTimeout>|undefined} */
        this.timer = undefined;
        /** @type {AbortController|null} */
        this.asking = null;
        this.list = h("ul", { role: "listbox", id: "mention-list", class: "desk-mentions", hidden: true });
        this.said = h("p", { role: "status", class: "desk-hidden" });
        document.addEventListener("input", (event) => this.#look(event.target));
        document.addEventListener("keydown", (event) => this.#key(event), { capture: true });
        document.addEventListener("focusout", (event) => { if (event.target === this.field) this.close(); });
        document.addEventListener("scroll", () => this.#place(), { capture: true, passive: true });
        this.list.addEventListener("pointerdown", (event) => {
            event.preventDefault();
            const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
            if (option instanceof HTMLElement) this.#take(Number(option.dataset.place));
        });
    }

    get isOpen() { return !this.list.hidden; }

    /** @param {EventTarget|null} field */
    #look(field) {
        clearTimeout(this.timer);
        if (!(field instanceof HTMLTextAreaElement) || !field.dataset.mentions) return;
        const typed = CALL.exec(field.value.slice(0, field.selectionStart))?.[1];
        if (typed === undefined) {
            this.close();
            return;
        }
        this.timer = setTimeout(() => this.#find(field, typed), PAUSE);
    }

    /** @param {HTMLTextAreaElement} field @param {string} typed */
    async #find(field, typed) {
        this.asking?.abort();
        this.asking = new AbortController();
        try {
            const address = `${field.dataset.mentions}?${new URLSearchParams({ q: typed })}`;
            const { data } = await ask(address, { signal: this.asking.signal, patience: 5_000 });
            if (document.activeElement === field) this.#show(field, data);
        } catch { /* the name can be typed without the list */ }
    }

    /** @param {HTMLTextAreaElement} field @param {{people: {id: number, name: string, call: string}[], found: string}} data */
    #show(field, data) {
        if (!data.people.length) {
            this.close();
            this.#say(field, data.found);
            return;
        }
        this.field = field;
        this.people = data.people;
        this.chosen = 0;
        const place = field.closest("dialog") ?? document.body;
        place.append(this.list, this.said);
        this.list.setAttribute("aria-label", data.found);
        this.list.replaceChildren(...this.people.map((person, i) => h("li",
            { role: "option", id: `mention-${i}`, "data-place": String(i), "aria-selected": i === 0 ? "true" : "false" },
            h("bdi", {}, person.name), " ", h("span", { class: "desk-quiet", dir: "ltr" }, `@${person.call}`))));
        this.list.hidden = false;
        field.setAttribute("aria-autocomplete", "list");
        field.setAttribute("aria-controls", "mention-list");
        this.#place();
        this.#choose(0);
        this.#say(field, data.found);
    }

    /** @param {HTMLTextAreaElement} field @param {string} words */
    #say(field, words) {
        (field.closest("dialog") ?? document.body).append(this.said);
        this.said.textContent = words;
    }

    #place() {
        if (!this.isOpen || !this.field) return;
        const box = this.field.getBoundingClientRect(), { style } = this.list;
        const isLow = box.bottom + this.list.offsetHeight > innerHeight && box.top > this.list.offsetHeight;
        const width = Math.min(box.width, 360), isRtl = document.documentElement.dir === "rtl";
        style.left = `${isRtl ? box.right - width : box.left}px`;
        style.width = `${width}px`;
        style.top = `${isLow ? box.top - this.list.offsetHeight - 2 : box.bottom + 2}px`;
    }

    /** @param {number} place */
    #choose(place) {
        this.chosen = (place + this.people.length) % this.people.length;
        for (const [i, option] of [...this.list.children].entries()) option.setAttribute("aria-selected", String(i === this.chosen));
        this.list.children[this.chosen].scrollIntoView({ block: "nearest" });
        this.field?.setAttribute("aria-activedescendant", `mention-${this.chosen}`);
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        if (!this.isOpen || event.target !== this.field || event.isComposing) return;
        const { ctrlKey, metaKey, altKey, shiftKey, key } = event;
        if (ctrlKey || metaKey || altKey || (shiftKey && key !== "@")) return;
        if (key === "ArrowDown") this.#choose(this.chosen + 1);
        else if (key === "ArrowUp") this.#choose(this.chosen - 1);
        else if (key === "Enter" || key === "Tab") this.#take(this.chosen);
        else if (key === "Escape") this.close();
        else return;
        event.preventDefault();
        event.stopImmediatePropagation();
    }

    /** Put the name into the field in place of what was typed of it. @param {number} place */
    #take(place) {
        const { field } = this, person = this.people[place];
        if (!field || !person) return;
        const end = field.selectionStart, start = CALL.exec(field.value.slice(0, end))?.index ?? end;
        field.focus();
        field.setRangeText(`@${person.call} `, start, end, "end");
        this.close();
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    close() {
        clearTimeout(this.timer);
        this.asking?.abort();
        this.list.hidden = true;
        this.said.textContent = "";
        for (const name of ["aria-activedescendant", "aria-controls", "aria-autocomplete"]) this.field?.removeAttribute(name);
        this.field = null;
    }
}

new Mentions();
