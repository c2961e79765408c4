/** A small form near the words that it is about. Enter confirms, Escape leaves; both lead back into the text. */
import { h } from "../http/elements.js";

/** @type {HTMLElement|null} */
let open = null;

/**
 * Put an element below the selection of an editor, within its frame.
 * @param {any} editor @param {HTMLElement} element
 */
export function placeNear(editor, element) {
    const frame = editor.view.dom.closest(".prose-editor");
    frame.append(element);
    const around = frame.getBoundingClientRect(), at = editor.view.coordsAtPos(editor.state.selection.from);
    const isRtl = getComputedStyle(frame).direction === "rtl";
    const widest = Math.max(0, around.width - element.offsetWidth);
    const wanted = (isRtl ? at.right - element.offsetWidth : at.left) - around.left;
    element.style.insetBlockStart = `${Math.round(at.bottom - around.top + 6)}px`;
    element.style.left = `${Math.round(Math.max(0, Math.min(wanted, widest)))}px`;
    element.scrollIntoView({ block: "nearest" });
}

/** Close what is open. */
export function closeBox() {
    open?.remove();
    open = null;
}

/**
 * Ask for one line.
 * @param {any} editor
 * @param {{label: string, value: string, type?: string, confirm: string, remove?: string, check?: (value: string) => string, done: (value: string|null) => void}} asked
 *     `done` gets null for "remove"; `check` says what is wrong with the value
 */
export function askLine(editor, { label, value, type = "text", confirm, remove, check, done }) {
    closeBox();
    const field = h("input", { id: "explanation-box-field", type: "text", inputmode: type, value, dir: "auto", autocomplete: "off", "aria-describedby": "explanation-box-error" });
    const error = h("p", { id: "explanation-box-error", class: "explanation-error", role: "alert" });
    const finish = (/** @type {string|null} */ given) => { closeBox(); done(given); editor.commands.focus(); };
    const submit = () => {
        const wrong = check?.(field.value.trim()) ?? "";
        error.textContent = wrong;
        if (wrong) { field.setAttribute("aria-invalid", "true"); field.focus(); } else finish(field.value.trim());
    };
    const box = h("div", { class: "explanation-box", role: "group", "aria-label": label },
        h("label", { for: field.id }, label), field, error,
        h("div", { class: "explanation-box-acts" },
            h("button", { type: "button", class: "desk-button desk-button-primary", onclick: submit }, confirm),
            remove && h("button", { type: "button", class: "desk-button", onclick: () => finish(null) }, remove)));
    box.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.target === field) submit();
        else if (event.key === "Escape") { closeBox(); editor.commands.focus(); } else if (!((event.ctrlKey || event.metaKey) && event.code === "KeyK")) return;
        event.preventDefault();
        event.stopPropagation();
    });
    box.addEventListener("focusout", (event) => { if (event.relatedTarget instanceof Node && !box.contains(event.relatedTarget)) closeBox(); });
    placeNear(editor, box);
    open = box;
    field.select();
    field.focus();
}

/** @param {HTMLElement} element */
export function openBox(element) { closeBox(); open = element; }
