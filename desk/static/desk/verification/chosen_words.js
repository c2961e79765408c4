/** The words somebody chose in the claim, as the server finds them again: removed words are not among them. */

/** @typedef {{part: string, exact: string, start: number}} Words */

const BLOCKS = "p, li, blockquote, h3, h4, tr, figure";

/** The chosen words of one part; null where nothing is chosen, or words of two parts. @returns {Words|null} */
export function chosenWords() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const part = partOf(range.startContainer);
    if (!part || part !== partOf(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(part);
    before.setEnd(range.startContainer, range.startOffset);
    const exact = textOf(range, part).trim();
    return exact ? { part: part.dataset.part ?? "", exact, start: [...textOf(before, part)].length } : null;
}

/** @param {Node} node @returns {HTMLElement|null} */
function partOf(node) {
    const element = node instanceof Element ? node : node.parentElement;
    return element?.closest("[data-part]") ?? null;
}

/** The text of a range without what is marked as removed; a line break between blocks. @param {Range} range @param {HTMLElement} root */
function textOf(range, root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let text = "";
    /** @type {Element|null|undefined} */
    let last = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!range.intersectsNode(node) || node.parentElement?.closest("del")) continue;
        const whole = node.textContent ?? "";
        const from = node === range.startContainer ? range.startOffset : 0;
        const to = node === range.endContainer ? range.endOffset : whole.length;
        const block = node.parentElement?.closest(BLOCKS);
        if (text && block !== last && whole.trim()) text += "\n";
        if (whole.trim()) last = block;
        text += whole.slice(from, to);
    }
    return text;
}
