/**
 * Keeps what is typed in a form of the admin site, a moment after typing stops, for this person alone. When the form is
 * opened again, what was kept is offered with its time. Forms with a password or a code are never kept.
 */
import { Differences } from "../claim_page/differences.js";
import { KeptHere } from "../claim_page/kept_here.js";
import { Refused, SignedOut, ask } from "./api.js";
import { byId, find, readJson } from "./elements.js";

/** How long typing has to pause before it is sent, and the pause before sending again without a connection. */
const PAUSE = 1_500, AGAIN = 10_000;
const SECRET = "input[type=password], input[autocomplete=one-time-code]";

/** Texts with formats have an editor, which takes what is restored. @type {Map<Element, any>} */
const editors = new Map();
document.addEventListener("prose-editor:ready", (event) => {
    const { editor, textarea } = /** @type {CustomEvent} */ (event).detail;
    editors.set(textarea, editor);
});

class Autosave {
    /** @param {HTMLFormElement} form */
    constructor(form) {
        this.form = form;
        /** @type {Server.UnsavedPage} */
        this.settings = readJson("unsaved-page");
        const names = [...new FormData(form).keys()];
        this.differences = new Differences(form, this.settings.is_again ? names : []);
        this.here = new KeptHere(this.settings.page, this.settings.user);
        /** What the server has of this page, as JSON; a form that was refused is sent anew. */
        this.sent = this.settings.is_again ? "" : JSON.stringify(this.differences.now());
        /** Whether the server has something of this page. */
        this.isKept = this.settings.is_again;
        this.isLeaving = false;
        /** @type {ReturnType<typeof setTimeout>|undefined} */
        this.timer = undefined;
        for (const type of ["input", "change", "keyup"]) form.addEventListener(type, () => this.#later(PAUSE));
        form.addEventListener("submit", () => { this.isLeaving = true; clearTimeout(this.timer); this.#keepHere(); });
        window.addEventListener("pagehide", () => { if (!this.isLeaving) this.flush(true); });
        window.addEventListener("online", () => this.flush());
        byId("unsaved-page-discard").addEventListener("click", () => this.#discard());
        byId("unsaved-page-restore").addEventListener("click", () => this.#restore());
        /** What an earlier page kept. @type {Server.KeptPage|null} */
        this.kept = null;
        this.#look().catch(() => {});
    }

    get version() { return this.form.querySelector("[name=_version]")?.getAttribute("value") ?? ""; }

    /** @param {number} pause */
    #later(pause) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.flush(), pause);
    }

    /** @param {Record<string, string[]>} fields */
    #body(fields) {
        const { page, user, writer, replaces } = this.settings;
        const own = Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith("_page_")));
        return { ...own, _page: page, _version: this.version, _user: user, _page_writer: writer, _page_replaces: replaces };
    }

    #keepHere() {
        const fields = this.differences.now();
        if (Object.keys(fields).length) this.here.write(this.settings.writer, this.#body(fields));
    }

    /** Send what differs, if the server does not have it. */
    async flush(isLast = false) {
        clearTimeout(this.timer);
        const fields = this.differences.now(), now = JSON.stringify(fields), { address, writer } = this.settings;
        if (now === this.sent) return;
        const body = this.#body(fields), isAny = Object.keys(fields).length > 0;
        if (isAny) this.here.write(writer, body);
        try {
            if (isAny) await ask(address, { method: "PUT", body, keepalive: isLast });
            else if (this.isKept) await ask(address, { method: "DELETE", body, keepalive: isLast });
            this.sent = now;
            this.isKept = isAny;
            this.here.remove(writer, body);
            this.#say(isAny ? `${byId("unsaved-page-state").dataset.kept} ${new Date().toTimeString().slice(0, 5)}` : "");
        } catch (error) {
            if (error instanceof SignedOut) this.#say(byId("unsaved-page-state").dataset.out ?? "");
            else if (error instanceof Refused) this.#say(error.message);
            else {
                this.#say(byId("unsaved-page-state").dataset.trouble ?? "");
                this.#later(AGAIN);
            }
        }
    }

    /** @param {string} words */
    #say(words) { byId("unsaved-page-state").textContent = words; }

    /** Offer what an earlier page kept, on the server or, without a connection, in this browser. */
    async #look() {
        const { address, page, writer, is_again: isAgain } = this.settings;
        const { data } = await ask(`${address}?${new URLSearchParams({ page })}`);
        const local = this.here.ofOthers(writer).at(-1);
        /** @type {Server.KeptPage|null} */
        let kept = data.kept;
        if (local) kept = await this.#sent(local.body, kept);
        for (const one of this.here.ofOthers(writer)) this.here.remove(one.writer);
        if (!kept || kept.writer === writer || isAgain) return;
        this.kept = kept;
        const at = new Date(kept.saved_at);
        byId("unsaved-page-time").textContent = at.toLocaleString(document.documentElement.lang || undefined,
            { dateStyle: "medium", timeStyle: "short" });
        byId("unsaved-page-time").setAttribute("datetime", kept.saved_at);
        byId("unsaved-page-others").hidden = kept.version === this.version;
        byId("unsaved-page-notice").hidden = false;
    }

    /** What this browser kept and the server never got goes there now. @param {any} body @param {Server.KeptPage|null} kept */
    async #sent(body, kept) {
        const { address, page } = this.settings;
        await ask(address, { method: "PUT", body: { ...body, _page_replaces: kept?.writer ?? body._page_replaces } });
        return (await ask(`${address}?${new URLSearchParams({ page })}`)).data.kept;
    }

    #restore() {
        if (!this.kept) return;
        for (const [name, values] of Object.entries(this.kept.fields)) this.#put(name, values);
        this.settings.replaces = this.kept.writer;
        find(this.form, "[name=_page_replaces]", HTMLInputElement).value = this.kept.writer;
        this.#close();
        this.flush();
    }

    /** @param {string} name @param {string[]} values */
    #put(name, values) {
        for (const field of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
            if (field instanceof HTMLSelectElement) {
                for (const option of field.options) option.selected = values.includes(option.value);
                for (const value of values) if (value && !field.value) field.add(new Option(value, value, false, true));
            } else if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) {
                field.checked = values.includes(field.value);
            } else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
                field.value = values[0] ?? "";
                editors.get(field)?.commands.setContent(field.value, true);
            }
            field.dispatchEvent(new Event("change", { bubbles: true }));
        }
    }

    async #discard() {
        const { address, page, user } = this.settings;
        if (!this.kept) return;
        try {
            await ask(address, { method: "DELETE", body: { _page: page, _user: user, _page_writer: this.kept.writer } });
            this.#close();
            this.flush();
        } catch (error) {
            this.#say(error instanceof Refused ? error.message : byId("unsaved-page-state").dataset.trouble ?? "");
        }
    }

    #close() {
        this.kept = null;
        byId("unsaved-page-notice").hidden = true;
    }
}

const settings = document.getElementById("unsaved-page"), form = settings?.closest("form");
if (form && !form.querySelector(SECRET)) new Autosave(form);
