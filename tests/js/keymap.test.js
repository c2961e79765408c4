/** Keys of the desk: where they work, that single letters can be turned off, and that none has two meanings. */
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { EVERYWHERE, Keymap } from "../../desk/static/desk/http/keymap.js";
import { Store, makeBrowser } from "./browser.js";

let pressed;
let store;

beforeEach(() => {
    store = new Store();
    makeBrowser(store);
    pressed = [];
});

const key = (keys, where, label = keys.join()) => ({ keys, label, group: "Claims", ...(where && { where }), run: () => { pressed.push(label); } });

/** A key event on an element; `field` is what `closest()` finds of a field. */
function press(keymap, name, where, { field = null, ...more } = {}) {
    const target = Object.assign(new globalThis.HTMLElement(), { closest: () => field });
    const event = { key: name, target, isPrevented: false, preventDefault() { this.isPrevented = true; }, ...more };
    keymap.handle(event, where);
    return event.isPrevented;
}

test("a key works in the text and the claims unless other places are named", () => {
    const keymap = new Keymap();
    keymap.add(key(["m"]));
    keymap.add(key(["g"], EVERYWHERE));
    assert.deepEqual(["text", "claims", "suggestions"].map((where) => press(keymap, "m", where)), [true, true, false]);
    assert.ok(press(keymap, "g", "suggestions"));
    assert.deepEqual(pressed, ["m", "m", "g"]);
});

test("the same key may mean something else in another place", () => {
    const complain = mock.method(console, "error", () => {});
    const keymap = new Keymap();
    keymap.add(key(["o"], ["claims"], "to the passage"));
    keymap.add(key(["o"], ["text"], "to the claim"));
    press(keymap, "o", "text");
    assert.deepEqual(pressed, ["to the claim"]);
    assert.equal(complain.mock.callCount(), 0);
    keymap.add(key(["x", "o"], ["text"], "a third"));
    assert.equal(complain.mock.callCount(), 1);
    assert.match(complain.mock.calls[0].arguments[0], /to the claim.*a third/);
    complain.mock.restore();
});

test("a key is left to a field, to a combination, and to an input method", () => {
    const keymap = new Keymap();
    keymap.add(key(["m"]));
    for (const more of [{ field: {} }, { ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }, { defaultPrevented: true }]) {
        assert.equal(press(keymap, "m", "text", more), false);
    }
    assert.deepEqual(pressed, []);
});

test("Shift is part of the name of a named key, but not of a letter", () => {
    const keymap = new Keymap();
    keymap.add(key(["ArrowDown"]));
    keymap.add(key(["Shift+ArrowDown"]));
    keymap.add(key(["?"]));
    press(keymap, "ArrowDown", "text", { shiftKey: true });
    press(keymap, "ArrowDown", "text");
    press(keymap, "?", "text", { shiftKey: true });
    assert.deepEqual(pressed, ["Shift+ArrowDown", "ArrowDown", "?"]);
});

test("keys of one letter can be turned off for this browser, others stay", () => {
    const keymap = new Keymap();
    keymap.add(key(["m"]));
    keymap.add(key(["Enter"]));
    keymap.set(false);
    assert.equal(press(keymap, "m", "text"), false);
    assert.equal(press(keymap, "Enter", "text"), true);
    assert.equal(new Keymap().isOn, false, "it is kept");
    keymap.set(true);
    assert.equal(new Keymap().isOn, true);
});

test("a key whose action returns false is left to the browser", () => {
    const keymap = new Keymap();
    keymap.add({ keys: ["Enter"], label: "open", group: "Claims", run: () => false });
    assert.equal(press(keymap, "Enter", "text"), false);
});

test("a key that is only named in the help does nothing", () => {
    const keymap = new Keymap();
    keymap.note({ keys: ["Escape"], label: "close", group: "In the form" });
    for (const where of EVERYWHERE) assert.equal(press(keymap, "Escape", where), false);
});
