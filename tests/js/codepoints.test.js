/** Positions in code points and UTF-16, and cutting a text where passages begin and end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CodePoints, cut, outsidePair } from "../../desk/static/desk/http/codepoints.js";

const TEXTS = {
    "an empty text": "",
    "basic plane only": "The bridge cost 12 million.",
    "astral characters next to each other": "😀😀a😀",
    "an astral character at each end": "𝄞 music 𝄞",
    "combining marks": "e\u0301 n\u0303 a\u0301\u0323",
    "right to left": "تكلفة الجسر ١٢ مليون",
    "right to left with an astral character": "אב😀גד",
    "a joined emoji": "👩‍👩‍👧 and 🏳️‍🌈",
    "a high surrogate alone": "a\ud83db",
    "a low surrogate alone": "a\ude00b",
    "surrogates in the wrong order": "\ude00\ud83d",
    "a high surrogate before a pair": "\ud83d😀",
};

for (const [name, text] of Object.entries(TEXTS)) {
    test(`positions of ${name} agree with the characters of the text`, () => {
        const points = new CodePoints(text), characters = [...text];
        assert.equal(points.length, characters.length);
        let unit = 0;
        for (let point = 0; point <= characters.length; point += 1) {
            assert.equal(points.toUtf16(point), unit, `code point ${point}`);
            assert.equal(points.fromUtf16(unit), point, `unit ${unit}`);
            unit += characters[point]?.length ?? 0;
        }
    });
}

test("a position inside a surrogate pair belongs to the pair's code point", () => {
    const points = new CodePoints("a😀b");
    assert.equal(points.fromUtf16(1), 1);
    assert.equal(points.fromUtf16(2), 1);
    assert.equal(points.fromUtf16(3), 2);
});

test("a combining mark is a code point of its own", () => {
    const points = new CodePoints("e\u0301😀");
    assert.equal(points.length, 3);
    assert.equal(points.toUtf16(2), 2);
    assert.equal(points.toUtf16(3), 4);
});

test("a position inside a pair moves to its start or its end, others stay", () => {
    const text = "a😀b";
    assert.deepEqual([0, 1, 2, 3, 4].map((unit) => outsidePair(text, unit, true)), [0, 1, 1, 3, 4]);
    assert.deepEqual([0, 1, 2, 3, 4].map((unit) => outsidePair(text, unit, false)), [0, 1, 3, 3, 4]);
    assert.equal(outsidePair("\ude00a", 0, true), 0);
    assert.equal(outsidePair("a\ude00", 1, true), 1, "a low surrogate alone is no pair");
});

test("two overlapping passages give three pieces, the middle one with both", () => {
    const first = { start: 2, end: 6 }, second = { start: 4, end: 9 };
    assert.deepEqual(cut(0, 10, [first, second]), [
        { start: 0, end: 2, passages: [] },
        { start: 2, end: 4, passages: [first] },
        { start: 4, end: 6, passages: [first, second] },
        { start: 6, end: 9, passages: [second] },
        { start: 9, end: 10, passages: [] },
    ]);
});

test("passages across the edges of a stretch are cut off, those that only touch it are left out", () => {
    const across = { start: 0, end: 30 }, before = { start: 0, end: 10 }, after = { start: 20, end: 25 };
    assert.deepEqual(cut(10, 20, [across, before, after]), [{ start: 10, end: 20, passages: [across] }]);
});

test("equal passages are named in their order, and pieces always cover the whole stretch", () => {
    const one = { start: 3, end: 5, name: "one" }, other = { start: 3, end: 5, name: "other" };
    const pieces = cut(0, 8, [other, one]);
    assert.deepEqual(pieces.map((piece) => [piece.start, piece.end]), [[0, 3], [3, 5], [5, 8]]);
    assert.deepEqual(pieces[1].passages, [other, one]);
});

test("a stretch without passages is one piece, an empty one is none", () => {
    assert.deepEqual(cut(4, 9, []), [{ start: 4, end: 9, passages: [] }]);
    assert.deepEqual(cut(4, 4, []), []);
});
