/** The form of a picture in the explanation: a file, what it shows, who made it. The file is kept at once; the words are saved with the text. */
import { Refused, upload } from "../http/api.js";
import { find, h } from "../http/elements.js";

/** @typedef {{src: string, alt: string, width: number, height: number, credit: string}} Picture */

/**
 * @param {Picture|null} picture null for a new one
 * @param {{words: Record<string, string>, address: string, done: (picture: Picture|null) => void}} given `address` keeps files
 */
export function editPicture(picture, { words, address, done }) {
    const say = (/** @type {string} */ name) => words[name] ?? "";
    const error = h("p", { class: "explanation-error", role: "alert" });
    const file = h("input", { name: "file", type: "file", accept: "image/jpeg,image/png,image/webp,image/avif,image/gif" });
    const line = (/** @type {string} */ name, /** @type {number} */ most, /** @type {string} */ value) => h("label", {}, say(`picture_${name}`),
        h("input", { name, type: "text", maxlength: most, value, dir: "auto", autocomplete: "off" }));
    const button = h("button", { type: "button", class: "desk-button desk-button-primary", onclick: () => confirm() }, say("picture_done"));
    const dialog = h("dialog", { class: "explanation-chart-form", "aria-labelledby": "explanation-picture-title" },
        h("form", { method: "dialog" }, h("h2", { id: "explanation-picture-title" }, say("picture")),
            picture ? null : h("label", {}, say("picture_file"), file),
            line("alt", 300, picture?.alt ?? ""), line("credit", 200, picture?.credit ?? ""), error,
            h("div", { class: "explanation-box-acts" }, button,
                h("button", { type: "button", class: "desk-button", onclick: () => leave(null) }, say("cancel")))));
    const field = (/** @type {string} */ name) => find(dialog, `[name=${name}]`, HTMLInputElement);

    async function confirm() {
        const alt = field("alt").value.trim(), credit = field("credit").value.trim(), [chosen] = file.files ?? [];
        const wrong = !picture && !chosen ? "file" : !alt ? "alt" : !credit ? "credit" : "";
        error.textContent = wrong && say(`picture_no_${wrong}`);
        if (wrong) { field(wrong).focus(); return; }
        if (picture) { leave({ ...picture, alt, credit }); return; }
        button.disabled = true;
        error.textContent = say("picture_sending");
        try {
            const data = new FormData();
            data.set("file", chosen);
            const { data: kept } = await upload(address, data, () => {});
            leave({ ...kept, alt, credit });
        } catch (refused) {
            error.textContent = refused instanceof Refused || refused instanceof Error ? refused.message : String(refused);
            button.disabled = false;
            file.focus();
        }
    }
    function leave(/** @type {Picture|null} */ given) { dialog.remove(); done(given); }

    dialog.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.type === "text") { event.preventDefault(); confirm(); }
    });
    dialog.addEventListener("cancel", () => leave(null));
    document.body.append(dialog);
    dialog.showModal();
}
