/**
 * What is typed on claims' pages, kept in this browser until the server has it: by claim, person and opened page.
 * Without a store (private windows, a full disk) the server's copy is the only one.
 */

/** After so long nobody comes back to what was typed, in milliseconds. */
const OLD = 30 * 24 * 3_600_000;

/** @typedef {Record<string, string|string[]|number>} Body what is sent to the server */

export class KeptHere {
    /** @param {string} claim @param {number} user */
    constructor(claim, user) { this.base = `factcheck.desk.unsaved.${claim}.${user}.`; }

    /** @param {string} writer @param {Body} body */
    write(writer, body) {
        try {
            localStorage.setItem(this.base + writer, JSON.stringify({ at: Date.now(), body }));
        } catch { /* the server keeps it */ }
    }

    /** Forget what a page kept, once the server has it; unless it was typed on since `body` was sent. @param {string} writer @param {Body} [body] */
    remove(writer, body) {
        try {
            const kept = JSON.parse(localStorage.getItem(this.base + writer) ?? "null");
            if (!body || JSON.stringify(kept?.body) === JSON.stringify(body)) localStorage.removeItem(this.base + writer);
        } catch { /* there is none */ }
    }

    /** What other opened pages left here, oldest first. @param {string} writer the page that asks @returns {{writer: string, body: Body}[]} */
    ofOthers(writer) {
        try {
            const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.base) && key !== this.base + writer);
            const found = keys.map((key) => ({ key, ...JSON.parse(localStorage.getItem(key) ?? "{}") }));
            for (const one of found) if (!one.body || Date.now() - one.at > OLD) localStorage.removeItem(one.key);
            return found.filter((one) => one.body && Date.now() - one.at <= OLD).sort((one, other) => one.at - other.at)
                .map(({ key, body }) => ({ writer: key.slice(this.base.length), body }));
        } catch {
            return [];
        }
    }
}
