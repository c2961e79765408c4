/** The editor's buttons: one stop of the Tab key, arrows between them (ARIA toolbar). Those of a table show in a table. */
import { findAll, h } from "../http/elements.js";
import { icon } from "./icons.js";

/**
 * @typedef {{name: string, label: string, keys?: string, words?: boolean, run: () => void, isOn?: () => boolean, may?: () => boolean}} Tool
 */

/** @param {any} editor @param {Tool[][]} groups @param {Tool[]} inTable @param {Record<string, string>} words */
export function drawToolbar(editor, groups, inTable, words) {
    const bar = h("div", { class: "explanation-tools", role: "toolbar", "aria-label": words.formats ?? "" });
    const tableBar = h("div", { class: "explanation-tools explanation-table-tools", role: "toolbar", "aria-label": words.table ?? "", hidden: true });
    for (const group of groups) bar.append(h("div", { class: "explanation-group" }, ...group.map(button)));
    tableBar.append(h("div", { class: "explanation-group" }, ...inTable.map(button)));

    /** @param {Tool} tool */
    function button(tool) {
        const title = tool.keys ? `${tool.label} (${tool.keys})` : tool.label;
        const made = h("button", { type: "button", "data-tool": tool.name, title, "aria-label": tool.words ? null : tool.label, tabindex: "-1",
            "aria-pressed": tool.isOn ? "false" : null, onclick: () => { if (made.getAttribute("aria-disabled") !== "true") tool.run(); } },
        tool.words ? tool.label : icon(tool.name));
        made.addEventListener("mousedown", (event) => event.preventDefault());
        return made;
    }
    const tools = new Map([...groups.flat(), ...inTable].map((tool) => [tool.name, tool]));
    const update = () => {
        tableBar.hidden = !editor.isActive("table");
        for (const one of [...findAll(bar, "button"), ...findAll(tableBar, "button")]) {
            const tool = tools.get(one.dataset.tool ?? "");
            if (tool?.isOn) one.setAttribute("aria-pressed", String(tool.isOn()));
            if (tool?.may) one.setAttribute("aria-disabled", String(!tool.may()));
        }
    };
    for (const one of [bar, tableBar]) rove(one, () => editor.commands.focus());
    editor.on("transaction", update);
    editor.view.dom.before(bar, tableBar);
    update();
    return { dom: bar, remove: () => { bar.remove(); tableBar.remove(); } };
}

/** @param {HTMLElement} bar @param {() => void} leave */
function rove(bar, leave) {
    const buttons = () => findAll(bar, "button");
    buttons()[0]?.setAttribute("tabindex", "0");
    bar.addEventListener("focusin", (event) => {
        for (const one of buttons()) one.setAttribute("tabindex", one === event.target ? "0" : "-1");
    });
    bar.addEventListener("keydown", (event) => {
        const all = buttons(), at = all.indexOf(/** @type {HTMLElement} */ (event.target));
        const step = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
        if (event.key === "ArrowRight" || event.key === "ArrowLeft") all[(at + (event.key === "ArrowRight" ? step : -step) + all.length) % all.length]?.focus();
        else if (event.key === "Home") all[0]?.focus();
        else if (event.key === "End") all.at(-1)?.focus();
        else if (event.key === "Escape") leave();
        else return;
        event.preventDefault();
        event.stopPropagation();
    });
}
