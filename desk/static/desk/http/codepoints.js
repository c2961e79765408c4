/**
 * Positions in a text. The server counts code points, JavaScript counts UTF-16: a character outside the basic plane
 * (emoji, rare scripts) is one code point and two units. Nothing here looks at what a reader calls one character.
 */
export class CodePoints {
    /** @param {string} text */
    constructor(text) {
        /** Where each pair of surrogates begins, in UTF-16. @type {number[]} */
        this.pairs = [];
        for (let i = 0; i < text.length - 1; i += 1) {
            if (isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1))) {
                this.pairs.push(i);
                i += 1;
            }
        }
        /** The text's length in code points. */
        this.length = text.length - this.pairs.length;
    }

    /** The code point at a UTF-16 position; from within a pair, the pair's own. @param {number} unit */
    fromUtf16(unit) {
        return unit - countLeading(this.pairs, (start) => start < unit);
    }

    /** The UTF-16 position of a code point. @param {number} point */
    toUtf16(point) {
        return point + countLeading(this.pairs, (start, i) => start - i < point);
    }
}

/**
 * How many items at the beginning satisfy `holds`, which must be true up to some item and false from there.
 * @param {number[]} items @param {(item: number, at: number) => boolean} holds
 */
function countLeading(items, holds) {
    let low = 0, high = items.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (holds(items[middle], middle)) low = middle + 1;
        else high = middle;
    }
    return low;
}

/**
 * A UTF-16 position moved out of the middle of a surrogate pair: to its start if `back`, otherwise to its end.
 * @param {string} text @param {number} unit @param {boolean} back
 */
export function outsidePair(text, unit, back) {
    const inside = unit > 0 && unit < text.length && isLow(text.charCodeAt(unit)) && isHigh(text.charCodeAt(unit - 1));
    return inside ? unit + (back ? -1 : 1) : unit;
}

/** @param {number} code */
const isHigh = (code) => code >= 0xd800 && code <= 0xdbff;
/** @param {number} code */
const isLow = (code) => code >= 0xdc00 && code <= 0xdfff;

/**
 * A stretch of text cut where passages begin or end; each piece names all passages that cover it.
 * @template {{start: number, end: number}} P
 * @param {number} start @param {number} end @param {P[]} passages
 * @returns {{start: number, end: number, passages: P[]}[]}
 */
export function cut(start, end, passages) {
    const inside = passages.filter((passage) => passage.start < end && passage.end > start);
    const edges = new Set([start, end]);
    for (const passage of inside) {
        edges.add(Math.max(start, passage.start));
        edges.add(Math.min(end, passage.end));
    }
    const sorted = [...edges].sort((a, b) => a - b);
    return sorted.slice(1).map((right, i) => ({
        start: sorted[i],
        end: right,
        passages: inside.filter((passage) => passage.start <= sorted[i] && passage.end >= right),
    }));
}
