/** The picture of the open claim: dropped, pasted or chosen, shown at once, described, taken off. Each act is saved by itself. */
import { Refused, ask, upload } from "../http/api.js";
import { announce, findAll, targetOf } from "../http/elements.js";
import { errorMessage } from "../evidence/evidence_details.js";
import { fileFault } from "./picture_file.js";

export class PictureHere {
    /**
     * @param {HTMLElement} root of the page
     * @param {{version: () => number, page: () => Promise<Document>, changed: (page: Document, version: number) => void}} claim
     * @param {Record<string, string>} words
     */
    constructor(root, claim, words) {
        this.root = root;
        this.claim = claim;
        this.words = words;
        this.busy = false;
        if (!this.section) return;
        root.addEventListener("change", (event) => { if (targetOf(event).id === "picture-file") this.#chosen(event); });
        root.addEventListener("input", (event) => { if (targetOf(event).matches("[data-picture-field] textarea")) this.count(); });
        root.addEventListener("click", (event) => {
            if (targetOf(event).closest("[data-picture-save]")) this.#describe();
            if (targetOf(event).closest("[data-picture-remove]")) this.#remove();
            const copy = /** @type {HTMLElement|null} */ (targetOf(event).closest("[data-picture-capture]"));
            if (copy && this.isOpen) { event.preventDefault(); this.#capture(Number(copy.dataset.pictureCapture)); }
        });
        for (const type of ["dragover", "dragleave", "drop"]) root.addEventListener(type, (event) => this.#drag(/** @type {DragEvent} */ (event)));
        document.addEventListener("paste", (event) => this.#paste(event));
        this.count();
    }

    /** The part of the page, as it is now. */
    get section() { return /** @type {HTMLElement|null} */ (this.root.querySelector("#picture-group")); }
    get endpoint() { return this.section?.dataset.endpoint ?? ""; }
    get isOpen() { return Boolean(this.section?.querySelector("[data-picture-drop]")); }

    /** How long the alt text is. */
    count() {
        const counter = this.section?.querySelector("[data-picture-count]");
        const area = this.section?.querySelector("[data-picture-field=alt] textarea");
        if (!(counter instanceof HTMLElement) || !(area instanceof HTMLTextAreaElement)) return;
        const length = [...area.value].length, limit = Number(counter.dataset.limit);
        counter.textContent = (this.words.of ?? "").replace("{count}", String(length)).replace("{limit}", String(limit));
        counter.classList.toggle("claim-over", length > limit);
    }

    // --- A file ---------------------------------------------------------------------------------------
    /** @param {Event} event */
    #chosen(event) {
        const input = /** @type {HTMLInputElement} */ (targetOf(event));
        const file = input.files?.[0];
        input.value = "";
        if (file) this.#send(file);
    }

    /** @param {DragEvent} event */
    #drag(event) {
        const place = targetOf(event).closest("#picture-group");
        if (!place || !this.isOpen || !event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        this.section?.querySelector("[data-picture-drop]")?.classList.toggle("claim-picture-over", event.type === "dragover");
        const file = event.type === "drop" ? event.dataTransfer.files[0] : undefined;
        if (file) this.#send(file);
    }

    /** A picture from the clipboard, unless it is pasted into a text. @param {ClipboardEvent} event */
    #paste(event) {
        const file = [...event.clipboardData?.files ?? []].find((one) => one.type.startsWith("image/"));
        if (!file || !this.isOpen || targetOf(event).closest("textarea, input, [contenteditable=true]")) return;
        event.preventDefault();
        this.#send(file);
    }

    /** @param {File} file */
    async #send(file) {
        const fault = fileFault(file, Number(this.section?.dataset.limit ?? 0));
        if (fault) { this.#say(fault); return; }
        const bar = this.section?.querySelector("progress");
        const data = new FormData();
        data.set("version", String(this.claim.version()));
        data.set("file", file);
        await this.#act(async () => {
            if (bar) bar.hidden = false;
            const answer = await upload(this.endpoint, data, (share) => { if (bar) bar.value = share; });
            return answer.data.version;
        });
        if (bar) bar.hidden = true;
    }

    // --- Its texts ------------------------------------------------------------------------------------
    async #describe() {
        /** @type {Record<string, string|boolean|number>} */
        const body = { version: this.claim.version() };
        for (const field of findAll(this.root, "#picture-group [data-picture-field]")) {
            const input = /** @type {HTMLInputElement} */ (field.querySelector("input, textarea, select"));
            body[field.dataset.pictureField ?? ""] = input.type === "checkbox" ? input.checked : input.value;
        }
        await this.#act(async () => (await ask(this.endpoint, { method: "PATCH", body })).data.version);
    }

    /** @param {number} capture */
    async #capture(capture) {
        await this.#act(async () => (await ask(this.endpoint, { method: "POST", body: { version: this.claim.version(), capture }, patience: 60_000 })).data.version);
    }

    async #remove() {
        await this.#act(async () => (await ask(this.endpoint, { method: "DELETE", body: { version: this.claim.version() } })).data.version);
    }

    /** Do it, then take over what the page shows now; what is refused is said where it belongs. @param {() => Promise<number>} act */
    async #act(act) {
        if (this.busy) return;
        this.busy = true;
        this.#say("");
        try {
            const version = await act(), page = await this.claim.page();
            const fresh = page.getElementById("picture-group");
            if (fresh) this.section?.replaceWith(document.importNode(fresh, true));
            this.count();
            this.claim.changed(page, version);
            announce(this.words.picture_saved ?? "", "good");
            /** @type {HTMLElement|null} */ (this.section?.querySelector("details[open] textarea") ?? this.section)?.focus();
        } catch (error) {
            this.#refused(error);
        }
        this.busy = false;
    }

    /** @param {unknown} error */
    #refused(error) {
        let isShown = false;
        for (const field of findAll(this.root, "#picture-group [data-picture-field]")) {
            const told = error instanceof Refused ? error.errors[field.dataset.pictureField ?? ""] : undefined;
            const place = /** @type {HTMLElement} */ (field.querySelector("[data-picture-error]"));
            place.hidden = !told;
            place.textContent = told?.join(" ") ?? "";
            const input = field.querySelector("input, textarea, select");
            if (told) input?.setAttribute("aria-invalid", "true"); else input?.removeAttribute("aria-invalid");
            isShown ||= Boolean(told);
        }
        if (!isShown) this.#say(errorMessage(error));
    }

    /** @param {string} words */
    #say(words) {
        const status = this.section?.querySelector("[data-picture-status]");
        if (!status) return;
        status.textContent = words;
        status.classList.toggle("claim-picture-bad", Boolean(words));
    }
}
