/** The window with all filters. Its values are asked for when it is opened first. */
import { ask } from "../http/api.js";
import { byId, h } from "../http/elements.js";

/** @param {Lists.Settings} settings */
export async function openFilters(settings) {
    const dialog = byId("filter-dialog", HTMLDialogElement);
    const form = byId("filter-form", HTMLFormElement);
    dialog.showModal();
    if (form.childElementCount > 1) return;
    form.replaceChildren(h("p", { role: "status" }, settings.words.loading));
    try {
        const { data } = await ask(`${settings.addresses.list_filters}?${new URLSearchParams(settings.query)}`);
        draw(form, data.filters, settings);
        form.querySelector("select")?.focus();
    } catch {
        form.replaceChildren(h("p", { role: "alert" }, settings.words.unreached));
    }
}

/** @param {HTMLFormElement} form @param {Lists.Filter[]} filters @param {Lists.Settings} settings */
function draw(form, filters, settings) {
    const { words, query } = settings;
    const kept = ["q", "sort"].filter((name) => query[name]);
    form.replaceChildren(
        ...kept.map((name) => h("input", { type: "hidden", name, value: query[name] })),
        h("div", { class: "desk-filter-grid" }, ...filters.map((one) => h("label", {}, one.label, one.is_typed ? typed(one, words) : closed(one, words)))),
        h("p", { class: "desk-actions" },
            h("button", { type: "submit", class: "desk-button desk-button-primary" }, words.apply_filters),
            h("button", { type: "button", class: "desk-button", "data-closes": true }, words.cancel)),
    );
    form.addEventListener("submit", () => leaveOutEmpty(form));
    form.addEventListener("keydown", (event) => { // Enter in a list of values shows the claims, as it does in a field
        if (event.key !== "Enter" || !(event.target instanceof HTMLSelectElement)) return;
        event.preventDefault();
        form.requestSubmit();
    });
}

/** @param {Lists.Filter} one @param {Record<string, string>} words */
function closed(one, words) {
    const isAll = one.key === "stage";
    return h("select", { name: one.key },
        !isAll && h("option", { value: "" }, words.any),
        ...one.options.map(([value, name]) => h("option", { value, selected: value === (one.value || (isAll ? "all" : "")) }, name)));
}

/** @param {Lists.Filter} one @param {Record<string, string>} words */
function typed(one, words) {
    const list = `filter-list-${one.key}`;
    const field = h("input", { type: "text", name: one.key, list, value: one.value, maxlength: 200, dir: "auto", placeholder: words.typed, autocomplete: "off" });
    return [field, h("datalist", { id: list }, ...one.options.map(([value]) => h("option", { value })))];
}

/** Fields without a value are no part of the address. @param {HTMLFormElement} form */
function leaveOutEmpty(form) {
    const fields = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...form.elements]);
    const filled = fields.filter((field) => field.name && field.value && !(field.name === "stage" && field.value === "all"));
    for (const field of fields) {
        if (field.name && !field.value) field.disabled = true;
        if (field.name === "stage" && field.value === "all" && filled.length) field.disabled = true;
    }
}
