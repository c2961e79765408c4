/** What an explanation has besides text: citations of evidence, tables with a caption, charts; and links that end. */
import { Link as BaseLink, mergeAttributes, Node as ProseNode, Table as BaseTable } from "django-prose-editor/editor";
import { h } from "../http/elements.js";
import { numberOf } from "./evidence_list.js";

/** A citation: the row of its evidence. Its number is that of the evidence in the list now. */
export const Citation = ProseNode.create({
    name: "citation", group: "inline", inline: true, atom: true, selectable: true,
    addAttributes() {
        return { row: { default: null, parseHTML: (/** @type {HTMLElement} */ one) => one.getAttribute("data-evidence"), renderHTML: (/** @type {any} */ { row }) => ({ "data-evidence": row }) } };
    },
    parseHTML() { return [{ tag: "a[data-evidence]", priority: 1100 }]; },
    renderHTML({ HTMLAttributes, node }) {
        return ["a", mergeAttributes({ class: "cite" }, HTMLAttributes), `[${numberOf(node.attrs.row) ?? "?"}]`];
    },
    renderText({ node }) { return `[${numberOf(node.attrs.row) ?? "?"}]`; },
});

/** Links are made by hand, and what is typed behind one is outside of it. */
export const Link = BaseLink.extend({
    inclusive: false,
    addOptions() { return { ...this.parent?.(), autolink: false, linkOnPaste: true, openOnClick: false, defaultProtocol: "https" }; },
    addKeyboardShortcuts() { return {}; },
});

/** A table with a caption, which is shown above it. */
export const Table = BaseTable.extend({
    parseHTML() { return [{ tag: "table" }, { tag: "caption", ignore: true, priority: 1100 }]; },
    addAttributes() {
        return { ...this.parent?.(), caption: { default: "", rendered: false, parseHTML: (/** @type {HTMLElement} */ one) => one.querySelector(":scope > caption")?.textContent?.trim() ?? "" } };
    },
    renderHTML({ node, HTMLAttributes }) {
        const body = ["tbody", 0], named = mergeAttributes(this.options.HTMLAttributes, HTMLAttributes);
        return node.attrs.caption ? ["table", named, ["caption", {}, node.attrs.caption], body] : ["table", named, body];
    },
    addNodeView() {
        const make = this.parent?.();
        return (/** @type {any} */ given) => {
            const view = make(given), caption = h("caption", { contenteditable: "false", dir: "auto" });
            const draw = (/** @type {any} */ node) => { caption.textContent = node.attrs.caption; caption.hidden = !node.attrs.caption; };
            const update = view.update.bind(view);
            view.table.prepend(caption);
            draw(given.node);
            view.update = (/** @type {any} */ node) => { const is = update(node); if (is) draw(node); return is; };
            view.ignoreMutation = (/** @type {any} */ change) => change.type !== "selection" && (change.type === "attributes" || !view.contentDOM.contains(change.target));
            return view;
        };
    },
});

