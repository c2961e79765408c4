/** The form that cites a source: find it by address or words, say what it does to the claim, keep a copy; in one act. */
import { ask } from "../http/api.js";
import { announce, h } from "../http/elements.js";
import { STANCES, formatSize, errorMessage } from "./evidence_details.js";

const PAUSE = 150; // milliseconds without typing before asking
const IS_ADDRESS = /^https?:\/\/\S+$/i;
let formCount = 0;

export class CitingForm {
    /**
     * @param {string} address of the claim's evidence
     * @param {{save: (data: FormData, progress: (share: number) => void) => Promise<void>, closed: () => void}} told
     */
    constructor(address, { save, closed }) {
        this.address = address;
        this.save = save;
        this.closed = closed;
        this.element = document.getElementById("evidence-form").content.firstElementChild.cloneNode(true);
        formCount += 1;
        for (const one of this.element.querySelectorAll("[id], [for]")) {
            if (one.id) one.id = `${one.id}-${formCount}`;
            if (one.htmlFor) one.htmlFor = `${one.htmlFor}-${formCount}`;
        }
        this.fields = this.element.elements;
        this.about = this.element.querySelector("[data-about]");
        this.rest = this.element.querySelector("[data-rest]");
        this.known = this.element.querySelector("[data-known]");
        this.status = this.element.querySelector("[data-status]");
        this.bar = this.element.querySelector("progress");
        this.#combobox();
        this.about.hidden = this.rest.hidden = true;
        this.element.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
        this.element.addEventListener("keydown", (event) => this.#key(event));
        this.#drop();
    }

    focus() { (this.rest.hidden ? this.find : this.#stance()).focus(); }

    // --- Finding ------------------------------------------------------------------------------------
    #combobox() {
        this.find = this.element.querySelector("[data-find]");
        this.options = [];
        this.active = -1;
        this.list = h("ul", { id: `evidence-found-${formCount}`, role: "listbox", class: "mark-options", hidden: true, "aria-label": "Sources" });
        this.find.after(this.list);
        for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list",
            "aria-controls": this.list.id })) this.find.setAttribute(name, value);
        this.find.addEventListener("input", () => {
            clearTimeout(this.timer);
            this.timer = setTimeout(() => this.#offer(), PAUSE);
        });
        this.find.addEventListener("focus", () => this.#offer());
        this.find.addEventListener("blur", () => this.#closeList());
    }

    async #offer() {
        const typed = this.find.value.trim();
        let found = { sources: [], is_address: IS_ADDRESS.test(typed) };
        try {
            found = (await ask(`${this.address}sources/?q=${encodeURIComponent(typed)}`)).data;
        } catch (error) {
            this.#showStatus(errorMessage(error), true);
        }
        if (this.find.value.trim() !== typed || document.activeElement !== this.find) return;
        this.options = found.sources.map((source) => ({ label: source.title, more: more(source), run: () => this.#useSource(source) }));
        if (found.is_address && !found.sources.length) this.options.push({ label: "Look this address up", more: "not among the sources yet", run: () => this.#lookUp(typed) });
        else if (typed && !found.is_address) this.options.push({ label: `New source: “${typed}”`, more: "without an address", run: () => this.#startNewSource({ title: typed }) });
        this.list.replaceChildren(...this.options.map((option, i) => h("li", { role: "option", id: `${this.list.id}-${i}`, "aria-selected": "false",
            onmousedown: (event) => { event.preventDefault(); this.#choose(i); } },
        h("span", { dir: "auto" }, option.label), " ", h("span", { class: "desk-quiet" }, option.more))));
        this.list.hidden = !this.options.length;
        this.find.setAttribute("aria-expanded", String(!this.list.hidden));
        if (typed && this.options.length) this.#activate(0);
    }

    #activate(i) {
        this.active = i;
        [...this.list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === i)));
        this.find.setAttribute("aria-activedescendant", `${this.list.id}-${i}`);
        this.list.children[i].scrollIntoView({ block: "nearest" });
    }

    #choose(i) {
        const option = this.options[i];
        this.#closeList();
        option.run();
    }

    #closeList() {
        clearTimeout(this.timer);
        this.list.hidden = true;
        this.active = -1;
        this.find.setAttribute("aria-expanded", "false");
        this.find.removeAttribute("aria-activedescendant");
    }

    /** A source that is known: nothing of it is asked for again. */
    #useSource(source) {
        this.find.value = source.title;
        this.fields.source.value = source.id;
        this.fields.url.value = "";
        this.fields.capture.value = source.capture?.id ?? "";
        this.about.hidden = true;
        this.known.hidden = false;
        this.known.replaceChildren(more(source) || source.title, source.capture ? `. The copy of ${source.capture.at} is cited with it.` : "");
        this.#offerCopy(Boolean(source.url), !source.capture);
        this.#open();
    }

    /** A source that is new: what was found of it is there to be corrected. */
    #startNewSource(fields, notes = []) {
        this.fields.source.value = this.fields.capture.value = "";
        for (const name of ["url", "title", "publisher", "published_on"]) this.fields[name].value = fields[name] ?? "";
        this.fields.kind.value = fields.kind || "document";
        this.about.hidden = false;
        this.known.hidden = !notes.length;
        this.known.replaceChildren(...notes.map((note) => h("span", {}, `${note} `)));
        this.#offerCopy(Boolean(fields.url), Boolean(fields.title));
        this.#open(fields.title ? null : this.fields.title);
    }

    async #lookUp(url) {
        this.#showStatus("Looking the address up…");
        this.find.setAttribute("aria-busy", "true");
        try {
            const { data } = await ask(`${this.address}look-up/`, { method: "POST", body: { url }, patience: 45_000 });
            if (this.find.value.trim() !== url) return;
            this.#showStatus("");
            if (data.known) this.#useSource(data.known);
            else this.#startNewSource(data.fields, data.notes);
        } catch (error) {
            this.#showStatus(errorMessage(error), true);
        } finally {
            this.find.removeAttribute("aria-busy");
        }
    }

    #offerCopy(isPossible, isWanted) {
        this.fields.fetch.checked = isPossible && isWanted;
        this.fields.fetch.closest(".mark-field").hidden = !isPossible;
    }

    #open(first = null) {
        this.rest.hidden = false;
        (first ?? this.#stance()).focus();
        announce("s supports, r refutes, c context. Ctrl+Enter saves.");
    }

    // --- Saying -------------------------------------------------------------------------------------
    #stance() { return this.element.querySelector("[name=stance]:checked") ?? this.element.querySelector("[name=stance]"); }

    #key(event) {
        if (event.isComposing) return;
        const inList = event.target === this.find && !this.list.hidden;
        const chosen = event.target.name === "stance" && !event.ctrlKey && !event.metaKey && !event.altKey
            && STANCES.find((stance) => stance.keys.includes(event.key.toLowerCase()));
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#submit();
        else if (chosen) {
            this.element.querySelector(`[name=stance][value=${chosen.key}]`).checked = true;
            this.fields.quote.focus();
        } else if (inList && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
            this.#activate((this.active + (event.key === "ArrowDown" ? 1 : -1) + this.options.length) % this.options.length);
        } else if (event.target === this.find && event.key === "Enter") {
            if (inList && this.active >= 0) this.#choose(this.active);
            else if (IS_ADDRESS.test(this.find.value.trim())) this.#lookUp(this.find.value.trim());
            else this.#offer();
        } else if (event.key === "Escape") {
            if (inList) this.#closeList();
            else this.closed();
        } else return;
        event.preventDefault();
        event.stopPropagation();
    }

