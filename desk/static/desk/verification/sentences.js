/** The sentences of the claim, chosen one after the other with a key, as words are chosen with the mouse. */

const BLOCKS = "p, li, blockquote, h3, h4, td, th, figcaption";

/** Each sentence of the parts of a claim. @param {HTMLElement} root @returns {Range[]} */
export function sentencesOf(root) {
    const found = [];
    for (const part of root.querySelectorAll("[data-part]")) {
        const inner = [...part.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS));
        const language = part.closest("[lang]")?.getAttribute("lang") || undefined;
        for (const block of inner.length ? inner : [part]) found.push(...inBlock(block, language));
    }
    return found;
}

/** @param {Element} block @param {string|undefined} language @returns {Range[]} */
function inBlock(block, language) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    /** @type {{node: Text, start: number}[]} */
    const nodes = [];
    let text = "";
    while (walker.nextNode()) {
        const node = /** @type {Text} */ (walker.currentNode);
        nodes.push({ node, start: text.length });
        text += node.data;
    }
    const segments = [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)];
    return segments.filter(({ segment }) => segment.trim()).map(({ segment, index }) => {
        const start = index + segment.length - segment.trimStart().length, end = index + segment.trimEnd().length;
        const range = document.createRange();
        const first = nodes.findLast((one) => one.start <= start), last = nodes.findLast((one) => one.start < end);
        if (first && last) {
            range.setStart(first.node, start - first.start);
            range.setEnd(last.node, end - last.start);
        }
        return range;
    });
}

/** Choose the sentence after the chosen words, or the one before; the first or last one at an end. @param {HTMLElement} root @param {Direction} by */
export function chooseSentence(root, by) {
    const selection = document.getSelection(), all = sentencesOf(root);
    if (!selection || !all.length) return;
    const chosen = selection.rangeCount && root.contains(selection.anchorNode) ? selection.getRangeAt(0) : null;
    /** @param {Range} range */
    const side = (range) => (chosen ? range.compareBoundaryPoints(Range.START_TO_START, chosen) : 1);
    const next = by > 0 ? all.find((range) => side(range) > 0) : all.findLast((range) => side(range) < 0);
    const range = next ?? (by > 0 ? all.at(-1) : all[0]);
    if (!range) return;
    selection.removeAllRanges();
    selection.addRange(range);
    range.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
}