/** A chart by its figures: shown as their table here, drawn where the explanation is read. */
export const Chart = ProseNode.create({
    name: "chart", group: "block", atom: true, draggable: true, selectable: true, isolating: true,
    addOptions() { return { words: {} }; },
    addAttributes() {
        const kept = { rendered: false };
        return {
            kind: { default: "bar", ...kept }, title: { default: "", ...kept }, unit: { default: "", ...kept },
            source: { default: "", ...kept }, rows: { default: [], ...kept },
        };
    },
    parseHTML() { return [{ tag: "figure[data-chart]", priority: 1100, getAttrs: (/** @type {HTMLElement} */ figure) => chartOf(figure) }]; },
    renderHTML({ node }) { return chartHtml(node.attrs); },
    addNodeView() {
        return (/** @type {any} */ { node, getPos, editor }) => {
            const dom = h("figure", { class: "explanation-chart", contenteditable: "false" });
            const words = editor.storage.writing?.words ?? {};
            const draw = (/** @type {any} */ { kind, title, unit, source, rows }) => {
                dom.replaceChildren(
                    h("div", { class: "explanation-chart-top" }, h("b", { dir: "auto" }, title), h("span", {}, words[`chart_${kind}`] ?? kind),
                        h("button", { type: "button", class: "desk-button", onclick: () => editor.commands.editChartAt(getPos()) }, words.chart_edit ?? "")),
                    h("table", { "aria-label": title }, h("tbody", {}, ...rows.map((/** @type {string[]} */ [label, figure]) => h("tr", {}, h("th", { scope: "row", dir: "auto" }, label), h("td", {}, unit ? `${figure} ${unit}` : figure))))),
                    h("figcaption", { dir: "auto" }, source));
            };
            draw(node.attrs);
            return { dom, stopEvent: (/** @type {Event} */ event) => event.target instanceof HTMLElement && event.target.closest("button") !== null, ignoreMutation: () => true,
                update: (/** @type {any} */ next) => { if (next.type !== node.type) return false; draw(next.attrs); return true; } };
        };
    },
});

/** A picture that the newsroom keeps, with what it shows and who made it. */
export const Picture = ProseNode.create({
    name: "picture", group: "block", atom: true, draggable: true, selectable: true, isolating: true,
    addAttributes() {
        const kept = { rendered: false, default: "" };
        return { src: kept, alt: kept, credit: kept, width: kept, height: kept };
    },
    parseHTML() {
        return [{ tag: "figure:not([data-chart])", priority: 1100, getAttrs: (/** @type {HTMLElement} */ figure) => {
            const image = figure.querySelector("img[src^='/pictures/']");
            if (!image) return false;
            const named = Object.fromEntries(["src", "alt", "width", "height"].map((name) => [name, image.getAttribute(name) ?? ""]));
            return { ...named, credit: figure.querySelector("figcaption")?.textContent?.trim() ?? "" };
        } }];
    },
    renderHTML({ node: { attrs: { credit, ...image } } }) { return ["figure", {}, ["img", image], ["figcaption", {}, credit]]; },
    addNodeView() {
        return (/** @type {any} */ { node, getPos, editor }) => {
            const dom = h("figure", { class: "explanation-chart", contenteditable: "false" });
            const { words, files } = editor.storage.writing;
            const draw = (/** @type {any} */ { src, alt, credit }) => dom.replaceChildren(
                h("img", { src: src.replace("/pictures/", files), alt }),
                h("div", { class: "explanation-chart-top" }, h("span", { dir: "auto" }, `${alt} · ${credit}`),
                    h("button", { type: "button", class: "desk-button", onclick: () => editor.commands.editPictureAt(getPos()) }, words.picture_edit ?? "")));
            draw(node.attrs);
            return { dom, stopEvent: (/** @type {Event} */ event) => event.target instanceof HTMLElement && event.target.closest("button") !== null, ignoreMutation: () => true,
                update: (/** @type {any} */ next) => { if (next.type !== node.type) return false; draw(next.attrs); return true; } };
        };
    },
});

/** @param {HTMLElement} figure */
function chartOf(figure) {
    const rows = [...figure.querySelectorAll("tr")].map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent?.trim() ?? ""));
    return {
        kind: figure.dataset.chart, unit: figure.dataset.unit ?? "", title: figure.querySelector("caption")?.textContent?.trim() ?? "",
        source: figure.querySelector("figcaption")?.textContent?.trim() ?? "", rows: rows.map(([label = "", ...rest]) => [label, rest.join(" ")]),
    };
}

/** @param {any} chart */
function chartHtml({ kind, title, unit, source, rows }) {
    const lines = rows.map((/** @type {string[]} */ [label, figure]) => ["tr", {}, ["th", { scope: "row" }, label], ["td", {}, figure]]);
    return ["figure", { "data-chart": kind, ...unit ? { "data-unit": unit } : {} },
        ["table", {}, ["caption", {}, title], ["tbody", {}, ...lines]], ["figcaption", {}, source]];
}