    #drop() {
        const takes = (event) => event.dataTransfer.types.includes("Files") && !this.rest.hidden;
        this.element.addEventListener("dragover", (event) => { if (takes(event)) event.preventDefault(); });
        this.element.addEventListener("drop", (event) => {
            if (!takes(event)) return;
            event.preventDefault();
            this.fields.file.files = event.dataTransfer.files;
            this.fields.fetch.checked = false;
            announce(`${event.dataTransfer.files[0].name} goes along.`);
        });
        this.fields.file.addEventListener("change", () => { this.fields.fetch.checked = false; });
        this.element.querySelector("[data-cancel]").addEventListener("click", () => this.closed());
    }

    // --- Saving -------------------------------------------------------------------------------------
    async #submit() {
        if (this.rest.hidden) {
            this.find.focus();
            this.#showStatus("Choose a source first.", true);
            return;
        }
        this.#errors({});
        const data = new FormData(this.element), file = this.fields.file.files[0];
        const largest = Number(document.getElementById("evidence-form").dataset.largest);
        if (file && file.size > largest) {
            this.#errors({ file: [`This file is larger than ${formatSize(largest)}. Save it smaller, or keep the pages that count.`] });
            return;
        }
        if (!file) data.delete("file");
        if (this.fields.fetch.checked || file) data.delete("capture");
        const button = this.element.querySelector("[type=submit]");
        button.disabled = true;
        this.bar.hidden = !file;
        this.#showStatus(this.fields.fetch.checked ? "Fetching a copy…" : "Saving…");
        try {
            await this.save(data, (share) => { this.bar.value = share; });
        } catch (error) {
            this.#showStatus("");
            if (!Object.keys(error.errors ?? {}).length) this.#showStatus(errorMessage(error), true);
            else this.#errors(error.errors);
        } finally {
            button.disabled = false;
            this.bar.hidden = true;
        }
    }

    /** Errors beside their fields; what belongs to no field that is shown stands above. */
    #errors(errors) {
        this.element.querySelectorAll(".mark-error").forEach((line) => line.remove());
        this.element.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
        let first = null;
        for (const [name, messages] of Object.entries(errors)) {
            const field = this.fields[name], frame = field?.closest?.(".mark-field") ?? null;
            if (!frame || frame.closest("[hidden]")) {
                this.#showStatus(messages.join(" "), true);
                continue;
            }
            frame.append(h("p", { class: "mark-error" }, messages.join(" ")));
            field.setAttribute("aria-invalid", "true");
            first ??= field;
        }
        first?.focus();
        if (first) announce(Object.values(errors).flat().join(" "), "bad");
    }

    #showStatus(message, isBad = false) {
        this.status.textContent = message;
        this.status.className = isBad ? "mark-error" : "desk-quiet";
    }
}

function more(source) {
    const cited = source.claims ? `cited for ${source.claims} ${source.claims === 1 ? "claim" : "claims"}` : "";
    return [source.publisher, source.kind_label, source.published_on, cited].filter(Boolean).join(" · ");
}
