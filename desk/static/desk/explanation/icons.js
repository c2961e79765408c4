/** The signs of the editor's buttons, drawn on a square of 24. */

/** @type {Record<string, string>} */
const PATHS = {
    bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
    italic: "M10 5h8M6 19h8M14 5l-4 14",
    bulletList: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
    orderedList: "M10 6h10M10 12h10M10 18h10M4 4.5 5.5 4v4.5M4 15h2.5L4 19h2.5",
    quote: "M5 6v12M9 8h10M9 12h10M9 16h7",
    link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
    table: "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14",
    chart: "M4 20h16M7 20v-7M12 20V5M17 20v-11",
    picture: "M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9.5h.01",
    undo: "M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10h-3",
    redo: "M16 5l4 4-4 4M20 9H10a5 5 0 0 0 0 10h3",
};
/** Signs that are letters. @type {Record<string, string>} */
const LETTERS = { heading3: "H", heading4: "h", sub: "x₂", sup: "x²", cite: "[1]" };
const SVG = "http://www.w3.org/2000/svg";

/** @param {string} name @returns {Node} */
export function icon(name) {
    if (LETTERS[name]) return document.createTextNode(LETTERS[name]);
    const picture = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: "18", height: "18", fill: "none", stroke: "currentColor",
        "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" })) picture.setAttribute(key, value);
    path.setAttribute("d", PATHS[name] ?? "");
    picture.append(path);
    return picture;
}
