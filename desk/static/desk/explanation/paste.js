/** What Word, Google Docs, spreadsheets and web pages put on the clipboard, as the elements that an explanation has. */

/** So many cells a table may have; the server says the same. */
export const MAX_CELLS = 200;

const GONE = "script, style, meta, link, title, xml, svg, iframe, object, del, [class~=msoDel], [style*='mso-element:comment-list'], .MsoCommentReference, [style*='mso-hide:all'], [style*='mso-list:Ignore'], [style*='mso-list: Ignore']";
/** @type {Record<string, string>} */
const RENAMED = { h1: "h3", h2: "h3", h5: "h4", h6: "h4", b: "strong", i: "em" };
const KEPT = new Set(["p", "br", "ul", "ol", "li", "strong", "em", "sub", "sup", "a", "blockquote", "h3", "h4", "table", "caption",
    "thead", "tbody", "tr", "th", "td", "figure", "figcaption"]);
const BLOCKS = "p, ul, ol, li, blockquote, h3, h4, table, caption, thead, tbody, tr, th, td, figure, figcaption, div";

/**
 * The HTML with only what an explanation has.
 * @param {string} html @param {Set<string>} rows the evidence that can be cited here
 * @returns {{html: string, cells: number, pictures: number}} how many cells the largest table has; pictures that were left out
 */
export function cleanPaste(html, rows) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    for (const one of body.querySelectorAll("ul, ol, p, li")) one.normalize();
    markLists(body);
    markNotes(body);
    const pictures = body.querySelectorAll("img, v\\:imagedata").length;
    for (const one of body.querySelectorAll(GONE)) one.remove();
    removeComments(body);
    for (const one of body.querySelectorAll("*")) restyle(one);
    for (const link of body.querySelectorAll("a")) mendLink(link, rows);
    groupLists(body);
    for (const one of [...body.querySelectorAll("*")].reverse()) reduce(one);
    for (const table of body.querySelectorAll("table")) mendTable(table);
    for (const one of body.querySelectorAll("p, h3, h4, li")) if (!one.textContent?.trim() && !one.querySelector("a, table") && !one.closest("th, td")) one.remove();
    for (const one of body.querySelectorAll(":scope > br")) one.remove();
    const tables = [...body.querySelectorAll("table")];
    return { html: body.innerHTML.trim(), cells: Math.max(0, ...tables.map((table) => table.querySelectorAll("th, td").length)), pictures }; // eslint-disable-line no-restricted-properties -- read, and only given to the editor's parser
}

/** What an editor of ours copied, with the citations of other claims' evidence as words. @param {string} html @param {Set<string>} rows */
export function ownCitations(html, rows) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    for (const link of body.querySelectorAll("a[data-evidence]")) if (!rows.has(link.getAttribute("data-evidence") ?? "")) unwrap(link);
    return body.innerHTML; // eslint-disable-line no-restricted-properties -- read, and only given to the editor's parser
}

/** Rows of a spreadsheet as a table whose first row is its head. @param {string[][]} rows */
export function tableOf(rows) {
    const table = document.createElement("table"), body = table.createTBody();
    for (const [number, cells] of rows.entries()) {
        const row = body.insertRow();
        for (const cell of cells) {
            const place = document.createElement(number ? "td" : "th");
            place.textContent = cell;
            row.append(place);
        }
    }
    return table;
}

/** Word writes a list as paragraphs whose style names list and level. @param {HTMLElement} body */
function markLists(body) {
    for (const one of body.querySelectorAll("p, h1, h2, h3, li")) {
        const level = /mso-list:\s*(?!Ignore)\S+\s+level(\d)/i.exec(one.getAttribute("style") ?? "");
        if (!level || one.matches("li")) continue;
        const marker = one.querySelector("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']")?.textContent?.trim() ?? "";
        one.setAttribute("data-level", level[1]);
        one.setAttribute("data-kind", /^[\p{L}\p{N}]{1,4}[.)]/u.test(marker) ? "ol" : "ul");
    }
}

/** A note's number stays as a raised figure, in the text and before the note. @param {HTMLElement} body */
function markNotes(body) {
    for (const one of body.querySelectorAll("a[style*='mso-footnote-id'], a[style*='mso-endnote-id'], a[href^='#ftnt'], a[href^='#cmnt']")) {
        const number = /\d+/.exec(one.textContent ?? "")?.[0];
        if (one.getAttribute("href")?.startsWith("#cmnt") || !number) { one.remove(); continue; }
        const raised = document.createElement("sup");
        raised.textContent = number;
        const holder = one.parentElement?.matches("sup") ? one.parentElement : one;
        holder.replaceWith(raised);
    }
}

/** @param {HTMLElement} body */
function removeComments(body) {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT), found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    for (const one of found) one.parentNode?.removeChild(one);
}

