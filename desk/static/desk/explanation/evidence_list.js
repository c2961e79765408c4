/** The claim's evidence as it stands on the page, and the list from which it is cited (an ARIA listbox with type-ahead). */
import { findAll, h } from "../http/elements.js";
import { closeBox, openBox, placeNear } from "./box.js";

/** @typedef {{row: string, number: number, title: string}} Piece */

/** The stored evidence in its order. @returns {Piece[]} */
export function evidenceHere() {
    return findAll(document, "[data-rows=evidence] .claim-piece:not(.claim-gone)")
        .map((piece, at) => ({ row: piece.dataset.evidence ?? "", number: at + 1, title: piece.querySelector(".claim-source")?.textContent?.trim() ?? "" }))
        .filter((piece) => piece.row);
}

/** @param {string|null} row */
export function numberOf(row) {
    return evidenceHere().find((piece) => piece.row === row)?.number ?? null;
}

/**
 * Let somebody choose what to cite. A digit takes the piece with that number; other letters narrow the list.
 * @param {any} editor @param {Record<string, string>} words @param {(piece: Piece) => void} chosen
 */
export function chooseEvidence(editor, words, chosen) {
    const pieces = evidenceHere();
    const field = h("input", { type: "text", role: "combobox", class: "explanation-find", autocomplete: "off", "aria-expanded": "true",
        "aria-controls": "explanation-evidence", "aria-label": words.cite ?? "", placeholder: words.find_evidence ?? "", dir: "auto" });
    const list = h("ul", { id: "explanation-evidence", role: "listbox", "aria-label": words.evidence ?? "" });
    const none = h("p", { class: "explanation-none", role: "status" });
    const box = h("div", { class: "explanation-box explanation-list", role: "group", "aria-label": words.cite ?? "" }, field, list, none);
    /** @type {Piece[]} */
    let shown = [];
    let current = 0;

    const take = (/** @type {Piece|undefined} */ piece) => {
        if (!piece) return;
        closeBox();
        chosen(piece);
    };
    const mark = () => {
        for (const [at, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(at === current));
        field.setAttribute("aria-activedescendant", shown.length ? `explanation-evidence-${current}` : "");
        list.children[current]?.scrollIntoView({ block: "nearest" });
    };
    const draw = () => {
        const typed = field.value.trim().toLocaleLowerCase();
        shown = /^\d+$/.test(typed) ? pieces.filter((one) => String(one.number).startsWith(typed)) : pieces.filter((one) => one.title.toLocaleLowerCase().includes(typed));
        current = 0;
        list.replaceChildren(...shown.map((piece, at) => h("li", { role: "option", id: `explanation-evidence-${at}`, "aria-selected": "false",
            onmousedown: (/** @type {Event} */ event) => { event.preventDefault(); take(piece); } }, h("b", {}, `[${piece.number}] `), h("bdi", {}, piece.title))));
        none.textContent = shown.length ? "" : pieces.length ? words.no_match ?? "" : words.no_evidence ?? "";
        list.hidden = !shown.length;
        mark();
    };
    field.addEventListener("input", () => {
        draw();
        if (/^\d$/.test(field.value) && pieces.length < 10) take(shown[0]);
    });
    field.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            current = (current + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % Math.max(1, shown.length);
            mark();
        } else if (event.key === "Enter" || event.key === "]" && shown.length === 1) take(shown[current]);
        else if (event.key === "Escape") { closeBox(); editor.commands.focus(); } else if (event.key === "Backspace" && !field.value) { closeBox(); editor.commands.focus(); } else return;
        event.preventDefault();
        event.stopPropagation();
    });
    field.addEventListener("blur", () => setTimeout(() => { if (!box.contains(document.activeElement)) box.remove(); }));
    placeNear(editor, box);
    openBox(box);
    draw();
    field.focus();
}
