/**
 * The reading cursor: a stretch of the text that moves and grows by sentences and words, drawn without touching the
 * text. It is what a passage is marked from; a selection made with the mouse becomes it.
 */
import { outsidePair } from "../http/codepoints.js";

export class ReadingCursor {
    /** @param {import("./text.js").TextPane} pane @param {string} language a BCP 47 tag */
    constructor(pane, language) {
        this.pane = pane;
        this.anchor = this.focus = 0;
        this.listeners = [];
        this.cache = new Map();
        this.segmenters = Object.fromEntries(
            ["sentence", "word"].map((granularity) => [granularity, segmenter(language, granularity)]));
        this.paint = window.Highlight && CSS.highlights ? new Highlight() : null;
        if (this.paint) CSS.highlights.set("reading-cursor", this.paint);
    }

    get start() { return Math.min(this.anchor, this.focus); }
    get end() { return Math.max(this.anchor, this.focus); }
    get isEmpty() { return this.start === this.end; }

    /** The words under the cursor. */
    get text() { return this.pane.body.slice(this.start, this.end); }

    /** Call `listener` whenever the cursor moved. */
    onMove(listener) { this.listeners.push(listener); }

    /** Put the cursor over a stretch of text, outer blanks left out. @param {{scroll?: boolean}} [how] */
    set(anchor, focus, { scroll = true } = {}) {
        const { body } = this.pane;
        let [left, right] = anchor <= focus ? [anchor, focus] : [focus, anchor];
        left = outsidePair(body, left, true);
        right = outsidePair(body, right, false);
        while (left < right && /\s/.test(body[left])) left += 1;
        while (right > left && /\s/.test(body[right - 1])) right -= 1;
        [this.anchor, this.focus] = anchor <= focus ? [left, right] : [right, left];
        this.#draw(scroll);
        this.listeners.forEach((listener) => listener(this));
    }

    /** By sentence (`unit`) or word, forwards (1) or back (-1); `extend` moves one end and leaves the other. */
    move(unit, direction, extend) {
        if (extend && !this.isEmpty) return this.#extend(unit, direction);
        const units = this.#units(unit);
        const { start, end } = this;
        const within = units.filter((item) => item.start >= start && item.end <= end);
        let next;
        if (!this.isEmpty && unit === "word" && within.length > 1) next = direction > 0 ? within[0] : within.at(-1);
        else if (direction > 0) next = units.find((item) => item.start >= end && item.end > start);
        else next = units.findLast((item) => item.end <= start);
        if (this.isEmpty) next = units.find((item) => item.end > start) ?? units.at(-1);
        if (next) this.set(next.start, next.end);
        return Boolean(next);
    }

    #extend(unit, direction) {
        const units = this.#units(unit), forward = this.focus >= this.anchor;
        const edge = (item) => (forward ? item.end : item.start);
        const next = direction > 0
            ? units.find((item) => edge(item) > this.focus)
            : units.findLast((item) => edge(item) < this.focus);
        let to = next ? edge(next) : this.focus;
        if (to === this.anchor || (forward ? to < this.anchor : to > this.anchor)) {
            const other = direction > 0
                ? units.find((item) => item.end > this.anchor)
                : units.findLast((item) => item.start < this.anchor);
            to = other ? (direction > 0 ? other.end : other.start) : this.focus;
        }
        if (to !== this.anchor) this.set(this.anchor, to);
        return true;
    }

    /** Grow to whole sentences or whole paragraphs. */
    expand(unit) {
        const units = unit === "paragraph" ? this.pane.paragraphs : this.#units(unit);
        const touched = units.filter((item) => item.start < Math.max(this.end, this.start + 1) && item.end > this.start);
        if (touched.length) this.set(touched[0].start, touched.at(-1).end);
    }

    /** Let the other end be the one that moves. */
    swap() {
        [this.anchor, this.focus] = [this.focus, this.anchor];
    }

    /** Sentences or words of the whole text. Computed by paragraph and kept: the text never changes. */
    #units(unit) {
        if (!this.cache.has(unit)) {
            const found = this.pane.paragraphs.flatMap((paragraph) =>
                pieces(this.segmenters[unit], this.pane.body.slice(paragraph.start, paragraph.end), unit)
                    .map(([start, end]) => ({ start: paragraph.start + start, end: paragraph.start + end })));
            this.cache.set(unit, found);
        }
        return this.cache.get(unit);
    }

    #draw(scroll, select = true) {
        if (this.isEmpty) {
            this.paint?.clear();
            return;
        }
        const range = this.pane.range(this.start, this.end);
        if (this.paint) {
            this.paint.clear();
            this.paint.add(range);
        }
        if (select && (!this.paint || this.pane.root.contains(document.activeElement))) {
            const selection = document.getSelection();
            selection.removeAllRanges();
            selection.addRange(range);
        }
        if (scroll) reveal(range, this.pane.root);
    }

    /** Draw again after the pieces of the text were cut anew; a selection in the making is left alone. */
    redraw() { this.#draw(false, !this.paint); }
}

function segmenter(language, granularity) {
    try {
        return new Intl.Segmenter(language, { granularity });
    } catch {
        return new Intl.Segmenter(undefined, { granularity });
    }
}

function pieces(pieceMaker, text, unit) {
    const found = [];
    for (const { segment, index, isWordLike } of pieceMaker.segment(text)) {
        const words = segment.trim();
        if (!words || (unit === "word" && !isWordLike)) continue;
        const start = index + segment.indexOf(words);
        found.push([start, start + words.length]);
    }
    return found;
}

/** Scroll the pane so that a stretch of its text is in sight, with some text around it. */
export function reveal(range, pane) {
    const box = range.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    const top = Math.max(frame.top, 0), bottom = Math.min(frame.bottom, window.innerHeight);
    if (box.top >= top + 24 && box.bottom <= bottom - 40) return;
    const by = box.top - top - (bottom - top) / 3;
    if (pane.scrollHeight > pane.clientHeight) pane.scrollBy({ top: by });
    const after = range.getBoundingClientRect();
    if (after.top < 0 || after.bottom > window.innerHeight) window.scrollBy({ top: after.top - window.innerHeight / 3 });
}
