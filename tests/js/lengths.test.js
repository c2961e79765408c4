import assert from "node:assert/strict";
import { test } from "node:test";

import { makeBrowser } from "./browser.js";

makeBrowser();
const { counted } = await import("../../desk/static/desk/claim_page/lengths.js");
const WORDS = { of: "{count} of {limit}", longest: "longest: {count} of {limit}" };

test("a text is counted in code points, without outer blanks", () => {
    assert.deepEqual(counted(" a😀 ", 110, 0, WORDS), { said: "2 of 110", isOver: false });
    assert.equal(counted("x".repeat(111), 110, 0, WORDS).isOver, true);
});

test("of a list the lines with words are counted, and the longest one", () => {
    assert.deepEqual(counted("one\n\n three \n", 240, 4, WORDS), { said: "2 of 4 · longest: 5 of 240", isOver: false });
    assert.deepEqual(counted("", 240, 4, WORDS), { said: "0 of 4", isOver: false });
    assert.equal(counted("1\n2\n3\n4\n5", 240, 4, WORDS).isOver, true);
    assert.equal(counted("x".repeat(241), 240, 4, WORDS).isOver, true);
});
