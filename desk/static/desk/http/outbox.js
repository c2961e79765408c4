/**
 * What was typed and what was not sent yet, kept in the browser by article and person. A claim goes out under an id made
 * here, so that sending it again cannot make a second one.
 */
import { Refused, SignedOut, ask } from "./api.js";

const PAUSE = 3_000, LONGEST = 60_000;

export class Outbox {
    /**
     * @param {string} key names article and person
     * @param {{sent: Function, refused: Function, changed: Function}} handlers
     */
    constructor(key, handlers) {
        this.key = `factcheck.desk.${key}`;
        this.handlers = handlers;
        this.isSending = false;
        this.pause = PAUSE;
        this.problem = "";
        this.memory = {};
        window.addEventListener("online", () => this.send());
        window.addEventListener("focus", () => this.send());
        window.addEventListener("storage", (event) => { if (event.key?.startsWith(this.key)) this.handlers.changed(); });
    }

    /** Claims that wait, oldest first: `{id, address, body}`. */
    get waiting() { return this.#read("outbox") ?? []; }

    /** The form as it was left: any object, or null. */
    get draft() { return this.#read("draft"); }
    set draft(value) { this.#write("draft", value); }

    /** Keep a claim and send it as soon as that is possible. */
    add(entry) {
        this.#write("outbox", [...this.waiting.filter((item) => item.id !== entry.id), entry]);
        this.handlers.changed();
        return this.send();
    }

    /** Forget a claim that waits. */
    remove(id) {
        this.#write("outbox", this.waiting.filter((item) => item.id !== id));
        this.handlers.changed();
    }

    /** Send all that waits, in its order; stops at the first that does not get through and tries again later. */
    async send() {
        if (this.isSending || !this.waiting.length) return;
        this.isSending = true;
        clearTimeout(this.timer);
        try {
            for (let entry = this.waiting[0]; entry; [entry] = this.waiting) {
                try {
                    const { status, data } = await ask(entry.address, { method: "PUT", body: entry.body });
                    this.remove(entry.id);
                    this.handlers.sent(entry, data, status);
                } catch (error) {
                    if (!(error instanceof Refused)) throw error;
                    this.remove(entry.id);
                    this.handlers.refused(entry, error);
                }
            }
            this.problem = "";
            this.pause = PAUSE;
        } catch (error) {
            this.problem = error instanceof SignedOut ? "signed-out" : "unreached";
            this.timer = setTimeout(() => this.send(), this.pause);
            this.pause = Math.min(this.pause * 2, LONGEST);
        } finally {
            this.isSending = false;
            this.handlers.changed();
        }
    }

    /** From the browser's store; from this page's memory where it has none (private windows, a full disk). */
    #read(name) {
        try {
            return JSON.parse(localStorage.getItem(`${this.key}.${name}`)) ?? this.memory[name] ?? null;
        } catch {
            return this.memory[name] ?? null;
        }
    }

    #write(name, value) {
        const kept = Array.isArray(value) && !value.length ? null : value;
        delete this.memory[name];
        try {
            if (kept === null) localStorage.removeItem(`${this.key}.${name}`);
            else localStorage.setItem(`${this.key}.${name}`, JSON.stringify(kept));
        } catch {
            this.memory[name] = kept;
        }
    }
}
