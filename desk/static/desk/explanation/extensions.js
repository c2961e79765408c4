/** The editor of explanations: its keys, its buttons, what is pasted, and how much is written. */
import { Extension, Plugin } from "django-prose-editor/editor";
import { announce, h, readJson } from "../http/elements.js";
import { askLine } from "./box.js";
import { editChart } from "./chart_form.js";
import { chooseEvidence, evidenceHere } from "./evidence_list.js";
import { sheetRows } from "./figures.js";
import { editPicture } from "./picture_form.js";
import { cleanPaste, MAX_CELLS, ownCitations, tableOf } from "./paste.js";
import { drawToolbar } from "./toolbar.js";

export { Chart, Citation, Link, Picture, Table } from "./nodes.js";

const ADDRESS = /^https?:\/\/[^\s/]+\S*$/i;

/** @param {string} typed */
function completed(typed) { return /^[a-z][a-z0-9+.-]*:/i.test(typed) || !typed ? typed : `https://${typed}`; }

export const Writing = Extension.create({
    name: "writing", priority: 1000,
    addStorage() {
        const { picture_text: address = "", picture_files: files = "/pictures/", picture_bytes: limit = "0" } = readJson("claim-addresses");
        return { words: readJson("explanation-words"), bar: null, address, files, limit: Number(limit) };
    },
    addCommands() {
        const { words, address, limit } = this.storage;
        return {
            cite: (/** @type {string} */ row) => (/** @type {any} */ { commands }) => commands.insertContent({ type: "citation", attrs: { row } }),
            openCitations: () => (/** @type {any} */ { editor }) => {
                setTimeout(() => chooseEvidence(editor, words, (piece) => editor.chain().focus().cite(piece.row).run()));
                return true;
            },
            openLink: () => (/** @type {any} */ { editor }) => { setTimeout(() => askLink(editor, words)); return true; },
            openCaption: () => (/** @type {any} */ { editor }) => {
                setTimeout(() => askLine(editor, { label: words.caption, value: editor.getAttributes("table").caption ?? "", confirm: words.done,
                    done: (caption) => editor.chain().focus().updateAttributes("table", { caption: caption ?? "" }).run() }));
                return true;
            },
            openChart: () => (/** @type {any} */ { editor }) => {
                const empty = { kind: "bar", title: "", unit: "", source: "", rows: [] };
                setTimeout(() => editChart(editor.isActive("chart") ? editor.getAttributes("chart") : empty, words, (chart) => {
                    if (chart && editor.isActive("chart")) editor.chain().focus().updateAttributes("chart", chart).run();
                    else if (chart) editor.chain().focus().insertContent([{ type: "chart", attrs: chart }, { type: "paragraph" }]).run();
                    else editor.commands.focus();
                }));
                return true;
            },
            openPicture: () => (/** @type {any} */ { editor }) => {
                setTimeout(() => editPicture(editor.isActive("picture") ? editor.getAttributes("picture") : null, { words, address, limit, done: (picture) => {
                    if (picture && editor.isActive("picture")) editor.chain().focus().updateAttributes("picture", picture).run();
                    else if (picture) editor.chain().focus().insertContent([{ type: "picture", attrs: picture }, { type: "paragraph" }]).run();
                    else editor.commands.focus();
                } }));
                return true;
            },
            editPictureAt: (/** @type {number} */ place) => (/** @type {any} */ { commands, editor }) => {
                setTimeout(() => editor.chain().setNodeSelection(place).openPicture().run());
                return commands.focus();
            },
            editChartAt: (/** @type {number} */ place) => (/** @type {any} */ { commands, editor }) => {
                setTimeout(() => editor.chain().setNodeSelection(place).openChart().run());
                return commands.focus();
            },
        };
    },
    addKeyboardShortcuts() {
        return {
            "Mod-k": () => this.editor.commands.openLink(),
            "Alt-F10": () => { this.storage.bar?.dom.querySelector("[tabindex='0']")?.focus(); return true; },
            Enter: () => this.editor.isActive("chart") ? this.editor.commands.openChart() : this.editor.isActive("picture") && this.editor.commands.openPicture(),
        };
    },
    addProseMirrorPlugins() {
        const { editor, storage: { words } } = this;
        return [new Plugin({ props: {
            handleKeyDown: (/** @type {any} */ _view, /** @type {KeyboardEvent} */ event) => citeByKey(editor, words, event),
            handleTextInput: (/** @type {any} */ _view, /** @type {number} */ from, /** @type {number} */ _to, /** @type {string} */ text) => {
                if (text !== "[" || !evidenceHere().length) return false;
                // A bracket within a word or after another one is meant as a bracket.
                const before = editor.state.doc.textBetween(Math.max(0, from - 1), from, " ", " ");
                if (before === "[") { return false; }
                editor.commands.openCitations();
                return true;
            },
            handlePaste: (/** @type {any} */ _view, /** @type {ClipboardEvent} */ event) => paste(editor, words, event),
        } })];
    },
    onCreate() {
        const { editor, storage } = this;
        storage.bar = drawToolbar(editor, ...tools(editor, storage.words), storage.words);
        editor.view.dom.setAttribute("aria-label", storage.words.explanation ?? "");
        editor.view.dom.setAttribute("role", "textbox");
        editor.view.dom.setAttribute("aria-multiline", "true");
        editor.view.dom.dir = "auto";
        const count = h("p", { class: "explanation-count" });
        editor.view.dom.after(count);
        const update = () => { count.textContent = (storage.words.characters ?? "").replace("{count}", editor.state.doc.textBetween(0, editor.state.doc.content.size, "\n").length.toLocaleString(document.documentElement.lang)); };
        editor.on("update", update);
        update();
    },
    onDestroy() { this.storage.bar?.remove(); },
});

