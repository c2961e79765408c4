/** What the modules need of a browser, for tests in Node.js: a store, a page, events of the window, and answers of a server. */

/** A store like `localStorage`. */
export class Store {
    constructor() { this.items = new Map(); }
    getItem(name) { return this.items.get(name) ?? null; }
    setItem(name, value) { this.items.set(name, String(value)); }
    removeItem(name) { this.items.delete(name); }
}

/** A store that is full, as in a private window of some browsers. */
export class FullStore extends Store {
    setItem() { throw new Error("QuotaExceededError"); }
}

/** Put a browser into the global scope; returns its window and its store. */
export function makeBrowser(store = new Store()) {
    globalThis.window = new EventTarget();
    globalThis.localStorage = store;
    globalThis.HTMLElement = class {};
    globalThis.CSS = {};
    globalThis.document = { cookie: "csrftoken=secret", documentElement: new globalThis.HTMLElement() };
    return { window: globalThis.window, store };
}

/** An answer of the server with this JSON. */
export function json(status, data) {
    return new Response(JSON.stringify(data), { status, headers: { "Content-Type": "application/json" } });
}

/** A page instead of JSON, as the sign-in page is. */
export function page(status) {
    return new Response("<!doctype html>", { status, headers: { "Content-Type": "text/html" } });
}

/** Answer requests from a list, in its order; a function is called with the address and the body. Records the requests. */
export function answerWith(...answers) {
    const requests = [];
    globalThis.fetch = async (address, { method, headers, body }) => {
        const request = { address, method, headers, body: body && JSON.parse(body) };
        requests.push(request);
        const answer = answers.shift();
        if (answer === undefined) throw new Error(`A request too many: ${method} ${address}`);
        const made = typeof answer === "function" ? await answer(request) : answer;
        if (made instanceof Error) throw made;
        return made;
    };
    return requests;
}

/** A clock that moves by `tick` alone; it takes the place of `setTimeout` until `restore`. */
export class Clock {
    constructor() {
        this.now = 0;
        this.timers = new Map();
        this.original = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
        let count = 0;
        globalThis.setTimeout = (run, pause = 0) => {
            count += 1;
            this.timers.set(count, { run, at: this.now + pause });
            return count;
        };
        globalThis.clearTimeout = (id) => { this.timers.delete(id); };
    }

    tick(milliseconds) {
        this.now += milliseconds;
        for (const [id, { run, at }] of [...this.timers]) {
            if (at > this.now) continue;
            this.timers.delete(id);
            run();
        }
    }

    restore() { Object.assign(globalThis, this.original); }
}
