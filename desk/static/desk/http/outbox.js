/**
 * Claims that were not sent yet, and the form as it was left: kept in the browser, by article and person. The browser chooses
 * the id of a claim, so that sending it twice creates it once.
 */
import { Refused, SignedOut, Unreached, ask } from "./api.js";

/** The first pause before sending again, and the longest, in milliseconds. */
const PAUSE = 3_000, LONGEST = 60_000;

export class Outbox {
    /**
     * @param {string} key names article and person
     * @param {{sent: (entry: OutboxEntry, claim: any, status: number) => void, refused: (entry: OutboxEntry, error: Refused) => void,
     *     changed: () => void}} handlers called after an entry was sent or refused, and after each change
     */
    constructor(key, handlers) {
        this.key = `factcheck.desk.${key}`;
        this.handlers = handlers;
        this.isSending = false;
        this.pause = PAUSE;
        this.problem = "";
        /** @type {ReturnType<typeof setTimeout>|undefined} */
        this.timer = undefined;
        /** What could not be written to the browser's store. @type {Record<string, any>} */
        this.memory = {};
        window.addEventListener("online", () => this.send());
        window.addEventListener("focus", () => this.send());
        window.addEventListener("storage", (event) => { if (event.key?.startsWith(this.key)) this.handlers.changed(); });
    }

    /** Claims that wait, oldest first. @returns {OutboxEntry[]} */
    get waiting() { return this.#read("outbox") ?? []; }

    /** The form as it was left, or null. @returns {Draft|null} */
    get draft() { return this.#read("draft"); }
    set draft(value) { this.#write("draft", value); }

    /** Keep a claim and send it as soon as possible; one with the same id is replaced. @param {OutboxEntry} entry */
    add(entry) {
        this.#write("outbox", [...this.waiting.filter((item) => item.id !== entry.id), entry]);
        const sending = this.send();
        this.handlers.changed();
        return sending;
    }

    /** Remove a claim that waits. @param {string} id */
    remove(id) {
        this.#write("outbox", this.waiting.filter((item) => item.id !== id));
        this.handlers.changed();
    }

    /** Send the waiting claims in their order. Stops at the first that cannot be sent, and tries again later. */
    async send() {
        if (this.isSending || !this.waiting.length) return;
        this.isSending = true;
        clearTimeout(this.timer);
        try {
            for (let [entry] = this.waiting; entry; [entry] = this.waiting) {
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
            this.problem = error instanceof SignedOut ? "signed-out" : error instanceof Unreached && error.isSlow ? "slow" : "unreached";
            this.timer = setTimeout(() => this.send(), this.pause);
            this.pause = Math.min(this.pause * 2, LONGEST);
        } finally {
            this.isSending = false;
            this.handlers.changed();
        }
    }

    /** From the browser's store, or from memory where there is none (private windows, a full disk). @param {string} name */
    #read(name) {
        try {
            return JSON.parse(localStorage.getItem(`${this.key}.${name}`) ?? "null") ?? this.memory[name] ?? null;
        } catch {
            return this.memory[name] ?? null;
        }
    }

    /** @param {string} name @param {any} value */
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
