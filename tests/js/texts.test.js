/** Texts of scripts: placeholders, plural forms, and English where nothing is translated. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { gettext, ngettext } from "../../desk/static/desk/http/texts.js";

/** Russian: 1, 2–4 and the rest differ. @param {number} n */
const russian = (n) => (n % 10 === 1 && n % 100 !== 11 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2);

afterEach(() => { delete globalThis.deskTexts; });

test("without a catalogue a text is English", () => {
    assert.equal(gettext("Signed in as %(name)s, 100%%", { name: "Ada" }), "Signed in as Ada, 100%");
    assert.equal(ngettext("%(count)s claim", "%(count)s claims", 1), "1 claim");
    assert.equal(ngettext("%(count)s claim", "%(count)s claims", 0), "0 claims");
});

test("a translation is taken, its placeholders in any order", () => {
    globalThis.deskTexts = { catalog: { "%(a)s of %(b)s": "%(b)s: %(a)s" }, plural: russian };
    assert.equal(gettext("%(a)s of %(b)s", { a: 1, b: 9 }), "9: 1");
    assert.equal(gettext("Unknown"), "Unknown");
});

test("a value that looks like a placeholder stays as it is", () => {
    assert.equal(gettext("“%(text)s”", { text: "%(name)s 50%%" }), "“%(name)s 50%%”");
});

test("the form of a number follows the language", () => {
    globalThis.deskTexts = { catalog: { "%(count)s claim": ["%(count)s утверждение", "%(count)s утверждения", "%(count)s утверждений"] }, plural: russian };
    const said = [1, 3, 5, 11, 22].map((n) => ngettext("%(count)s claim", "%(count)s claims", n));
    assert.deepEqual(said, ["1 утверждение", "3 утверждения", "5 утверждений", "11 утверждений", "22 утверждения"]);
});
