/** The form of a picture in the explanation: a file or a kept copy, what it shows, who made it. The picture is kept at once; the words are saved with the text. */
import { Refused, ask, upload } from "../http/api.js";
import { find, h } from "../http/elements.js";
import { fileFault } from "../pictures/picture_file.js";

/** @typedef {{src: string, alt: string, width: number, height: number, credit: string}} Picture */
/** @typedef {{id: number, name: string, alt: string, credit: string}} Capture */

const FIELDS = ["file", "capture", "alt", "credit"];

/**
 * @param {Picture|null} picture null for a new one
 * @param {{words: Record<string, string>, address: string, limit: number, done: (picture: Picture|null) => void}} given `address` keeps pictures, files up to `limit` bytes
 */
export function editPicture(picture, { words, address, limit, done }) {
    const say = (/** @type {string} */ name) => words[name] ?? "";
    const file = h("input", { name: "file", type: "file", accept: "image/jpeg,image/png,image/webp,image/avif,image/gif" });
    const copies = h("select", { name: "capture" }, h("option", { value: "" }, say("picture_no_copy")));
    const text = (/** @type {string} */ name, /** @type {number} */ most, /** @type {string} */ value) =>
        h("input", { name, type: "text", maxlength: most, value, dir: "auto", autocomplete: "off" });
    /** A field with its label above and what is wrong with it below. @param {string} name @param {HTMLElement} input */
    const field = (name, input) => {
        input.id = `explanation-picture-${name}`;
        input.setAttribute("aria-describedby", `${input.id}-error`);
        return h("div", { class: "explanation-field" }, h("label", { for: input.id }, say(`picture_${name}`)), input,
            h("p", { id: `${input.id}-error`, class: "explanation-error", role: "alert" }));
    };
    const copiesField = field("capture", copies);
    copiesField.hidden = true;
    const status = h("p", { class: "explanation-error", role: "alert" });
    const button = h("button", { type: "button", class: "desk-button desk-button-primary", onclick: () => confirm() }, say("picture_done"));
    const dialog = h("dialog", { class: "explanation-chart-form", "aria-labelledby": "explanation-picture-title" },
        h("form", { method: "dialog" }, h("h2", { id: "explanation-picture-title" }, say("picture")),
            picture ? null : field("file", file), picture ? null : copiesField,
            field("alt", text("alt", 300, picture?.alt ?? "")), field("credit", text("credit", 200, picture?.credit ?? "")), status,
            h("div", { class: "explanation-box-acts" }, button,
                h("button", { type: "button", class: "desk-button", onclick: () => leave(null) }, say("cancel")))));
    const named = (/** @type {string} */ name) => /** @type {HTMLInputElement|null} */ (dialog.querySelector(`[name=${name}]`));
    const typed = (/** @type {string} */ name) => find(dialog, `[name=${name}]`, HTMLInputElement).value.trim();

    /** Say what is wrong beside each field; true where that is anything. @param {Record<string, string>} wrong */
    function showFaults(wrong) {
        for (const name of FIELDS) {
            const input = named(name), place = dialog.querySelector(`#explanation-picture-${name}-error`);
            if (!input || !place) continue;
            place.textContent = wrong[name] ?? "";
            if (wrong[name]) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
        }
        const first = FIELDS.find((name) => wrong[name] && named(name));
        if (first) named(first)?.focus();
        return first !== undefined;
    }

    /** @returns {Record<string, string>} */
    function faults() {
        const [chosen] = file.files ?? [];
        const isMissing = !picture && !chosen && !copies.value;
        return {
            file: isMissing ? say("picture_no_file") : chosen && !copies.value ? fileFault(chosen, limit) : "",
            alt: typed("alt") ? "" : say("picture_no_alt"), credit: typed("credit") ? "" : say("picture_no_credit"),
        };
    }

    async function confirm() {
        status.textContent = "";
        if (showFaults(faults()) || button.disabled) return;
        if (picture) { leave({ ...picture, alt: typed("alt"), credit: typed("credit") }); return; }
        button.disabled = true;
        status.textContent = say("picture_sending");
        try {
            const kept = await send();
            leave({ src: kept.src, width: kept.width, height: kept.height, alt: typed("alt"), credit: typed("credit") });
        } catch (refused) {
            const found = refused instanceof Refused ? refused.errors : {};
            const isShown = showFaults(Object.fromEntries(FIELDS.map((name) => [name, found[name]?.join(" ") ?? ""])));
            status.textContent = isShown ? "" : refused instanceof Error ? refused.message : String(refused);
            button.disabled = false;
        }
    }

    async function send() {
        if (copies.value) return (await ask(address, { method: "POST", body: { capture: Number(copies.value) }, patience: 60_000 })).data;
        const data = new FormData();
        data.set("file", /** @type {File} */ (file.files?.[0]));
        return (await upload(address, data, () => {})).data;
    }

    /** Offer the kept copies of the evidence; where they do not come, a file can be chosen all the same. */
    async function offerCopies() {
        try {
            /** @type {Capture[]} */
            const found = (await ask(address)).data.captures;
            for (const one of found) copies.append(h("option", { value: String(one.id), dir: "auto" }, one.name));
            copiesField.hidden = !found.length;
            copies.addEventListener("change", () => propose(found.find((one) => String(one.id) === copies.value)));
        } catch { /* A file can be chosen all the same. */ }
    }

    /** Words to start from, where nothing is typed or the proposal of another copy stands. @type {Record<string, string>} */
    const proposed = {};
    function propose(/** @type {Capture|undefined} */ copy) {
        for (const name of /** @type {("alt"|"credit")[]} */ (["alt", "credit"])) {
            const input = named(name), given = copy?.[name] ?? "";
            if (input && (!input.value.trim() || input.value === proposed[name])) input.value = given;
            proposed[name] = given;
        }
        showFaults({});
    }
    function leave(/** @type {Picture|null} */ given) { dialog.remove(); done(given); }

    dialog.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.type === "text") { event.preventDefault(); confirm(); }
    });
    // A chooser of files that is closed without a choice says "cancel", too.
    dialog.addEventListener("cancel", (event) => { if (event.target === dialog) leave(null); });
    document.body.append(dialog);
    dialog.showModal();
    if (!picture) offerCopies();
}
