/**
 * The work panel of the open claim, as the right column: its verdict and the foot with the next step, as on the claim's page.
 * The server draws both; evidence and comments are panels below. What is typed is kept on the server until it is saved.
 */
import { Refused, SignedOut, ask } from "../http/api.js";
import { byId, find, targetOf } from "../http/elements.js";
import { EVERYWHERE } from "../http/keymap.js";
import { register } from "../http/panels.js";
import { signIn } from "../http/signing_in.js";
import { Differences } from "../claim_page/differences.js";
import { Foot } from "../claim_page/foot.js";
import { Verdict } from "../claim_page/verdict.js";
import { gettext } from "../http/texts.js";

/** How long typing has to pause before it is kept on the server, in milliseconds. */
const PAUSE = 1_200;

class WorkPanel {
    /** @param {HTMLElement} element @param {Panels.Desk} desk @param {Record<string, string>} words */
    constructor(element, desk, words) {
        this.element = element;
        this.desk = desk;
        this.words = words;
        this.column = byId("mark-work");
        this.footElement = byId("stage-panel");
        /** @type {{id: string, version: number}|null} */
        this.shown = null;
        /** @type {HTMLFormElement|null} */
        this.form = null;
        /** @type {Foot|null} */
        this.foot = null;
        /** @type {ReturnType<typeof setTimeout>|undefined} */
        this.timer = undefined;
        this.kept = "{}";
        this.isHeld = false;
        /** Whether the newest version of the claim could not be read. */
        this.isBehind = false;
        desk.on("claim", (claim) => { this.show(claim).catch((error) => this.#failed(error)); });
        desk.on("opening", async (id) => {
            this.#hold(true);
            const opened = desk.opened();
            await opened;
            if (opened === desk.opened() && desk.claim()?.id !== id) this.#hold(false); // it could not be read: the one before stays
        });
        document.addEventListener("submit", (event) => {
            if (event.target !== this.form) return;
            event.preventDefault();
            this.send(/** @type {HTMLButtonElement|null} */ (event.submitter)).catch((error) => this.#failed(error));
        });
        window.addEventListener("pagehide", () => { this.keep(true).catch(() => {}); });
        byId("mark-work-close").addEventListener("click", () => { const claim = desk.claim(); if (claim) desk.open(claim.id); });
        this.#bindKeys();
    }

    #bindKeys() {
        this.desk.keymap.add({ keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], label: this.words.verdict ?? "", group: gettext("Claims"),
            where: EVERYWHERE, run: (event) => (this.isHeld ? false : this.verdict?.choose(event.key) ?? false) });
        this.desk.keymap.note({ keys: ["Ctrl+Shift+Enter"], label: this.words.next_step ?? "", group: gettext("Claims") });
        document.addEventListener("keydown", (event) => {
            if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.key !== "Enter" || !this.shown) return;
            event.preventDefault();
            this.nextStep().catch((error) => this.#failed(error));
        });
        this.desk.keymap.note({ keys: ["Escape"], label: this.words.leave ?? "", group: gettext("Claims") });
        this.column.addEventListener("keydown", (event) => {
            if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
            if (!targetOf(event).matches("input, textarea, select, [contenteditable]")) return;
            event.preventDefault();
            this.column.focus({ preventScroll: true });
        });
    }

    /** Whether something is typed that is not saved. */
    get isTyped() { return this.differences !== undefined && Object.keys(this.differences.now()).length > 0; }

    /** @param {Server.Claim|null} claim */
    async show(claim) {
        if (!claim) {
            await this.keep();
            this.#close();
            return;
        }
        this.column.hidden = false;
        if (this.shown?.id === claim.id && this.shown.version === claim.version && !this.isBehind) return;
        const isOther = this.shown?.id !== claim.id;
        if (isOther) {
            this.#hold(true);
            await this.keep().catch((error) => { this.#hold(false); throw error; });
        }
        this.shown = { id: claim.id, version: claim.version };
        byId("mark-work-heading").textContent = claim.fields.text;
        byId("mark-work-open", HTMLAnchorElement).href = claim.page;
        const html = await fetchPart(this.#address(claim.id)).catch((error) => {
            if (this.shown?.id === claim.id) {
                this.isBehind = !isOther;
                if (isOther) this.#close();
            }
            throw error;
        });
        if (this.shown?.id !== claim.id) return;
        this.isBehind = false;
        if (isOther || !this.isTyped) this.#draw(html);
        else this.#renew(html);
    }

    /** @param {string} id */
    #address(id) { return `${this.desk.settings.claims}${id}/panel/`; }

    /** While another claim is fetched, nothing is done to the one that is still drawn. @param {boolean} isOn */
    #hold(isOn) { this.isHeld = this.element.inert = this.footElement.inert = isOn; }

    #close() {
        this.#hold(false);
        this.column.hidden = true;
        this.shown = this.form = this.foot = null;
        this.differences = this.verdict = undefined;
        this.element.replaceChildren();
        this.footElement.replaceChildren();
    }

    /** @param {Document} part */
    #draw(part) {
        this.#hold(false);
        const held = this.element.contains(document.activeElement) ? document.activeElement?.id : "";
        this.element.replaceChildren(...take(part, "form"));
        this.footElement.replaceChildren(...take(part, "foot"));
        this.form = find(this.element, "form", HTMLFormElement);
        this.settings = JSON.parse(find(this.element, "#work-settings", HTMLScriptElement).textContent ?? "{}");
        this.differences = new Differences(this.form, this.settings.typed);
        this.kept = JSON.stringify(this.differences.now());
        this.verdict = new Verdict(this.element, this.words);
        this.foot = new Foot(this.form, this.footElement, this.form.dataset.conditions ?? "");
        for (const type of ["input", "change"]) {
            this.form.addEventListener(type, () => { clearTimeout(this.timer); this.timer = setTimeout(() => { this.keep().catch((error) => this.#failed(error)); }, PAUSE); });
        }
        if (held) document.getElementById(held)?.focus();
    }

    /** Go on from the newest version, unless somebody else changed what is typed here. @param {Document} part */
    #renew(part) {
        const fresh = /** @type {HTMLFormElement} */ (take(part, "form").find((node) => node instanceof HTMLFormElement));
        if (!this.form || !fresh) return;
        const version = find(fresh, "[name=_version]", HTMLInputElement).value;
        if (drawn(fresh) !== drawn(this.form)) { this.desk.announce(this.words.changed_by_others ?? "", "bad"); return; }
        find(this.form, "[name=_version]", HTMLInputElement).value = version;
        this.foot?.later();
    }

    /** Keep what is typed on the server, for this person. */
    async keep(isLeaving = false) {
        clearTimeout(this.timer);
        if (!this.form || !this.differences || !this.settings) return;
        const fields = this.differences.now(), now = JSON.stringify(fields);
        if (now === this.kept) return;
        const { address, writer, replaces, user } = this.settings;
        const version = find(this.form, "[name=_version]", HTMLInputElement).value;
        const body = { ...fields, _version: version, _writer: writer, _replaces: replaces, _user: user };
        this.kept = now;
        try {
            await ask(address, { method: Object.keys(fields).length ? "PUT" : "DELETE", body, keepalive: isLeaving });
        } catch (error) {
            this.kept = "";
            throw error;
        }
    }

    /** Read the newest version, if that failed before: else the server takes what is sent for a conflict. */
    async #catchUp() { if (this.isBehind) await this.show(this.desk.claim()); }

    /** Save, and take the step whose button was pressed. @param {HTMLButtonElement|null} button @returns {Promise<void>} */
    async send(button) {
        await this.#catchUp();
        const { form, shown } = this;
        if (!form || !shown) return;
        clearTimeout(this.timer);
        const body = new URLSearchParams();
        for (const [name, value] of new FormData(form, button)) if (typeof value === "string") body.append(name, value);
        const answer = await fetch(button?.getAttribute("formaction") ?? form.action, { method: "POST", body, credentials: "same-origin", cache: "no-store",
            headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token() } });
        if (answer.redirected && new URL(answer.url).pathname.includes("/login/")) throw new SignedOut(gettext("You are signed out."));
        if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
            window.location.assign((await answer.json()).go);
            return;
        }
        if (answer.status === 403 || answer.status >= 500) throw new Refused(answer.status, {});
        const part = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (this.shown?.id !== shown.id) return;
        this.#draw(part);
        const said = this.form?.dataset.said ?? "";
        this.desk.announce(said || this.element.querySelector(".errorlist li, [role=alert]")?.textContent?.trim() || "", answer.ok ? "good" : "bad");
        if (answer.ok && button?.value) this.column.focus({ preventScroll: true }); // the next key is one of the desk again
        if (answer.ok) await this.desk.refresh();
    }

    /** Take the next step; where something lacks, say what. */
    async nextStep() {
        if (this.isHeld) return;
        await this.#catchUp();
        await this.foot?.ask();
        if (this.isHeld) return;
        const button = this.foot?.next;
        if (button instanceof HTMLButtonElement && button.disabled) {
            this.footElement.classList.add("claim-asked");
            const lacking = this.footElement.querySelector(".claim-checklist [data-open], .claim-refusals li");
            this.desk.announce(lacking?.getAttribute("title") || lacking?.textContent?.trim() || "", "bad");
        } else button?.click();
    }

    /** @param {unknown} error */
    async #failed(error) {
        if (error instanceof SignedOut && this.settings) {
            if (await signIn(this.settings)) await this.keep().catch((again) => this.#failed(again));
        } else this.desk.announce(error instanceof Refused ? error.message : this.words.no_connection ?? "", "bad");
    }
}

/** @param {string} address */
async function fetchPart(address) {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    if (answer.redirected && new URL(answer.url).pathname.includes("/login/")) throw new SignedOut(gettext("You are signed out."));
    if (!answer.ok) throw new Refused(answer.status, {});
    return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** @param {Document} part @param {string} name */
function take(part, name) { return [...document.importNode(find(part, `[data-part=${name}]`), true).childNodes]; }

/** What the server drew of a form. @param {HTMLFormElement} form */
function drawn(form) {
    const chosen = form.querySelector("[name=rating][data-stored]")?.getAttribute("value") ?? "";
    const summary = form.querySelector("[name=summary]");
    return `${chosen} ${summary instanceof HTMLTextAreaElement ? summary.defaultValue : ""}`;
}

function token() {
    const cookie = document.cookie.split("; ").find((item) => item.startsWith("csrftoken="));
    return cookie ? cookie.slice("csrftoken=".length) : find(document, "[name=csrfmiddlewaretoken]", HTMLInputElement).value;
}

register({
    key: "work", title: gettext("Verdict"), place: "claim",
    mount(element, desk) { new WorkPanel(element, desk, JSON.parse(byId("claim-words").textContent ?? "{}")); },
});
