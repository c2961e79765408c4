/** The reading cursor: moving and growing by sentences, words and paragraphs, in several scripts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeBrowser } from "./browser.js";

makeBrowser();
const { ReadingCursor } = await import("../../desk/static/desk/passages/cursor.js");

/** A cursor over paragraphs; the text pane is replaced by positions alone, as there is no page. */
function over(paragraphs, language = "en") {
    let body = "";
    const stretches = paragraphs.map((text, i) => {
        body += i ? "\n\n" : "";
        const start = body.length;
        body += text;
        return { start, end: body.length };
    });
    const root = { contains: () => false, getBoundingClientRect: () => ({ top: 0, bottom: 500 }) };
    globalThis.window.innerHeight = 500;
    const range = { getBoundingClientRect: () => ({ top: 100, bottom: 120 }) };
    globalThis.document = { activeElement: null, getSelection: () => null };
    return new ReadingCursor({ body, paragraphs: stretches, root, range: () => range }, language);
}

/** The texts under the cursor after each of so many moves. */
const moves = (cursor, times, ...how) => Array.from({ length: times }, () => { cursor.move(...how); return cursor.text; });

const ENGLISH = ["The bridge cost 12 million. Nobody paid.", "It opened in 2019."];

test("moving by sentence goes through the paragraphs and stops at the last sentence", () => {
    const cursor = over(ENGLISH);
    assert.deepEqual(moves(cursor, 4, "sentence", 1, false),
        ["The bridge cost 12 million.", "Nobody paid.", "It opened in 2019.", "It opened in 2019."]);
    assert.equal(cursor.move("sentence", 1, false), false);
    assert.deepEqual(moves(cursor, 3, "sentence", -1, false),
        ["Nobody paid.", "The bridge cost 12 million.", "The bridge cost 12 million."]);
});

test("moving by word leaves out spaces and punctuation", () => {
    const cursor = over(["“Yes,” he said — twice."]);
    assert.deepEqual(moves(cursor, 4, "word", 1, false), ["Yes", "he", "said", "twice"]);
});

test("from a sentence, the next word is its first and the word before its last", () => {
    for (const [direction, word] of [[1, "Nobody"], [-1, "paid"]]) {
        const cursor = over(ENGLISH);
        moves(cursor, 2, "sentence", 1, false);
        assert.deepEqual(moves(cursor, 1, "word", direction, false), [word]);
    }
});

test("a selection grows by sentences and words and shrinks again", () => {
    const cursor = over(ENGLISH);
    cursor.move("sentence", 1, false);
    cursor.move("sentence", 1, true);
    assert.equal(cursor.text, "The bridge cost 12 million. Nobody paid.");
    cursor.move("word", -1, true);
    assert.equal(cursor.text, "The bridge cost 12 million. Nobody paid", "the full stop belongs to no word");
    cursor.move("word", -1, true);
    assert.equal(cursor.text, "The bridge cost 12 million. Nobody");
    cursor.move("sentence", -1, true);
    assert.equal(cursor.text, "The bridge cost 12 million.");
});

test("after a swap the other end moves", () => {
    const cursor = over(ENGLISH);
    moves(cursor, 2, "sentence", 1, false);
    cursor.swap();
    cursor.move("word", 1, true);
    assert.equal(cursor.text, "paid.");
    cursor.move("sentence", -1, true);
    assert.equal(cursor.text, "Nobody paid.");
});

test("growing past the other end turns the selection round", () => {
    const cursor = over(["One two three."]);
    moves(cursor, 2, "word", 1, false);
    assert.equal(cursor.text, "two");
    cursor.move("word", -1, true);
    assert.equal(cursor.text, "One");
    assert.ok(cursor.focus < cursor.anchor);
});

test("a word grows to its sentence and to its paragraph", () => {
    const cursor = over(ENGLISH);
    cursor.set(5, 7);
    cursor.expand("word");
    assert.equal(cursor.text, "bridge");
    cursor.expand("sentence");
    assert.equal(cursor.text, "The bridge cost 12 million.");
    cursor.expand("paragraph");
    assert.equal(cursor.text, ENGLISH[0]);
});

test("spaces around a selection are left out, and its direction is kept", () => {
    const cursor = over(ENGLISH);
    cursor.set(0, 4);
    assert.deepEqual([cursor.anchor, cursor.focus], [0, 3]);
    cursor.set(11, 3);
    assert.deepEqual([cursor.anchor, cursor.focus, cursor.text], [10, 4, "bridge"]);
});

test("a selection never splits an astral character", () => {
    const cursor = over(["😀 costs 𝄞𝄞"]);
    cursor.set(1, cursor.pane.body.length - 1);
    assert.equal(cursor.text, "😀 costs 𝄞𝄞");
    cursor.set(cursor.pane.body.length - 3, cursor.pane.body.length - 2);
    assert.equal(cursor.text, "𝄞");
});

test("a combining mark stays with its letter", () => {
    const cursor = over(["Le cafe\u0301 ferme. Tout est dit."], "fr");
    assert.deepEqual(moves(cursor, 2, "word", 1, false), ["Le", "cafe\u0301"]);
    cursor.expand("sentence");
    assert.equal(cursor.text, "Le cafe\u0301 ferme.");
});

test("right-to-left text is read in its own order", () => {
    const cursor = over(["كلف الجسر ١٢ مليونا. لم يدفع أحد."], "ar");
    assert.deepEqual(moves(cursor, 2, "sentence", 1, false), ["كلف الجسر ١٢ مليونا.", "لم يدفع أحد."]);
    assert.deepEqual(moves(cursor, 1, "word", 1, false), ["لم"]);
    assert.deepEqual(moves(cursor, 1, "word", -1, false), ["مليونا"]);
});

test("sentences without spaces between them are found", () => {
    const cursor = over(["桥花了一千二百万。没有人付钱。"], "zh");
    assert.deepEqual(moves(cursor, 2, "sentence", 1, false), ["桥花了一千二百万。", "没有人付钱。"]);
});

test("a language tag that is not valid is read like text of an unknown language", () => {
    const cursor = over(ENGLISH, "not a tag");
    assert.deepEqual(moves(cursor, 1, "sentence", 1, false), ["The bridge cost 12 million."]);
});

test("listeners are called with each move", () => {
    const cursor = over(ENGLISH), seen = [];
    cursor.onMove(({ text }) => seen.push(text));
    moves(cursor, 2, "sentence", 1, false);
    assert.deepEqual(seen, ["The bridge cost 12 million.", "Nobody paid."]);
});
