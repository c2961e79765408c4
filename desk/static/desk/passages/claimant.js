/** The field for the claimant: offers known claimants while somebody types, and accepts a new name as well. */
import { ask } from "../http/api.js";
import { h } from "../http/elements.js";
import { gettext } from "../http/texts.js";

export class ClaimantField {
    /**
     * @param {HTMLInputElement} input @param {HTMLInputElement} id
     * @param {HTMLSelectElement} kind asked for when the name is new @param {string} address where to ask
     */
    constructor(input, id, kind, address) {
        this.input = input;
        this.id = id;
        this.kind = kind;
        this.address = address;
        this.active = -1;
        /** @type {Server.Claimant[]} */
        this.options = [];
        /** @type {ReturnType<typeof setTimeout>|undefined} */
        this.timer = undefined;
        this.list = h("ul", { id: "mark-claimants", role: "listbox", class: "mark-options", hidden: true,
            "aria-label": gettext("Known claimants") });
        this.hint = h("p", { id: "mark-claimant-hint", class: "mark-hint", "aria-live": "polite" });
        const frame = h("div", { class: "mark-combo" });
        input.replaceWith(frame);
        frame.append(input, this.list);
        this.same = h("button", { type: "button", class: "desk-link mark-link", hidden: true });
        frame.after(this.hint, this.same);
        for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false",
            "aria-autocomplete": "list", "aria-controls": this.list.id })) input.setAttribute(name, value);
        input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${this.hint.id}`.trim());
        input.addEventListener("input", () => this.#typed());
        input.addEventListener("keydown", (event) => this.#key(event));
        input.addEventListener("blur", () => this.#close());
    }

    /** Fill the field; `because` gives the reason, when it is only a suggestion. @param {{id: string, label: string}} claimant */
    set({ id, label }, because = "") {
        this.input.value = label;
        this.id.value = id;
        this.hint.textContent = because;
        this.showKind();
        this.#close();
    }

    /** Show the field for the kind while the name is new. A kind that is chosen stays; `suggested` fills an empty field. */
    showKind(suggested = "") {
        const isNew = Boolean(this.input.value.trim()) && !this.id.value, field = this.kind.closest(".mark-field");
        if (field instanceof HTMLElement) field.hidden = !isNew;
        if (isNew) this.kind.value ||= suggested;
    }

    /** Offer the claimant of the last claim; nothing without one. @param {{id: string, label: string}|null} last */
    offer(last) {
        this.same.hidden = !last;
        if (!last) return;
        this.same.textContent = gettext("Same as the last claim: %(label)s", { label: last.label });
        this.same.onclick = () => {
            this.set(last);
            this.input.dispatchEvent(new Event("change", { bubbles: true }));
            this.input.focus();
        };
    }

    /**
     * Suggest a name: the known claimant who has it, else a new one.
     * @param {string} name @param {string} because why it is suggested
     */
    async propose(name, because) {
        this.set({ id: "", label: name }, because);
        /** @type {Server.Claimants} */
        let answer;
        try {
            answer = (await ask(`${this.address}?q=${encodeURIComponent(name)}`)).data;
        } catch {
            return; // the name alone is enough
        }
        const found = answer.claimants;
        if (this.input.value !== name || this.id.value) return;
        this.showKind(answer.kind);
        const same = found.filter((option) => option.name.toLowerCase() === name.toLowerCase());
        if (same.length === 1) this.set(same[0], because);
        else this.hint.textContent = `${because} ${same.length ? gettext("Several have this name: choose one.") : gettext("Saving adds this claimant.")}`.trim();
        if (document.activeElement === this.input) this.input.select();
    }

    #typed() {
        this.id.value = "";
        this.hint.textContent = "";
        this.showKind();
        this.same.hidden = true;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.#offer(this.input.value.trim()), 120);
    }

    /** @param {string} typed */
    async #offer(typed) {
        if (!typed) {
            this.#close();
            return;
        }
        /** @type {Server.Claimants} */
        let answer;
        try {
            answer = (await ask(`${this.address}?q=${encodeURIComponent(typed)}`)).data;
        } catch {
            return; // no list without a connection; the name is taken as it is typed
        }
        const found = answer.claimants;
        if (this.input.value.trim() !== typed || document.activeElement !== this.input) return;
        this.options = found;
        this.active = -1;
        this.list.replaceChildren(...found.map((option, i) => h("li", { role: "option", id: `mark-claimant-${i}`,
            "aria-selected": "false", onmousedown: (/** @type {MouseEvent} */ event) => { event.preventDefault(); this.#choose(i); } },
        option.label)));
        this.#expand(found.length > 0);
        const same = found.filter((option) => option.name.toLowerCase() === typed.toLowerCase());
        if (same.length === 1) this.id.value = same[0].id;
        this.hint.textContent = same.length ? "" : gettext("“%(typed)s” is new: saving adds this claimant.", { typed });
        this.showKind(answer.kind);
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        if (this.list.hidden) return;
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            const step = event.key === "ArrowDown" ? 1 : -1;
            this.#activate((this.active + step + this.options.length) % this.options.length);
        } else if (event.key === "Enter" && this.active >= 0 && !event.ctrlKey && !event.metaKey) this.#choose(this.active);
        else if (event.key === "Escape") this.#close();
        else return;
        event.preventDefault();
        event.stopPropagation();
    }

    /** @param {number} i */
    #activate(i) {
        this.active = i;
        [...this.list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === i)));
        this.input.setAttribute("aria-activedescendant", `mark-claimant-${i}`);
        this.list.children[i].scrollIntoView({ block: "nearest" });
    }

    /** @param {number} i */
    #choose(i) {
        const { id, label } = this.options[i];
        this.set({ id, label });
        this.input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    /** @param {boolean} isOpen */
    #expand(isOpen) {
        this.list.hidden = !isOpen;
        this.input.setAttribute("aria-expanded", String(isOpen));
        if (!isOpen) this.input.removeAttribute("aria-activedescendant");
    }

    #close() {
        clearTimeout(this.timer);
        this.#expand(false);
        this.active = -1;
    }
}
