/** The article's text on the page: never changed, only cut into pieces where passages are marked. */
import { CodePoints, cut } from "../http/codepoints.js";
import { findAll, h } from "../http/elements.js";

/**
 * @typedef {{id: string|number, claim: string, number: number|string, start: number, end: number, classes: string, title: string}} Marked
 *     a passage for display
 * @typedef {{start: number, end: number, title: string}} Flag something that does not agree in the text
 * @typedef {{element: HTMLElement, start: number, end: number, drawn: string|null}} Paragraph
 */

export class TextPane {
    /** @param {HTMLElement} root the element that holds the paragraphs, as the server drew them */
    constructor(root) {
        this.root = root;
        this.body = "";
        this.paragraphs = findAll(root, "p[data-start]").map((element) => {
            this.body += element.dataset.before ?? "";
            const start = this.body.length;
            this.body += element.textContent;
            /** @type {Paragraph} */
            const paragraph = { element, start, end: this.body.length, drawn: null };
            return paragraph;
        });
        this.points = new CodePoints(this.body);
        /** @type {Marked[]} in UTF-16 positions */
        this.passages = [];
        /** @type {Flag[]} in UTF-16 positions */
        this.flags = [];
    }

    /**
     * Flag stretches of the text, also where passages are marked; drawn by the next `show`. Positions in code points.
     * @param {Flag[]} flags
     */
    flag(flags) {
        this.flags = flags.map((flag) => ({ ...flag,
            start: this.points.toUtf16(flag.start), end: this.points.toUtf16(flag.end) }));
    }

    /** The flags that touch a stretch of text. @param {number} start @param {number} end */
    flagsAt(start, end) { return this.flags.filter((flag) => flag.start < end && flag.end > start); }

    /** The paragraph at a position; between two paragraphs, the one before. @param {number} unit */
    paragraphAt(unit) {
        let found = this.paragraphs[0];
        for (const paragraph of this.paragraphs) {
            if (paragraph.start > unit) break;
            found = paragraph;
        }
        return found;
    }

    /**
     * Show these passages. Positions come in code points; paragraphs that look the same are left alone, so that a
     * selection made meanwhile survives.
     * @param {Marked[]} passages
     */
    show(passages) {
        this.passages = passages.map((passage) => ({
            ...passage, start: this.points.toUtf16(passage.start), end: this.points.toUtf16(passage.end),
        }));
        for (const paragraph of this.paragraphs) {
            const pieces = cut(paragraph.start, paragraph.end, /** @type {(Marked|Flag)[]} */ ([...this.passages, ...this.flags]));
            const signature = JSON.stringify(pieces);
            if (paragraph.drawn === signature) continue;
            paragraph.drawn = signature;
            paragraph.element.replaceChildren(...pieces.map((piece) => this.#piece(piece)));
        }
    }

    /** @param {Stretch & {passages: (Marked|Flag)[]}} piece */
    #piece(piece) {
        /** @type {Marked[]} */
        const passages = [];
        /** @type {Flag[]} */
        const flags = [];
        for (const item of piece.passages) {
            if ("claim" in item) passages.push(item);
            else flags.push(item);
        }
        const marked = this.#marked({ ...piece, passages }, this.body.slice(piece.start, piece.end));
        if (!flags.length) return marked;
        return h("span", { class: `mark-flag${flags.some((flag) => flag.end === piece.end) ? " mark-flag-end" : ""}`,
            title: flags.map((flag) => flag.title).join("\n") }, marked);
    }

    /** @param {Stretch & {passages: Marked[]}} piece @param {string} text */
    #marked({ start, end, passages }, text) {
        const last = passages.at(-1);
        if (!last) return document.createTextNode(text);
        const ending = passages.filter((passage) => passage.end === end);
        const begins = passages.find((passage) => passage.start === start);
        return h("mark", {
            class: `mark-passage ${last.classes}${passages.length > 1 ? " mark-several" : ""}`,
            "data-claims": passages.map((passage) => passage.claim).join(" "),
            "data-number": ending.length ? ending.map((passage) => passage.number).join(" ") : null,
            id: begins && begins.id ? `passage-${begins.id}` : null,
            title: passages.map((passage) => passage.title).join("\n"),
        }, text);
    }

    /** The ids of the claims marked at a stretch of text, in the order of their passages. @param {number} start @param {number} end */
    claimsAt(start, end) {
        const found = this.passages.filter((p) => p.start < Math.max(end, start + 1) && p.end > start);
        return [...new Set(found.map((passage) => passage.claim))];
    }

    /** A DOM range over a stretch of text. @param {number} start @param {number} end */
    range(start, end) {
        const range = document.createRange();
        range.setStart(...this.#place(start, false));
        range.setEnd(...this.#place(end, true));
        return range;
    }

    /** @param {number} unit @param {boolean} isEnd @returns {[Node, number]} */
    #place(unit, isEnd) {
        const paragraph = this.paragraphAt(isEnd ? unit - 1 : unit);
        let left = Math.min(Math.max(unit - paragraph.start, 0), paragraph.end - paragraph.start);
        const walker = document.createTreeWalker(paragraph.element, NodeFilter.SHOW_TEXT);
        let node = /** @type {Text|null} */ (walker.nextNode()), last = node;
        while (node) {
            if (left < node.length || (isEnd && left === node.length)) return [node, left];
            left -= node.length;
            last = node;
            node = /** @type {Text|null} */ (walker.nextNode());
        }
        return last ? [last, last.length] : [paragraph.element, 0];
    }

    /** The stretch that the browser's selection covers, in UTF-16 positions; null when it is empty or elsewhere. @param {Selection|null} selection */
    selected(selection) {
        if (!selection || !selection.rangeCount || selection.isCollapsed) return null;
        const range = selection.getRangeAt(0);
        if (!range.intersectsNode(this.root)) return null;
        const start = this.#offset(range.startContainer, range.startOffset, false);
        const end = this.#offset(range.endContainer, range.endOffset, true);
        return end > start ? { start, end } : null;
    }

    /**
     * The position at a point of a text node or element; outside of paragraphs, the nearest edge of one.
     * @param {Node} node @param {number} offset @param {boolean} isEnd
     */
    #offset(node, offset, isEnd) {
        const point = document.createRange();
        point.setStart(node, offset);
        const inside = this.paragraphs.find(({ element }) => element.contains(node));
        if (inside) {
            const before = document.createRange();
            before.setStart(inside.element, 0);
            before.setEnd(node, offset);
            return inside.start + before.toString().length;
        }
        const passed = this.paragraphs.filter(({ element }) => {
            const whole = document.createRange();
            whole.selectNodeContents(element);
            return point.compareBoundaryPoints(Range.START_TO_START, whole) > 0;
        });
        if (isEnd) return passed.at(-1)?.end ?? 0;
        const next = this.paragraphs[passed.length];
        return next ? next.start : this.body.length;
    }

    /** The position under a pointer, or null. @param {number} x @param {number} y */
    under(x, y) {
        const at = document.caretPositionFromPoint?.(x, y);
        const range = at ? null : document.caretRangeFromPoint?.(x, y);
        const node = at ? at.offsetNode : range?.startContainer, offset = at ? at.offset : range?.startOffset ?? 0;
        return node && this.root.contains(node) ? this.#offset(node, offset, false) : null;
    }
}
