/** Typed and pasted rows of a chart: a label and a figure each. */

/** A figure as the server takes it, or the text as it was typed where it is no plain number. @param {string} text */
export function plainFigure(text) {
    const typed = text.trim().replace(/[\s\u00a0\u202f]/g, "").replace(/^[\u2212\u2013]/, "-").replace(/%$/, "");
    // A comma before three digits can be either a decimal or thousands: who typed it has to say.
    const spelt = /^-?\d+,\d{3}$/.test(typed) ? typed : typed.replace(/^(-?\d+),(\d+)$/, "$1.$2");
    return /^-?\d{1,15}(\.\d{1,6})?$/.test(spelt) ? spelt : text.trim();
}

/** @param {string} text */
export function isFigure(text) { return /^-?\d{1,15}(\.\d{1,6})?$/.test(text); }

/** Rows of a text that a spreadsheet copied: columns parted by tabs. Null for other texts. @param {string} text @returns {string[][]|null} */
export function sheetRows(text) {
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
    const rows = lines.map((line) => line.split("\t").map((cell) => cell.trim()));
    const width = rows[0].length;
    return lines.length > 1 && width > 1 && rows.every((row) => row.length === width) ? rows : null;
}

/** What keeps the rows from being drawn: the number of the row and "label" or "figure". @param {string[][]} rows */
export function wrongRow(rows) {
    for (const [number, [label = "", figure = ""]] of rows.entries()) {
        if (!label) return { number: number + 1, what: "label" };
        if (!isFigure(figure)) return { number: number + 1, what: "figure" };
    }
    return null;
}
