/** Requests to the desk's own addresses. Errors are of three kinds: refused, signed out, or not reached at all. */
import { find } from "./elements.js";
import { gettext } from "./texts.js";

/** The server answered and refused; nothing was changed. */
export class Refused extends Error {
    /** @param {number} status @param {any} problem `application/problem+json` (RFC 9457), or `{}` */
    constructor(status, problem) {
        super(problem.detail ?? gettext("The server answered %(status)s.", { status }));
        this.status = status;
        this.code = problem.code ?? "";
        /** @type {ErrorsByField} */
        this.errors = byField(problem.errors ?? []);
        this.answer = problem;
    }
}

/**
 * What is wrong, field by field; `__all__` is what no single field is to blame for.
 * @param {{attr: string, detail: string}[]} errors
 * @returns {ErrorsByField}
 */
function byField(errors) {
    /** @type {ErrorsByField} */
    const found = {};
    for (const { attr, detail } of errors) (found[attr || "__all__"] ??= []).push(detail);
    return found;
}

/** Nothing is known to have happened: no connection, a gateway in between, or an answer that was cut off. */
export class Unreached extends Error {
    /** Whether there was a connection, and only the answer took too long. */
    get isSlow() { return this.cause instanceof DOMException && this.cause.name === "TimeoutError"; }
}

/** Somebody is not signed in any more. What was typed is kept; after signing in it is sent again. */
export class SignedOut extends Unreached {}

/**
 * @param {string} address
 * @param {Panels.RequestOptions} [request] `signal` cancels the request, an `AbortError` is thrown then; `patience` is in milliseconds; `keepalive` lets it outlive the page
 * @returns {Promise<Panels.Answer>} `data` is null when nothing changed (304)
 */
export async function ask(address, { method = "GET", body, tag, signal, patience = 20_000, keepalive = false } = {}) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (tag) headers["If-None-Match"] = `"${tag}"`;
    if (method !== "GET") headers["X-CSRFToken"] = token();
    let answer;
    try {
        answer = await fetch(address, {
            method, headers, body: body && JSON.stringify(body), keepalive, credentials: "same-origin", cache: "no-store",
            signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(patience)]) : AbortSignal.timeout(patience),
        });
    } catch (error) {
        if (signal?.aborted) throw error;
        throw new Unreached(messageOf(error), { cause: error });
    }
    const here = answer.headers.get("X-Desk-Here") ?? undefined;
    if (answer.status === 304) return { status: 304, data: null, tag: tag ?? null, here };
    if (answer.redirected && new URL(answer.url).pathname.includes("/login/")) throw new SignedOut(gettext("You are signed out."));
    const isJson = /^application\/(problem\+)?json\b/.test(answer.headers.get("Content-Type") ?? "");
    if (!isJson) {
        if (answer.redirected || answer.status === 403) throw new SignedOut(gettext("You are signed out."));
        if (answer.status === 405 || answer.status === 404) throw new Refused(answer.status, {});
        throw new Unreached(gettext("The server answered %(status)s.", { status: answer.status }));
    }
    let data;
    try {
        data = await answer.json();
    } catch (error) {
        throw new Unreached(messageOf(error));
    }
    if (answer.ok) return { status: answer.status, data, tag: data.tag ?? null, here };
    if (answer.status >= 500 || answer.status === 429) throw new Unreached(data.detail ?? `${answer.status}`);
    throw new Refused(answer.status, data);
}

/**
 * Send fields with a file. As `ask`; `progress` is called with a share from 0 to 1 while the file goes out.
 * @param {string} address @param {FormData} data @param {(share: number) => void} progress
 * @returns {Promise<{status: number, data: any}>}
 */
export function upload(address, data, progress) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("POST", address);
        request.responseType = "json";
        request.timeout = 180_000;
        request.setRequestHeader("Accept", "application/json");
        request.setRequestHeader("X-CSRFToken", token());
        request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress(event.loaded / event.total); });
        for (const type of ["error", "abort", "timeout"]) {
            request.addEventListener(type, () => reject(new Unreached(gettext("The file did not get through."))));
        }
        request.addEventListener("load", () => {
            const { status, response } = request;
            if (status === 413 && !response) reject(new Refused(413, { detail: gettext("This file is larger than the server takes.") }));
            else if (!response) reject(request.responseURL.includes("/login/") || status === 403 ? new SignedOut(gettext("You are signed out.")) : new Unreached(`${status}`));
            else if (status < 300) resolve({ status, data: response });
            else reject(status >= 500 ? new Unreached(`${status}`) : new Refused(status, response));
        });
        request.send(data);
    });
}

/** The CSRF token: from the cookie, which is renewed by signing in again in another window. */
function token() {
    const cookie = document.cookie.split("; ").find((item) => item.startsWith("csrftoken="));
    return cookie ? cookie.slice("csrftoken=".length) : find(document, "[name=csrfmiddlewaretoken]", HTMLInputElement).value;
}

/** The message of anything that was thrown. @param {unknown} error */
function messageOf(error) { return error instanceof Error ? error.message : String(error); }

/** A new id for a claim. `crypto.randomUUID` exists on secure pages alone. */
export function newId() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
