/** Claims that wait to be sent: their order, what a refusal and a lost connection do, and what is kept in the browser. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Refused } from "../../desk/static/desk/http/api.js";
import { Outbox } from "../../desk/static/desk/http/outbox.js";
import { Clock, FullStore, Store, answerWith, json, makeBrowser, page } from "./browser.js";

const OFFLINE = new TypeError("fetch failed");
const entry = (id, text = `Statement ${id}`) => ({ id, address: `/claims/${id}/`, body: { text }, end: 10 });
const ids = (entries) => entries.map((item) => item.id);

let store;
let browser;
let clock;

beforeEach(() => {
    store = new Store();
    browser = makeBrowser(store);
    clock = new Clock();
});
afterEach(() => clock.restore());

/** An outbox that records what it reports. */
function open(key = "7.article") {
    const events = [];
    const outbox = new Outbox(key, {
        sent: (item, claim, status) => events.push(["sent", item.id, claim.id, status]),
        refused: (item, error) => events.push(["refused", item.id, error.status, error instanceof Refused]),
        changed: () => {},
    });
    return { outbox, events };
}

/** Let everything that waits for a promise go on. */
async function settle() {
    for (let i = 0; i < 10; i += 1) await new Promise((done) => { setImmediate(done); });
}

test("a claim is sent by PUT to its own address and reported", async () => {
    const requests = answerWith(json(201, { id: "a" }));
    const { outbox, events } = open();
    await outbox.add(entry("a"));
    assert.deepEqual(requests.map(({ method, address, body }) => [method, address, body]), [["PUT", "/claims/a/", { text: "Statement a" }]]);
    assert.equal(requests[0].headers["X-CSRFToken"], "secret");
    assert.deepEqual(events, [["sent", "a", "a", 201]]);
    assert.deepEqual(outbox.waiting, []);
});

test("claims entered offline are sent in the order in which they were entered", async () => {
    answerWith(OFFLINE, OFFLINE, OFFLINE);
    const { outbox, events } = open();
    for (const id of ["c", "a", "b"]) await outbox.add(entry(id));
    assert.deepEqual(ids(outbox.waiting), ["c", "a", "b"]);
    assert.equal(outbox.problem, "unreached");
    const requests = answerWith(json(201, { id: "c" }), json(201, { id: "a" }), json(201, { id: "b" }));
    browser.window.dispatchEvent(new Event("online"));
    await settle();
    assert.deepEqual(requests.map((request) => request.address), ["/claims/c/", "/claims/a/", "/claims/b/"]);
    assert.deepEqual(events.map((event) => event[1]), ["c", "a", "b"]);
    assert.equal(outbox.problem, "");
});

test("a claim with the same id takes the place of the older one and is sent once", async () => {
    answerWith(OFFLINE, OFFLINE, OFFLINE);
    const { outbox } = open();
    await outbox.add(entry("a", "first"));
    await outbox.add(entry("b"));
    await outbox.add(entry("a", "second"));
    assert.deepEqual(outbox.waiting.map((item) => [item.id, item.body.text]), [["b", "Statement b"], ["a", "second"]]);
    const requests = answerWith(json(201, { id: "b" }), json(201, { id: "a" }));
    await outbox.send();
    assert.deepEqual(requests.map((request) => request.body.text), ["Statement b", "second"]);
});

test("a refused claim is taken out and reported, and those after it are sent", async () => {
    answerWith(json(409, { code: "already_marked", message: "Marked already." }), json(201, { id: "b" }));
    const { outbox, events } = open();
    store.setItem("factcheck.desk.7.article.outbox", JSON.stringify([entry("a"), entry("b")]));
    await outbox.send();
    assert.deepEqual(events, [["refused", "a", 409, true], ["sent", "b", "b", 201]]);
    assert.deepEqual(outbox.waiting, []);
});

