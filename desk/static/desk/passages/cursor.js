/**
 * The reading cursor: a stretch of the text that moves and grows by sentences and words, drawn without changing the text.
 * A passage is marked from it; a selection made with the mouse becomes the cursor.
 *
 * @typedef {"sentence"|"word"} Unit
 * @typedef {{body: string, paragraphs: Stretch[], root: HTMLElement, range: (start: number, end: number) => Range}} Pane
 *     what the cursor needs of a text pane
 */
import { outsidePair } from "../http/codepoints.js";

export class ReadingCursor {
    /** @param {Pane} pane @param {string} language a BCP 47 tag */
    constructor(pane, language) {
        this.pane = pane;
        this.anchor = this.focus = 0;
        /** @type {((cursor: ReadingCursor) => void)[]} */
        this.listeners = [];
        /** @type {Map<Unit, Stretch[]>} */
        this.cache = new Map();
        this.segmenters = { sentence: segmenter(language, "sentence"), word: segmenter(language, "word") };
        this.paint = "Highlight" in globalThis && CSS.highlights ? new Highlight() : null;
        if (this.paint) CSS.highlights.set("reading-cursor", this.paint);
    }

    get start() { return Math.min(this.anchor, this.focus); }
    get end() { return Math.max(this.anchor, this.focus); }
    get isEmpty() { return this.start === this.end; }

    /** The text under the cursor. */
    get text() { return this.pane.body.slice(this.start, this.end); }

    /** Call `listener` whenever the cursor moved. @param {(cursor: ReadingCursor) => void} listener */
    onMove(listener) { this.listeners.push(listener); }

    /**
     * Put the cursor over a stretch of text, without the spaces around it.
     * @param {number} anchor @param {number} focus @param {{scroll?: boolean}} [options]
     */
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

    /**
     * Move by a sentence or a word, forwards (1) or back (-1); `extend` moves one end only.
     * @param {Unit} unit @param {number} direction @param {boolean} extend
     */
    move(unit, direction, extend) {
        if (extend && !this.isEmpty) return this.#extend(unit, direction);
        const units = this.#units(unit);
        const { start, end } = this;
        const within = units.filter((item) => item.start >= start && item.end <= end);
        /** @type {Stretch|undefined} */
        let next;
        if (!this.isEmpty && unit === "word" && within.length > 1) next = direction > 0 ? within[0] : within.at(-1);
        else if (direction > 0) next = units.find((item) => item.start >= end && item.end > start);
        else next = units.findLast((item) => item.end <= start);
        if (this.isEmpty) next = units.find((item) => item.end > start) ?? units.at(-1);
        if (next) this.set(next.start, next.end);
        return Boolean(next);
    }

    /** @param {Unit} unit @param {number} direction */
    #extend(unit, direction) {
        const units = this.#units(unit), forward = this.focus >= this.anchor;
        /** @param {Stretch} item */
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

    /** Grow to whole sentences, words or paragraphs. @param {Unit|"paragraph"} unit */
    expand(unit) {
        const units = unit === "paragraph" ? this.pane.paragraphs : this.#units(unit);
        const touched = units.filter((item) => item.start < Math.max(this.end, this.start + 1) && item.end > this.start);
        const [first] = touched, last = touched.at(-1);
        if (first && last) this.set(first.start, last.end);
    }

    /** Let the other end be the one that moves. */
    swap() {
        [this.anchor, this.focus] = [this.focus, this.anchor];
    }

    /** Sentences or words of the whole text. Computed once, by paragraph: the text never changes. @param {Unit} unit */
    #units(unit) {
        let found = this.cache.get(unit);
        if (!found) {
            found = this.pane.paragraphs.flatMap((paragraph) =>
                pieces(this.segmenters[unit], this.pane.body.slice(paragraph.start, paragraph.end), unit)
                    .map(([start, end]) => ({ start: paragraph.start + start, end: paragraph.start + end })));
            this.cache.set(unit, found);
        }
        return found;
    }

    /** @param {boolean} scroll */
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
            selection?.removeAllRanges();
            selection?.addRange(range);
        }
        if (scroll) reveal(range, this.pane.root);
    }

    /** Draw again after the pieces of the text were cut anew; a selection in the making is left alone. */
    redraw() { this.#draw(false, !this.paint); }
}

/** @param {string} language @param {Unit} granularity */
function segmenter(language, granularity) {
    try {
        return new Intl.Segmenter(language, { granularity });
    } catch {
        return new Intl.Segmenter(undefined, { granularity });
    }
}

/** @param {Intl.Segmenter} pieceMaker @param {string} text @param {Unit} unit @returns {[number, number][]} */
function pieces(pieceMaker, text, unit) {
    /** @type {[number, number][]} */
    const found = [];
    for (const { segment, index, isWordLike } of pieceMaker.segment(text)) {
        const trimmed = segment.trim();
        if (!trimmed || (unit === "word" && !isWordLike)) continue;
        const start = index + segment.indexOf(trimmed);
        found.push([start, start + trimmed.length]);
    }
    return found;
}

/** Scroll the pane so that a stretch of its text is in sight, with some text around it. @param {Range} range @param {HTMLElement} pane */
export function reveal(range, pane) {
    const box = range.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    const top = Math.max(frame.top, 0), bottom = Math.min(frame.bottom, window.innerHeight);
    if (box.top >= top + 24 && box.bottom <= bottom - 40) return;
    const by = box.top - top - (bottom - top) / 3;
    if (pane.scrollHeight > pane.clientHeight) pane.scrollBy({ top: by });
    const after = range.getBoundingClientRect();
    if (after.top < 0 || after.bottom > window.innerHeight) window.scrollBy({ top: after.top - window.innerHeight / 3 });
}
