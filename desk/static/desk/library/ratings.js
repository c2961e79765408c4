/** The page of ratings: shows a rating as readers will see it while it is typed, counts letters, proposes a key. */
import { find, findAll } from "../http/elements.js";

const form = document.querySelector("[data-wording]");
const preview = document.querySelector("[data-preview]");
if (form instanceof HTMLFormElement && preview instanceof HTMLElement) {
    const label = find(form, "[name=label]", HTMLInputElement);
    const definition = find(form, "[name=definition]", HTMLTextAreaElement);
    const number = find(form, "[name=value]", HTMLSelectElement);
    const paper = find(preview, "[data-tone]");
    const verdict = find(preview, ".verdict");
    const score = find(preview, "[data-number]");
    const pattern = score.dataset.of ?? "";
    const unnamed = find(preview, "[data-label]").textContent ?? "";
    const key = form.querySelector("[name=key]");
    let isOurs = key instanceof HTMLInputElement && key.value === "";

    if (key instanceof HTMLInputElement) key.addEventListener("input", () => { isOurs = key.value === ""; });
    form.addEventListener("input", draw);
    draw();

    function draw() {
        const said = label.value.trim() || unnamed;
        const tone = find(/** @type {HTMLElement} */ (form), "[name=tone]:checked", HTMLInputElement).value;
        for (const place of findAll(/** @type {HTMLElement} */ (preview), "[data-label]")) place.textContent = said;
        const word = verdict.querySelector("span");
        if (word) word.textContent = said;
        paper.className = `scale-paper tone-${tone}`;
        verdict.className = `verdict tone-${tone} large`;
        const sign = form?.querySelector(`[data-sign="${tone}"] svg`);
        for (const place of findAll(/** @type {HTMLElement} */ (preview), ".sign")) if (sign) place.replaceWith(sign.cloneNode(true));
        find(/** @type {HTMLElement} */ (preview), "[data-definition]").textContent = definition.value;
        score.textContent = number.value ? pattern.replace("NUMBER", number.value) : "";
        for (const count of findAll(/** @type {HTMLElement} */ (form), "[data-count]")) {
            count.textContent = `${[...definition.value.trim()].length} / ${count.dataset.count}`;
        }
        if (isOurs && key instanceof HTMLInputElement) key.value = proposed(label.value);
    }
}

/**
 * A key made of a label: letters without accents, digits and _. Empty for another script.
 * @param {string} words @returns {string}
 */
function proposed(words) {
    const plain = words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    return plain.replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "").slice(0, 40);
}
