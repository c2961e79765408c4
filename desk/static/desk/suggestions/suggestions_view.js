/** How suggestions look: rows with their reasons, what does not agree, what was dismissed. Draws, and knows no acts. */
import { h } from "../http/elements.js";

/**
 * One suggestion.
 * @param {any} item as the server describes it, with `words`, `isCurrent`, `isMerged`, `gone`, `flags`, `mayEdit`
 * @param {{language: string, direction: string}} text
 * @param {{choose: Function, accept: Function, open: Function, dismiss: Function}} acts each is given the key
 */
export function row(item, text, acts) {
    const small = (sign, label, run) => h("button", { type: "button", class: "desk-button mark-small", tabindex: "-1", title: label,
        "aria-label": label, onclick: (event) => { event.stopPropagation(); run(item.key); } }, sign);
    return h("li", { class: `mark-suggestion${item.gone ? " mark-gone" : ""}`, tabindex: item.isCurrent ? "0" : "-1",
        "data-suggestion": item.key, onfocus: () => acts.choose(item.key), ondblclick: () => acts.open(item.key) },
    h("div", { class: "mark-row-text" },
        h("p", { class: "mark-suggestion-text", lang: text.language, dir: text.direction }, item.words),
        h("ul", { class: "desk-why", "aria-label": "Why" }, ...item.reasons.map((reason) => h("li", {}, reason.words)),
            ...item.flags.map((words) => h("li", { class: "mark-why-flag" }, "≠ ", words))),
        item.speaker && h("p", { class: "desk-quiet" }, "Said by ", h("bdi", {}, [item.speaker.name, item.speaker.role].filter(Boolean).join(", ")),
            item.claimed_on && `, ${item.claimed_on}`),
        item.isMerged && h("p", { class: "desk-quiet" }, "Together with what follows. ⇧↑ takes the last sentence off."),
        item.gone && h("p", { class: "desk-note" }, item.gone)),
    item.mayEdit && !item.gone && h("div", { class: "mark-quick" },
        small("✓", "Accept as it stands (a)", acts.accept),
        small("✎", "Accept in the form (Enter)", acts.open),
        small("✕", "Dismiss (d)", acts.dismiss)));
}

/** What does not agree in the text: in words, with each passage to go to. */
export function disagreements(flags, words, go) {
    if (!flags.length) return null;
    return h("details", { class: "desk-card desk-conflict mark-flags", open: true },
        h("summary", {}, flags.length === 1 ? "≠ One thing does not agree in this text" : `≠ ${flags.length} things do not agree in this text`),
        h("ul", { class: "desk-flags" }, ...flags.map((flag) => h("li", {}, h("p", {}, flag.words),
            h("p", { class: "mark-flag-links" }, ...flag.passages.map((passage) => h("button", { type: "button",
                class: "desk-link mark-link", onclick: () => go(passage) }, `“${passage.exact}”`)))))));
}

/** Sentences that are not offered: dismissed ones with their way back, those without a reason, claims. */
export function others({ dismissed, others: plain, marked }, text, acts) {
    const said = (item) => h("bdi", { lang: text.language }, item.exact);
    const button = (label, run) => h("button", { type: "button", class: "desk-button mark-small", onclick: run }, label);
    const fold = (key, title, items, line) => items.length > 0 && h("details", { class: "desk-card", "data-fold": key },
        h("summary", {}, title), h("ul", { class: "desk-plain" }, ...items.map((item) => h("li", {}, ...line(item)))));
    return [
        fold("dismissed", `${dismissed.length} dismissed`, dismissed, (item) => [said(item),
            h("span", { class: "desk-quiet" }, `by ${item.dismissed_by}`), acts.restore && button("Suggest it again", () => acts.restore(item.key))]),
        fold("marked", marked.length === 1 ? "1 is a claim already" : `${marked.length} are claims already`, marked, (item) => [said(item),
            h("button", { type: "button", class: "desk-link mark-link", onclick: () => acts.claim(item.claim.id) }, item.claim.text)]),
        fold("others", `${plain.length} without a reason for checking`, plain, (item) => [said(item),
            acts.open && button("Make it a claim", () => acts.open(item))]),
    ].filter(Boolean);
}
