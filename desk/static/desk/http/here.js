/** Who else is here: what this person does, for the server, and what others do, as text. */

/** The part of the page by the names of its fields, as `articles.choices.Doing`. @type {[RegExp, string][]} */
const PARTS = [
    [/^(rating|summary|explanation_html)$/, "verdict"],
    [/^(evidence|stance|quote|source)/, "evidence"],
    [/^(replies|asked|answer)/, "replies"],
    [/^(text|exact)$/, "statement"],
];

/** What this person does. A part of the page can say it with `data-doing`. @returns {string} */
export function doing() {
    const field = document.activeElement;
    if (!(field instanceof HTMLElement) || !field.matches("input, textarea, select, [contenteditable]")) return "reading";
    const named = field.closest("[data-doing]");
    if (named instanceof HTMLElement && named.dataset.doing) return named.dataset.doing;
    if (field.dataset.mentions) return "comment";
    if (field.isContentEditable) return "verdict";
    const name = field.getAttribute("name") ?? "";
    return PARTS.find(([pattern]) => pattern.test(name))?.[1] ?? "editing";
}

/** Show what others do; it is read out once when it changes. @param {string[]} sentences */
export function showOthers(sentences) {
    const place = document.getElementById("desk-here"), words = sentences.join(" · ");
    if (place && place.textContent !== words) place.textContent = words;
}
