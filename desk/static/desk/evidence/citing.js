/** The form that cites a source: find it by address or title, choose its stance, keep a copy; saved in one request. */
import { Refused, ask } from "../http/api.js";
import { announce, byId, find, h, targetOf } from "../http/elements.js";
import { gettext, ngettext } from "../http/texts.js";
import { STANCES, errorMessage, formatSize, renameIds } from "./evidence_details.js";

const PAUSE = 150; // milliseconds without typing before asking
const IS_ADDRESS = /^https?:\/\/\S+$/i;
let formCount = 0;

export class CitingForm {
    /**
     * @param {string} address of the claim's evidence
     * @param {{save: (data: FormData, progress: (share: number) => void) => Promise<void>, closed: () => void}} handlers
     */
    constructor(address, { save, closed }) {
        this.address = address;
        this.save = save;
        this.closed = closed;
        this.element = emptyForm();
        formCount += 1;
        renameIds(this.element, formCount);
        this.about = find(this.element, "[data-about]");
        this.rest = find(this.element, "[data-rest]");
        this.known = find(this.element, "[data-known]");
        this.status = find(this.element, "[data-status]");
        this.bar = find(this.element, "progress", HTMLProgressElement);
        this.file = find(this.element, "[name=file]", HTMLInputElement);
        this.fetch = find(this.element, "[name=fetch]", HTMLInputElement);
        this.find = find(this.element, "[data-find]", HTMLInputElement);
        /** What the list offers. @type {{label: string, more: string, run: () => void}[]} */
        this.options = [];
        this.active = -1;
        /** @type {ReturnType<typeof setTimeout>|undefined} */
        this.timer = undefined;
        /** The search under way: the next one takes its place. @type {AbortController|null} */
        this.searching = null;
        this.list = h("ul", { id: `evidence-found-${formCount}`, role: "listbox", class: "mark-options", hidden: true, "aria-label": gettext("Sources") });
        this.#combobox();
        this.about.hidden = this.rest.hidden = true;
        this.element.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
        this.element.addEventListener("keydown", (event) => this.#key(event));
        this.#drop();
    }

    focus() { (this.rest.hidden ? this.find : this.#stance()).focus(); }

    // --- Finding ------------------------------------------------------------------------------------
    #combobox() {
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
        this.searching?.abort();
        const { signal } = this.searching = new AbortController();
        /** @type {{sources: Server.FoundSource[], is_address: boolean}} */
        let found = { sources: [], is_address: IS_ADDRESS.test(typed) };
        try {
            found = (await ask(`${this.address}sources/?q=${encodeURIComponent(typed)}`, { signal })).data;
            if (this.status.className === "mark-error") this.#showStatus("");
        } catch (error) {
            if (signal.aborted) return;
            this.#showStatus(errorMessage(error), true);
        }
        if (this.find.value.trim() !== typed || document.activeElement !== this.find) return;
        this.options = found.sources.map((source) => ({ label: source.title, more: more(source), run: () => this.#useSource(source) }));
        if (found.is_address && !found.sources.length) this.options.push({ label: gettext("Look this address up"), more: gettext("not among the sources yet"), run: () => this.#lookUp(typed) });
        else if (typed && !found.is_address) this.options.push({ label: gettext("New source: “%(typed)s”", { typed }), more: gettext("without an address"), run: () => this.#startNewSource({ title: typed }) });
        this.list.replaceChildren(...this.options.map((option, i) => h("li", { role: "option", id: `${this.list.id}-${i}`, "aria-selected": "false",
            onmousedown: (/** @type {MouseEvent} */ event) => { event.preventDefault(); this.#choose(i); } },
        h("span", { dir: "auto" }, option.label), " ", h("span", { class: "desk-quiet" }, option.more))));
        this.list.hidden = !this.options.length;
        this.find.setAttribute("aria-expanded", String(!this.list.hidden));
        if (typed && this.options.length) this.#activate(0);
    }

    /** @param {number} i */
    #activate(i) {
        this.active = i;
        [...this.list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === i)));
        this.find.setAttribute("aria-activedescendant", `${this.list.id}-${i}`);
        this.list.children[i].scrollIntoView({ block: "nearest" });
    }

    /** @param {number} i */
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

    /** Cite a source that exists already. @param {Server.FoundSource} source */
    #useSource(source) {
        this.find.value = source.title;
        this.#set("source", source.id);
        this.#set("url", "");
        this.#set("capture", String(source.capture?.id ?? ""));
        this.about.hidden = true;
        this.known.hidden = false;
        this.known.replaceChildren(more(source) || source.title, source.capture ? `. ${gettext("The copy of %(at)s is cited with it.", { at: source.capture.at })}` : "");
        this.#offerCopy(Boolean(source.url), !source.capture);
        this.#open();
    }

    /**
     * Cite a new source: its fields are shown, to be corrected.
     * @param {Record<string, string>} fields what is known of it
     * @param {string[]} [notes]
     */
    #startNewSource(fields, notes = []) {
        this.#set("source", "");
        this.#set("capture", "");
        for (const name of ["url", "title", "publisher", "published_on"]) this.#set(name, fields[name] ?? "");
        this.#set("kind", fields.kind || "document");
        this.about.hidden = false;
        this.known.hidden = !notes.length;
        this.known.replaceChildren(...notes.map((note) => h("span", {}, `${note} `)));
        this.#offerCopy(Boolean(fields.url), Boolean(fields.title));
        this.#open(fields.title ? null : this.#field("title"));
    }

    /** @param {string} url */
    async #lookUp(url) {
        this.#showStatus(gettext("Looking the address up…"));
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

    /** @param {boolean} isPossible @param {boolean} isWanted */
    #offerCopy(isPossible, isWanted) {
        this.fetch.checked = isPossible && isWanted;
        this.fetch.closest(".mark-field")?.toggleAttribute("hidden", !isPossible);
    }

    /** @param {HTMLElement|null} [first] the field that gets the focus */
    #open(first = null) {
        this.rest.hidden = false;
        (first ?? this.#stance()).focus();
        announce(gettext("s supports, r refutes, c context. Ctrl+Enter saves."));
    }

    // --- Stance and keys -------------------------------------------------------------------------------------
    #stance() {
        const isChosen = this.element.querySelector("[name=stance]:checked") !== null;
        return find(this.element, isChosen ? "[name=stance]:checked" : "[name=stance]");
    }

    /** @param {string} name @returns {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement|null} */
    #field(name) { return this.element.querySelector(`:is(input, textarea, select)[name="${CSS.escape(name)}"]`); }

    /** @param {string} name @param {string} value */
    #set(name, value) {
        const field = this.#field(name);
        if (field) field.value = value;
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        if (event.isComposing) return;
        const inList = event.target === this.find && !this.list.hidden;
        const chosen = targetOf(event).getAttribute("name") === "stance" && !event.ctrlKey && !event.metaKey && !event.altKey
            && STANCES.find((stance) => stance.keys.includes(event.key.toLowerCase()));
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#submit();
        else if (chosen) {
            find(this.element, `[name=stance][value=${chosen.key}]`, HTMLInputElement).checked = true;
            this.#field("quote")?.focus();
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
        /** @param {DragEvent} event */
        const takes = (event) => !this.rest.hidden && event.dataTransfer?.types.includes("Files");
        this.element.addEventListener("dragover", (event) => { if (takes(event)) event.preventDefault(); });
        this.element.addEventListener("drop", (event) => {
            const files = event.dataTransfer?.files;
            if (!takes(event) || !files) return;
            event.preventDefault();
            this.file.files = files;
            this.fetch.checked = false;
            announce(gettext("%(name)s will be sent.", { name: files[0]?.name }));
        });
        this.file.addEventListener("change", () => { this.fetch.checked = false; });
        find(this.element, "[data-cancel]").addEventListener("click", () => this.closed());
    }

    // --- Saving -------------------------------------------------------------------------------------
    async #submit() {
        if (this.rest.hidden) {
            this.find.focus();
            this.#showStatus(gettext("Choose a source first."), true);
            return;
        }
        this.#errors({});
        const data = new FormData(this.element), file = this.file.files?.[0];
        const largest = Number(byId("evidence-form").dataset.largest);
        if (file && file.size > largest) {
            this.#errors({ file: [gettext("This file is larger than %(largest)s. Save it smaller, or keep the pages that count.", { largest: formatSize(largest) })] });
            return;
        }
        if (!file) data.delete("file");
        if (this.fetch.checked || file) data.delete("capture");
        const button = find(this.element, "[type=submit]", HTMLButtonElement);
        button.disabled = true;
        this.bar.hidden = !file;
        this.#showStatus(this.fetch.checked ? gettext("Fetching a copy…") : gettext("Saving…"));
        try {
            await this.save(data, (share) => { this.bar.value = share; });
        } catch (error) {
            this.#showStatus("");
            const errors = error instanceof Refused ? error.errors : {};
            if (!Object.keys(errors).length) this.#showStatus(errorMessage(error), true);
            else this.#errors(errors);
        } finally {
            button.disabled = false;
            this.bar.hidden = true;
        }
    }

    /** Show errors beside their fields, and above the form where no field is shown for them. @param {ErrorsByField} errors */
    #errors(errors) {
        this.element.querySelectorAll(".mark-error").forEach((line) => line.remove());
        this.element.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
        /** @type {HTMLElement|null} */
        let first = null;
        for (const [name, messages] of Object.entries(errors)) {
            const field = this.#field(name), frame = field?.closest(".mark-field");
            if (!field || !frame || frame.closest("[hidden]")) {
                this.#showStatus(messages.join(" "), true);
                continue;
            }
            frame.append(h("p", { class: "mark-error" }, messages.join(" ")));
            field.setAttribute("aria-invalid", "true");
            first ??= field;
        }
        if (!first) return;
        first.focus();
        announce(Object.values(errors).flat().join(" "), "bad");
    }

    /** @param {string} message */
    #showStatus(message, isBad = false) {
        this.status.textContent = message;
        this.status.className = isBad ? "mark-error" : "desk-quiet";
    }
}

/** @param {Server.FoundSource} source */
function more(source) {
    const cited = source.claims ? ngettext("cited for %(count)s claim", "cited for %(count)s claims", source.claims) : "";
    return [source.publisher, source.kind_label, source.published_on, cited].filter(Boolean).join(" · ");
}

/** A copy of the form that the page holds. */
function emptyForm() {
    const form = byId("evidence-form", HTMLTemplateElement).content.firstElementChild?.cloneNode(true);
    if (!(form instanceof HTMLFormElement)) throw new Error("The page has no form for evidence.");
    return form;
}
