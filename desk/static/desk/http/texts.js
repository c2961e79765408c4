/** Texts of scripts in the language of the page. The page loads the catalogue first (desk.http.texts); English has none. */

/** @typedef {Record<string, unknown>} Values */

/**
 * A text in the language of the page.
 * @param {string} text in English; `%(name)s` stands for the value of that name
 * @param {Values} [values]
 */
export function gettext(text, values = {}) {
    const known = globalThis.deskTexts?.catalog[text];
    return fill(typeof known === "string" ? known : text, values);
}

/**
 * The form of a text that goes with a number; `%(count)s` stands for the number.
 * @param {string} one @param {string} many @param {number} count @param {Values} [values]
 */
export function ngettext(one, many, count, values = {}) {
    const texts = globalThis.deskTexts, forms = texts?.catalog[one];
    const found = texts && Array.isArray(forms) ? forms[texts.plural(count)] : undefined;
    return fill(found ?? (count === 1 ? one : many), { count, ...values });
}

/** @param {string} text @param {Values} values */
function fill(text, values) {
    return text.replace(/%\((\w+)\)s|%%/g, (_found, name) => (name ? String(values[name] ?? "") : "%"));
}