for (const [name, answer, problem] of [
    ["a sign-in page", page(403), "signed-out"],
    ["a gateway's page", page(502), "unreached"],
    ["an error of the server", json(500, { message: "Broken." }), "unreached"],
    ["too many requests", json(429, {}), "unreached"],
    ["an answer that was cut off", new Response("{\"id\": ", { status: 201, headers: { "Content-Type": "application/json" } }), "unreached"],
]) {
    test(`${name} in the middle of the queue keeps this claim and the rest`, async () => {
        const requests = answerWith(json(201, { id: "a" }), answer);
        const { outbox, events } = open();
        store.setItem("factcheck.desk.7.article.outbox", JSON.stringify([entry("a"), entry("b"), entry("c")]));
        await outbox.send();
        assert.equal(requests.length, 2, "it stops at the first claim that cannot be sent");
        assert.deepEqual(events.map((event) => event.slice(0, 2)), [["sent", "a"]]);
        assert.deepEqual(ids(outbox.waiting), ["b", "c"]);
        assert.equal(outbox.problem, problem);
        assert.equal(outbox.isSending, false);
    });
}

test("after signing in again, coming back to the window sends the rest", async () => {
    answerWith(page(403));
    const { outbox, events } = open();
    await outbox.add(entry("a"));
    assert.equal(outbox.problem, "signed-out");
    answerWith(json(201, { id: "a" }));
    browser.window.dispatchEvent(new Event("focus"));
    await settle();
    assert.deepEqual(events, [["sent", "a", "a", 201]]);
    assert.equal(outbox.problem, "");
});

test("it is tried again after pauses that double up to a minute", async () => {
    const requests = answerWith(...Array(8).fill(OFFLINE));
    const { outbox } = open();
    await outbox.add(entry("a"));
    for (const pause of [3_000, 6_000, 12_000, 24_000, 48_000, 60_000, 60_000]) {
        const before = requests.length;
        clock.tick(pause - 1);
        await settle();
        assert.equal(requests.length, before, `nothing is sent before ${pause} ms`);
        clock.tick(1);
        await settle();
        assert.equal(requests.length, before + 1, `one request after ${pause} ms`);
    }
});

test("a claim that is added while another is on its way follows in the same run", async () => {
    const { outbox, events } = open();
    let second;
    const requests = answerWith(async () => { second = outbox.add(entry("b")); return json(201, { id: "a" }); }, json(201, { id: "b" }));
    await outbox.add(entry("a"));
    await second;
    assert.deepEqual(requests.map((request) => request.address), ["/claims/a/", "/claims/b/"]);
    assert.deepEqual(events.map((event) => event[1]), ["a", "b"]);
});

test("two calls at once send each claim once", async () => {
    const requests = answerWith(json(201, { id: "a" }));
    const { outbox } = open();
    store.setItem("factcheck.desk.7.article.outbox", JSON.stringify([entry("a")]));
    await Promise.all([outbox.send(), outbox.send()]);
    assert.equal(requests.length, 1);
});

test("a page that is opened again finds the claims and the draft of this person and article alone", async () => {
    answerWith(OFFLINE);
    const { outbox } = open("7.article");
    await outbox.add(entry("a"));
    outbox.draft = { id: "d", end: 4, touched: ["text"], body: { text: "תכלית 😀 e\u0301" } };
    assert.deepEqual(ids(open("7.article").outbox.waiting), ["a"]);
    assert.equal(open("7.article").outbox.draft.body.text, "תכלית 😀 e\u0301");
    for (const other of ["8.article", "7.other"]) {
        assert.deepEqual(open(other).outbox.waiting, []);
        assert.equal(open(other).outbox.draft, null);
    }
});

test("removed claims and an emptied draft leave nothing in the store", async () => {
    answerWith(OFFLINE);
    const { outbox } = open();
    await outbox.add(entry("a"));
    outbox.draft = { id: "d", end: 4, touched: [], body: {} };
    outbox.remove("a");
    outbox.draft = null;
    assert.equal(store.items.size, 0);
});

test("where the store is full, claims are kept in memory and sent", async () => {
    browser = makeBrowser(new FullStore());
    answerWith(OFFLINE);
    const { outbox, events } = open();
    await outbox.add(entry("a"));
    assert.deepEqual(ids(outbox.waiting), ["a"]);
    answerWith(json(201, { id: "a" }));
    await outbox.send();
    assert.deepEqual(events.map((event) => event[1]), ["a"]);
    assert.deepEqual(outbox.waiting, []);
});

test("a store that holds no JSON counts as empty", () => {
    store.setItem("factcheck.desk.7.article.outbox", "{broken");
    assert.deepEqual(open().outbox.waiting, []);
});