/** What a style says by itself, as elements. @param {Element} one */
function restyle(one) {
    if (!(one instanceof HTMLElement) || one.matches("a, table, tr, td, th, tbody, thead, h1, h2, h3, h4, h5, h6")) return;
    const { fontWeight: weight, fontStyle, verticalAlign } = one.style;
    const isBold = weight === "bold" || Number(weight) >= 600;
    if (one.matches("b, strong") && (weight === "normal" || Number(weight) > 0 && Number(weight) < 600)) { unwrap(one); return; }
    if (one.matches("i, em") && fontStyle === "normal") { unwrap(one); return; }
    if (!one.matches("span, font")) return;
    if (isBold) wrapInner(one, "strong");
    if (fontStyle === "italic") wrapInner(one, "em");
    if (verticalAlign === "super" || verticalAlign === "sub") wrapInner(one, verticalAlign === "super" ? "sup" : "sub");
}

/** @param {HTMLElement} link @param {Set<string>} rows */
function mendLink(link, rows) {
    if (link.dataset.evidence && rows.has(link.dataset.evidence)) return;
    let address = link.getAttribute("href") ?? "";
    if (/^https?:\/\/www\.google\.[a-z.]+\/url\?/.test(address)) address = new URL(address).searchParams.get("q") ?? address;
    if (/^https?:\/\//i.test(address)) link.setAttribute("href", address);
    else unwrap(link);
}

/** Paragraphs that are points of a list, as lists within lists. @param {HTMLElement} body */
function groupLists(body) {
    /** @type {HTMLElement[]} */
    let open = [];
    let last = null;
    for (const one of [...body.querySelectorAll("[data-level]")]) {
        const level = Number(one.getAttribute("data-level")), kind = one.getAttribute("data-kind") ?? "ul";
        if (!last || nextElement(last) !== one) open = [];
        open.length = Math.min(open.length, level);
        if (open.length === level && open[level - 1].localName !== kind) open.length = level - 1;
        const item = document.createElement("li");
        item.append(...one.childNodes);
        const root = open[0];
        if (!root) one.before(open[0] = document.createElement(kind));
        while (open.length < level) {
            const list = document.createElement(open.length + 1 === level ? kind : "ul"), parent = open.at(-1);
            const holder = parent?.lastElementChild ?? parent?.appendChild(document.createElement("li"));
            holder?.append(list);
            open.push(list);
        }
        open[level - 1].append(item);
        last = open[0];
        one.remove();
    }
}

/** The element that follows, with nothing but blanks between. @param {Element} one */
function nextElement(one) {
    let next = one.nextSibling;
    while (next && next.nodeType === Node.TEXT_NODE && !next.textContent?.trim()) next = next.nextSibling;
    return next;
}

/** An element under its own name, without attributes; or only what is in it. @param {Element} one */
function reduce(one) {
    const name = RENAMED[one.localName] ?? one.localName;
    if (name === "figure" && one.hasAttribute("data-chart")) return;
    if (name === "div" && !one.querySelector(BLOCKS)) { rename(one, "p"); return; }
    if (!KEPT.has(name) || name === "figure" && !one.hasAttribute("data-chart") || name === "figcaption" && !one.closest("[data-chart]")) { unwrap(one); return; }
    if (name === "a" && one.hasAttribute("data-evidence")) return;
    rename(one, name);
}

/** @param {Element} one @param {string} name */
function rename(one, name) {
    const made = document.createElement(name);
    for (const kept of ["href", "colspan", "rowspan"]) {
        const value = one.getAttribute(kept);
        if (value && (kept === "href") === (name === "a")) made.setAttribute(kept, value);
    }
    if (!/^t[hd]$/.test(name)) ["colspan", "rowspan"].forEach((kept) => made.removeAttribute(kept));
    made.append(...one.childNodes);
    one.replaceWith(made);
}

/** A first row that is bold throughout is the head; a table in a table becomes its words. @param {HTMLTableElement} table */
function mendTable(table) {
    for (const inner of table.querySelectorAll("table")) inner.replaceWith(document.createTextNode(` ${inner.textContent?.replace(/\s+/g, " ").trim()} `));
    const first = [...table.rows[0]?.cells ?? []];
    const isBold = first.some((cell) => cell.textContent?.trim()) && first.every((cell) => {
        const bold = [...cell.querySelectorAll("strong")].map((one) => one.textContent).join("");
        return bold.replace(/\s/g, "") === (cell.textContent ?? "").replace(/\s/g, "");
    });
    if (!isBold) return;
    for (const cell of first) {
        for (const bold of cell.querySelectorAll("strong")) unwrap(bold);
        if (cell.localName === "td") rename(cell, "th");
    }
}

/** @param {Element} one */
function unwrap(one) { one.replaceWith(...one.childNodes); }

/** @param {Element} one @param {string} tag */
function wrapInner(one, tag) {
    const made = document.createElement(tag);
    made.append(...one.childNodes);
    one.append(made);
}
