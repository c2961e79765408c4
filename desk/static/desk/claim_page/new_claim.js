/**
 * Keeps what is typed of a claim that is not entered yet, in this browser: the server has no claim to keep it with. Another
 * page of the same person, or the same one after a crash, offers it at the top. An ended session asks for the password here.
 */
import { Refused, SignedOut, ask, newId } from "../http/api.js";
import { byId, find, h, readJson } from "../http/elements.js";
import { signIn } from "../http/signing_in.js";
import { KeptHere } from "./kept_here.js";
import { nameSearches } from "./lazy.js";
import { renewTokens } from "./unsaved.js";

const PAUSE = 300;
/** Under which the browser remembers, from one page to the next, what was sent to be entered. */
const SENT = "factcheck.desk.new-claim-sent";
const OURS = new Set(["csrfmiddlewaretoken", "_restore"]);

class NewClaim {
    constructor() {
        /** @type {{user: number, username: string, sign_in: string, by_password: boolean, check: string}} */
        this.settings = readJson("new-claim-settings");
        /** @type {Record<string, string>} */
        this.words = readJson("claim-words");
        this.form = find(document, "#claim_form", HTMLFormElement);
        this.here = new KeptHere("new", this.settings.user);
        this.writer = newId();
        this.isLeaving = false;
        this.#forgetEntered();
        this.drawn = this.#isRestored ? "" : JSON.stringify(this.#typed());
        /** @type {ReturnType<typeof setTimeout>|undefined} */
        this.timer = undefined;
        for (const type of ["input", "change", "click", "keyup"]) {
            document.addEventListener(type, () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.keep(), PAUSE); });
        }
        window.addEventListener("pagehide", () => this.keep());
        this.form.addEventListener("submit", (event) => this.#submit(event));
        this.#offer();
    }

    /** Whether the page shows what was typed on an earlier one. */
    get #isRestored() { return this.form.dataset.restored !== undefined || document.getElementById("claim-errors") !== null; }

    #typed() {
        /** @type {Record<string, string[]>} */
        const found = {};
        for (const [name, value] of new FormData(this.form)) {
            if (typeof value === "string" && !OURS.has(name)) (found[name] ??= []).push(value);
        }
        return found;
    }

    /** Write it down, unless nobody typed anything. */
    keep() {
        const typed = this.#typed();
        if (JSON.stringify(typed) === this.drawn) this.here.remove(this.writer);
        else {
            this.here.write(this.writer, typed);
            byId("unsaved-state").textContent = (this.words.unsaved ?? "").replace("{time}", new Date().toTimeString().slice(0, 5));
        }
    }

    /** Offer what an earlier page kept. */
    #offer() {
        const [kept] = this.here.ofOthers(this.writer).reverse();
        if (!kept) return;
        if (this.#isRestored) { this.here.remove(kept.writer); this.keep(); return; }
        byId("unsaved-notice").hidden = false;
        byId("unsaved-restore").addEventListener("click", () => this.#restore(kept.body));
        byId("unsaved-discard").addEventListener("click", () => {
            for (const { writer } of this.here.ofOthers(this.writer)) this.here.remove(writer);
            byId("unsaved-notice").hidden = true;
        });
    }

    /** Let the server draw the form with what was kept. @param {Record<string, any>} fields */
    #restore(fields) {
        const token = find(this.form, "[name=csrfmiddlewaretoken]", HTMLInputElement).value;
        /** @param {string} name @param {string} value */
        const field = (name, value) => h("input", { type: "hidden", name, value });
        const sent = h("form", { method: "post", hidden: true }, field("csrfmiddlewaretoken", token), field("_restore", "1"),
            ...Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value) => field(name, value))));
        document.body.append(sent);
        this.isLeaving = true;
        sent.submit();
    }

    /** @param {SubmitEvent} event */
    async #submit(event) {
        if (this.isLeaving || event.defaultPrevented) return;
        event.preventDefault();
        this.keep();
        if (!(await this.#isSignedIn())) return;
        this.isLeaving = true;
        renewTokens();
        sessionStorage.setItem(SENT, this.writer);
        this.form.requestSubmit(event.submitter);
    }

    /** @returns {Promise<boolean>} */
    async #isSignedIn() {
        try {
            await ask(this.settings.check);
            return true;
        } catch (error) {
            if (error instanceof SignedOut) return (await signIn(this.settings)) && this.#isSignedIn();
            if (error instanceof Refused) return true;
            byId("unsaved-trouble").textContent = this.words.nothing_saved ?? "";
            return false;
        }
    }

    /** What the page before this one sent is entered, unless this page shows what is wrong with it. */
    #forgetEntered() {
        const writer = sessionStorage.getItem(SENT);
        if (writer && !this.#isRestored) { this.here.remove(writer); sessionStorage.removeItem(SENT); }
    }
}

addEventListener("load", () => setTimeout(nameSearches));
document.addEventListener("formset:added", () => setTimeout(nameSearches));
if (document.getElementById("new-claim-settings")) new NewClaim();
else if (document.getElementById("unsaved-settings")) {
    const writer = sessionStorage.getItem(SENT);
    if (writer) new KeptHere("new", readJson("unsaved-settings").user).remove(writer);
    sessionStorage.removeItem(SENT);
}