/** Ctrl+Shift and a digit cite the evidence with that number. @param {any} editor @param {Record<string, string>} words @param {KeyboardEvent} event */
function citeByKey(editor, words, event) {
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (!digit || !event.shiftKey || !(event.ctrlKey || event.metaKey) || event.altKey) return false;
    const piece = evidenceHere().find((one) => one.number === Number(digit));
    if (piece) editor.chain().focus().cite(piece.row).run();
    else announce((words.no_number ?? "").replace("{number}", digit), "warn");
    return true;
}

/** @param {any} editor @param {Record<string, string>} words */
function askLink(editor, words) {
    const now = editor.getAttributes("link").href ?? "";
    const chosen = editor.state.doc.textBetween(editor.state.selection.from, editor.state.selection.to).trim();
    askLine(editor, {
        label: words.address, value: now || (ADDRESS.test(chosen) ? chosen : ""), type: "url", confirm: words.done, remove: now && words.unlink,
        check: (typed) => ADDRESS.test(completed(typed)) ? "" : words.no_address,
        done: (typed) => {
            const chain = editor.chain().focus();
            if (typed === null) chain.extendMarkRange("link").unsetLink().run();
            else if (now) chain.extendMarkRange("link").setLink({ href: completed(typed) }).run();
            else if (editor.state.selection.empty) chain.insertContent({ type: "text", text: typed, marks: [{ type: "link", attrs: { href: completed(typed) } }] }).run();
            else {
                const end = editor.state.selection.to;
                chain.setLink({ href: completed(typed) }).setTextSelection(end).run();
            }
        },
    });
}

/** @param {any} editor @param {Record<string, string>} words @param {ClipboardEvent} event @returns {boolean} whether it was dealt with */
function paste(editor, words, event) {
    const html = event.clipboardData?.getData("text/html") ?? "", text = event.clipboardData?.getData("text/plain") ?? "";
    const here = new Set(evidenceHere().map((piece) => piece.row));
    if (html.includes("data-pm-slice")) { editor.view.pasteHTML(ownCitations(html, here), new ClipboardEvent("paste")); return true; }
    const sheet = html ? null : sheetRows(text);
    if (!html && !sheet) return false;
    const source = sheet ? tableOf(sheet).outerHTML : html; // eslint-disable-line no-restricted-properties -- read, and only given to the parser
    const { html: cleaned, cells, pictures } = cleanPaste(source, here);
    if (cells > MAX_CELLS) {
        announce((words.too_many_cells ?? "").replace("{count}", String(cells)).replace("{limit}", String(MAX_CELLS)), "bad");
        return true;
    }
    if (pictures) announce(words.no_pictures ?? "", "warn");
    if (!cleaned) return !text;
    editor.view.pasteHTML(cleaned, new ClipboardEvent("paste"));
    return true;
}

/** @param {any} editor @param {Record<string, string>} words @returns {[import("./toolbar.js").Tool[][], import("./toolbar.js").Tool[]]} */
function tools(editor, words) {
    const { writing: storage } = editor.storage;
    const chain = () => editor.chain().focus();
    const can = () => editor.can().chain();
    const tool = (/** @type {string} */ name, /** @type {() => void} */ run, /** @type {object} */ more = {}) => ({ name, label: words[name] ?? name, run, ...more });
    const mark = (/** @type {string} */ name, /** @type {string} */ type, /** @type {string} */ keys = "") => tool(name, () => chain().toggleMark(type).run(), { keys, isOn: () => editor.isActive(type) });
    const heading = (/** @type {number} */ level) => tool(`heading${level}`, () => chain().toggleHeading({ level }).run(), { isOn: () => editor.isActive("heading", { level }) });
    const inTable = (/** @type {string} */ name) => tool(name, () => chain()[name]().run(), { words: true, may: () => can()[name]().run() });
    return [[
        [mark("bold", "bold", "Ctrl+B"), mark("italic", "italic", "Ctrl+I"), mark("sub", "subscript", "Ctrl+,"), mark("sup", "superscript", "Ctrl+.")],
        [heading(3), heading(4)],
        [tool("bulletList", () => chain().toggleBulletList().run(), { isOn: () => editor.isActive("bulletList") }),
            tool("orderedList", () => chain().toggleOrderedList().run(), { isOn: () => editor.isActive("orderedList") }),
            tool("quote", () => chain().toggleBlockquote().run(), { isOn: () => editor.isActive("blockquote") })],
        [tool("link", () => editor.commands.openLink(), { keys: "Ctrl+K", isOn: () => editor.isActive("link") }),
            tool("cite", () => editor.commands.openCitations(), { keys: "[, Ctrl+Shift+1…9" })],
        [tool("table", () => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(), { may: () => !editor.isActive("table") }),
            ...storage.address ? [tool("picture", () => editor.commands.openPicture(), { may: () => !editor.isActive("table") })] : [],
            tool("chart", () => editor.commands.openChart(), { isOn: () => editor.isActive("chart"), may: () => !editor.isActive("table") })],
        [tool("undo", () => chain().undo().run(), { keys: "Ctrl+Z", may: () => editor.can().undo() }),
            tool("redo", () => chain().redo().run(), { keys: "Ctrl+Shift+Z", may: () => editor.can().redo() })],
    ], [
        tool("caption", () => editor.commands.openCaption(), { words: true }),
        inTable("toggleHeaderRow"), inTable("toggleHeaderColumn"), inTable("addRowAfter"), inTable("deleteRow"), inTable("addColumnAfter"),
        inTable("deleteColumn"), inTable("deleteTable"),
    ]];
}
