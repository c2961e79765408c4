/** The form of a chart: its kind, its words, and typed figures. */
import { find, findAll, h } from "../http/elements.js";
import { plainFigure, sheetRows, wrongRow } from "./figures.js";

export const KINDS = ["bar", "line", "number"];
const MAX_ROWS = 30;

/** @typedef {{kind: string, title: string, unit: string, source: string, rows: string[][]}} Chart */

/**
 * @param {Chart} chart @param {Record<string, string>} words
 * @param {(chart: Chart|null) => void} done null when nothing is to change
 */
export function editChart(chart, words, done) {
    const say = (/** @type {string} */ name) => words[name] ?? "";
    const dialog = h("dialog", { class: "explanation-chart-form", "aria-labelledby": "explanation-chart-title" });
    const rows = h("tbody");
    const error = h("p", { class: "explanation-error", role: "alert" });
    const line = (/** @type {string} */ name, /** @type {number} */ most) => h("label", {}, say(`chart_${name}`),
        h("input", { name, type: "text", maxlength: most, value: /** @type {any} */ (chart)[name], dir: "auto", autocomplete: "off" }));
    dialog.append(h("form", { method: "dialog" },
        h("h2", { id: "explanation-chart-title" }, say("chart")),
        h("fieldset", { class: "explanation-kinds" }, h("legend", {}, say("chart_kind")),
            ...KINDS.map((kind) => h("label", {}, h("input", { type: "radio", name: "kind", value: kind, checked: kind === chart.kind }), say(`chart_${kind}`)))),
        line("title", 200),
        h("table", { class: "explanation-figures" }, h("caption", {}, say("chart_rows")),
            h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say("chart_label")), h("th", { scope: "col" }, say("chart_figure")), h("td"))), rows),
        h("button", { type: "button", class: "desk-button", onclick: () => { add(["", ""]); focusRow(rows.rows.length - 1); } }, say("chart_add")),
        h("div", { class: "explanation-pair" }, line("unit", 20), line("source", 300)), error,
        h("div", { class: "explanation-box-acts" },
            h("button", { type: "button", class: "desk-button desk-button-primary", onclick: confirm }, say("chart_done")),
            h("button", { type: "button", class: "desk-button", onclick: () => leave(null) }, say("cancel")))));

    function add(/** @type {string[]} */ [label, figure]) {
        const number = rows.rows.length + 1;
        const row = h("tr", {},
            h("td", {}, h("input", { type: "text", maxlength: 80, value: label, dir: "auto", autocomplete: "off", "aria-label": `${say("chart_label")} ${number}` })),
            h("td", {}, h("input", { type: "text", inputmode: "decimal", value: figure, dir: "ltr", autocomplete: "off", "aria-label": `${say("chart_figure")} ${number}` })),
            h("td", {}, h("button", { type: "button", class: "desk-button", title: say("chart_remove"), "aria-label": `${say("chart_remove")} ${number}`, onclick: () => { row.remove(); if (!rows.rows.length) add(["", ""]); focusRow(0); } }, "×")));
        rows.append(row);
    }
    function focusRow(/** @type {number} */ number) { rows.rows[number]?.querySelector("input")?.focus(); }
    function typed() {
        return [...rows.rows].map((row) => findAll(row, "input").map((one) => /** @type {HTMLInputElement} */ (one).value.trim()))
            .filter(([label, figure]) => label || figure).map(([label, figure]) => [label, plainFigure(figure)]);
    }
    function value(/** @type {string} */ name) { return find(dialog, `[name=${name}]`, HTMLInputElement).value.trim(); }
    function confirm() {
        const given = { kind: find(dialog, "[name=kind]:checked", HTMLInputElement).value, title: value("title"), unit: value("unit"), source: value("source"), rows: typed() };
        const [message, field] = fault(given);
        error.textContent = message;
        if (message) /** @type {HTMLElement|null} */ (field)?.focus(); else leave(given);
    }
    /** @returns {[string, Element|null|undefined]} */
    function fault(/** @type {Chart} */ given) {
        if (!given.title) return [say("chart_no_title"), dialog.querySelector("[name=title]")];
        if (!given.rows.length) return [say("chart_no_rows"), rows.querySelector("input")];
        if (given.rows.length > MAX_ROWS) return [say("chart_many").replace("{count}", String(given.rows.length)), rows.rows[MAX_ROWS]?.querySelector("input")];
        if (given.kind === "number" && given.rows.length > 1) return [say("chart_one"), rows.rows[1]?.querySelector("input")];
        if (given.kind === "line" && given.rows.length < 2) return [say("chart_two"), rows.querySelector("input")];
        const wrong = wrongRow(given.rows);
        if (wrong) {
            const row = [...rows.rows].filter((one) => findAll(one, "input").some((input) => /** @type {HTMLInputElement} */ (input).value.trim()))[wrong.number - 1];
            return [say(wrong.what === "label" ? "chart_wrong_label" : "chart_wrong_figure").replace("{row}", String(wrong.number)), row && findAll(row, "input")[wrong.what === "label" ? 0 : 1]];
        }
        return given.source ? ["", null] : [say("chart_no_source"), dialog.querySelector("[name=source]")];
    }
    function leave(/** @type {Chart|null} */ given) { dialog.remove(); done(given); }

    for (const row of chart.rows.length ? chart.rows : [["", ""], ["", ""]]) add(row);
    rows.addEventListener("paste", (event) => {
        const pasted = sheetRows(event.clipboardData?.getData("text/plain") ?? "");
        if (!pasted) return;
        event.preventDefault();
        const kept = typed();
        rows.replaceChildren();
        for (const row of [...kept, ...pasted]) add([row[0], row[1] ?? ""]);
    });
    dialog.addEventListener("keydown", (event) => {
        event.stopPropagation();
        const field = event.target;
        if (event.key !== "Enter" || !(field instanceof HTMLInputElement)) return;
        event.preventDefault();
        const row = field.closest("tr");
        if (!row) { confirm(); return; }
        const at = row.sectionRowIndex;
        if (field === findAll(row, "input")[0]) findAll(row, "input")[1].focus();
        else { if (at === rows.rows.length - 1) add(["", ""]); focusRow(at + 1); }
    });
    dialog.addEventListener("cancel", () => leave(null));
    document.body.append(dialog);
    dialog.showModal();
}
