/** The worker of notifications: what a press opens, and what the server learns of a changed subscription. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../readers/static/factcheck/push-worker.js", import.meta.url), "utf8");
const HOME = "https://facts.example";
/** What the browser was asked to do. */
let done;
let handlers;

/** A subscription. @param {string} name */
const subscription = (name) => ({
    options: { applicationServerKey: `key of ${name}` },
    toJSON: () => ({ endpoint: `https://push.example/${name}`, keys: { p256dh: `point ${name}`, auth: `secret ${name}` } }),
});

/** The script in a world that remembers. @param {{ url: string }[]} pages */
function load(pages = []) {
    done = [];
    handlers = {};
    const self = {
        location: { origin: HOME },
        addEventListener: (name, act) => { handlers[name] = act; },
        skipWaiting: () => {},
        registration: {
            showNotification: async (title, more) => done.push(["show", title, more]),
            pushManager: { subscribe: async (given) => { done.push(["subscribe", given]); return subscription("made"); } },
        },
        clients: {
            matchAll: async () => pages.map((page) => ({ ...page, focus: async () => done.push(["focus", page.url]) })),
            openWindow: async (address) => done.push(["open", address]),
        },
    };
    const fetch = async (address, { body, credentials }) => done.push(["fetch", address, Object.fromEntries(body), credentials]);
    vm.runInNewContext(SOURCE, { self, fetch, URL, URLSearchParams });
}

/** Let an event happen, to its end. @param {string} name @param {object} event */
async function happen(name, event) {
    let end;
    handlers[name]({ ...event, waitUntil: (promise) => { end = promise; } });
    await end;
}

/** Press a notification. @param {string} path */
const press = (path) => happen("notificationclick", { notification: { data: { path }, close: () => done.push(["close"]) } });

beforeEach(() => load());

test("a press opens the claim's page", async () => {
    await press("/ru/claims/bridge/");
    assert.deepEqual(done, [["close"], ["open", `${HOME}/ru/claims/bridge/`]]);
});

test("a page that is open already comes to the front", async () => {
    load([{ url: `${HOME}/claims/other/` }, { url: `${HOME}/claims/bridge/#sources` }]);
    await press("/claims/bridge/");
    assert.deepEqual(done, [["close"], ["focus", `${HOME}/claims/bridge/#sources`]]);
});

test("no page of another site is opened", async () => {
    for (const path of ["https://evil.example/", "//evil.example/", "data:text/html,x"]) await press(path);
    assert.deepEqual(done, [["close"], ["close"], ["close"]]);
});

test("an empty message shows nothing", async () => {
    await happen("push", { data: null });
    assert.deepEqual(done, []);
});

test("a changed subscription is told to the server, with the old one's secret", async () => {
    await happen("pushsubscriptionchange", { oldSubscription: subscription("old"), newSubscription: subscription("new") });
    assert.deepEqual(done, [["fetch", "/follow/device/", {
        act: "move", endpoint: "https://push.example/old", auth: "secret old",
        new_endpoint: "https://push.example/new", new_p256dh: "point new", new_auth: "secret new",
    }, "omit"]]);
});

test("one that only ended is made again under the same key", async () => {
    await happen("pushsubscriptionchange", { oldSubscription: subscription("old"), newSubscription: null });
    assert.equal(done[0][0], "subscribe");
    assert.deepEqual({ ...done[0][1] }, { userVisibleOnly: true, applicationServerKey: "key of old" });
    assert.equal(done[1][2].new_endpoint, "https://push.example/made");
    await happen("pushsubscriptionchange", { oldSubscription: null, newSubscription: subscription("new") });
    assert.equal(done.length, 2, "nobody knows which device it was");
});
