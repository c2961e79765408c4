/**
 * Keeps what is typed on the claim's page: in this browser at once, on the server a moment after typing stops. Another
 * page of the same person, or the same one after a crash, offers it at the top.
 */
import { Refused, SignedOut, Unreached, ask } from "../http/api.js";
import { byId, find, findAll, readJson } from "../http/elements.js";
import { signIn } from "../http/signing_in.js";
import { gettext } from "../http/texts.js";
import { Differences } from "./differences.js";
import { KeptHere } from "./kept_here.js";

/** How long typing has to pause before it is sent, and the pause before sending again without a connection. */
const PAUSE = 1_500, AGAIN = 10_000;
/** After so long without an answer the connection is called slow. */
const SLOW = 4_000;
/** A request that outlives its page can carry no more, in bytes. */
const MOST_AT_THE_END = 60_000;

class Unsaved {
    constructor() {
        /** @type {Server.Unsaved} */
        this.settings = readJson("unsaved-settings");
        /** @type {Record<string, string>} */
        this.words = readJson("claim-words");
        this.form = find(document, "#claim_form", HTMLFormElement);
        this.differences = new Differences(this.form, this.settings.typed);
        this.here = new KeptHere(this.settings.claim, this.settings.user);
        /** What the server has of this page, as JSON. */
        this.sent = JSON.stringify(this.differences.now());
        /** Whether the server has something of this page. */
        this.isKept = this.settings.typed.length > 0;
        /** What is said where nothing is unsaved. */
        this.savedLine = (byId("unsaved-state").textContent ?? "").trim();
        this.isLeaving = false;
        /** Whether the password was asked for and not given; Save asks again. */
        this.isAsked = false;
        /** @type {ReturnType<typeof setTimeout>|undefined} */
        this.timer = undefined;
        /** The request under way. @type {Promise<boolean>|null} */
        this.sending = null;
        for (const type of ["input", "change", "click", "keyup"]) document.addEventListener(type, () => this.#later());
        window.addEventListener("pagehide", () => this.#leave());
        document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.#leave(); });
        window.addEventListener("pageshow", (event) => { if (event.persisted) this.isLeaving = false; });
        window.addEventListener("online", () => this.flush());
        this.form.addEventListener("submit", (event) => this.#submit(event));
        byId("unsaved-discard").addEventListener("click", () => this.#discard(byId("unsaved-discard").dataset.writer ?? ""));
        for (const link of findAll(document, "a[data-unsaved-discard]")) {
            link.addEventListener("click", (event) => { event.preventDefault(); this.#discard(this.settings.writer); });
        }
        this.#sendOthers();
    }

    #later() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.flush(), PAUSE);
        const fields = this.differences.now();
        if (JSON.stringify(fields) !== this.sent) this.here.write(this.settings.writer, this.#body(fields));
    }

    /** @param {Record<string, string[]>} fields */
    #body(fields) {
        const { writer, replaces, user } = this.settings;
        const version = find(this.form, "[name=_version]", HTMLInputElement).value;
        return { ...fields, _version: version, _writer: writer, _replaces: replaces, _user: user };
    }

    /** Send what differs, if the server does not have it. @returns {Promise<boolean>} whether it has everything now */
    async flush() {
        clearTimeout(this.timer);
        if (this.sending) await this.sending;
        const fields = this.differences.now(), now = JSON.stringify(fields);
        if (now === this.sent) return true;
        this.sending = this.#send(fields, now);
        try {
            return await this.sending;
        } finally {
            this.sending = null;
        }
    }

    /** @param {Record<string, string[]>} fields @param {string} now */
    async #send(fields, now) {
        const { address, writer } = this.settings, body = this.#body(fields);
        this.here.write(writer, body);
        const slow = setTimeout(() => this.#say(this.words.keeping ?? "", navigator.onLine ? this.words.slow : ""), SLOW);
        try {
            if (Object.keys(fields).length) await ask(address, { method: "PUT", body });
            else if (this.isKept) await ask(address, { method: "DELETE", body });
            this.isKept = Object.keys(fields).length > 0;
            this.sent = now;
            this.here.remove(writer, body);
            this.#say(this.isKept ? (this.words.unsaved ?? "").replace("{time}", new Date().toTimeString().slice(0, 5)) : "");
            return true;
        } catch (error) {
            return this.#failed(error);
        } finally {
            clearTimeout(slow);
        }
    }

    /** Say why it was not kept, ask for the password where that is the reason. @param {unknown} error @returns {Promise<boolean>} */
    async #failed(error) {
        if (error instanceof SignedOut) {
            if (this.isAsked) return false;
            this.isAsked = true;
            const isIn = await signIn(this.settings);
            if (!isIn) {
                this.#say("", gettext("You are signed out. What you typed is kept in this browser. Save to sign in."));
                return false;
            }
            this.isAsked = false;
            const fields = this.differences.now();
            return this.#send(fields, JSON.stringify(fields));
        }
        if (error instanceof Refused) {
            if (error.code === "other_unsaved") this.#showNotice(error.message);
            else this.#say("", error.message);
            return false;
        }
        this.#say("", error instanceof Unreached && error.isSlow ? this.words.slow : this.words.no_connection);
        this.timer = setTimeout(() => this.flush(), AGAIN);
        return false;
    }

    /** Another page kept something first. @param {string} message */
    async #showNotice(message) {
        byId("unsaved-notice").hidden = false;
        byId("unsaved-problem").textContent = `${message} ${gettext("Until then, what you type here is kept in this browser only.")}`;
        const { data } = await ask(this.settings.address).catch(() => ({ data: {} }));
        if (data.writer) byId("unsaved-discard").dataset.writer = data.writer;
    }

    /** @param {string} state @param {string} [trouble] */
    #say(state, trouble = "") {
        const line = byId("unsaved-state");
        line.toggleAttribute("data-unsaved", Boolean(state));
        line.textContent = state || this.savedLine;
        byId("unsaved-trouble").textContent = trouble;
    }

    /** The page goes away: send without waiting for the answer. */
    #leave() {
        const fields = this.differences.now(), now = JSON.stringify(fields);
        if (this.isLeaving || now === this.sent || !Object.keys(fields).length) return;
        const body = this.#body(fields);
        this.here.write(this.settings.writer, body);
        if (JSON.stringify(body).length > MOST_AT_THE_END) return;
        const done = () => { this.sent = now; this.isKept = true; this.here.remove(this.settings.writer, body); };
        ask(this.settings.address, { method: "PUT", body, keepalive: true }).then(done, () => {});
    }

    /** Save: keep everything first, so that an ended session or a lost line loses nothing. @param {SubmitEvent} event */
    async #submit(event) {
        if (this.isLeaving || event.defaultPrevented) return;
        event.preventDefault();
        const { submitter } = event;
        this.isAsked = false;
        if (!(await this.flush()) && this.isAsked) return;
        if (!(await this.#isSignedIn())) return;
        this.isLeaving = true;
        renewTokens();
        this.form.requestSubmit(submitter);
    }

    /** Whether the same person is still signed in; asks for the password when the session has ended. @returns {Promise<boolean>} */
    async #isSignedIn() {
        try {
            const { data } = await ask(this.settings.address);
            if (data.user === this.settings.user) return true;
            this.#say("", gettext("You are now signed in as %(username)s, so nothing was saved. Sign in as %(wanted)s and save again.", { username: data.username, wanted: this.settings.username }));
        } catch (error) {
            if (error instanceof SignedOut) return (await signIn(this.settings)) && this.#isSignedIn();
            if (error instanceof Refused) return true;
            this.#say("", this.words.nothing_saved);
        }
        return false;
    }

    /** Forget what a page kept. @param {string} writer empty for this page, which then shows the claim as it is saved */
    async #discard(writer) {
        const { settings } = this;
        try {
            const names = { _writer: writer || settings.writer, _replaces: writer ? "" : settings.replaces, _user: settings.user };
            await ask(settings.address, { method: "DELETE", body: names });
        } catch (error) {
            if (error instanceof SignedOut && await signIn(settings)) await this.#discard(writer);
            else this.#say("", error instanceof Refused ? error.message : gettext("Nothing was discarded: there is no connection. Try again."));
            return;
        }
        this.here.remove(writer || settings.writer);
        if (writer) {
            byId("unsaved-notice").hidden = true;
            this.flush();
            return;
        }
        this.isLeaving = true;
        window.location.assign(settings.page);
    }

    /** Send what pages left in this browser that the server never got; then show the notice. */
    async #sendOthers() {
        let isSent = false;
        for (const { writer, body } of this.here.ofOthers(this.settings.writer)) {
            try {
                await ask(this.settings.address, { method: "PUT", body });
                this.here.remove(writer, body);
                isSent = true;
            } catch { /* it stays here */ }
        }
        if (isSent && JSON.stringify(this.differences.now()) === "{}") window.location.reload();
        else if (isSent) byId("unsaved-notice").hidden = false;
    }
}

/** The token that the browser has now: signing in changes it. */
export function renewTokens() {
    const token = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="))?.slice("csrftoken=".length);
    if (!token) return;
    for (const input of findAll(document, "[name=csrfmiddlewaretoken]")) if (input instanceof HTMLInputElement) input.value = token;
}

if (document.getElementById("unsaved-settings")) new Unsaved();
