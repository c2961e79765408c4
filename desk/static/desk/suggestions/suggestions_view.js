/** Drawing suggestions: rows with their reasons, what does not agree in the text, what was dismissed. */
import { h } from "../http/elements.js";
import { gettext, ngettext } from "../http/texts.js";

/**
 * @typedef {Server.Suggestion & {text: string, isCurrent: boolean, isMerged: boolean, mayEdit: boolean, flags: string[]}} Shown
 * @typedef {Record<"choose"|"accept"|"open"|"dismiss", (key: string) => void>} Actions
 */

/** One suggestion. @param {Shown} item @param {string} language of the text @param {Actions} acts each is given the key */
export function row(item, language, acts) {
    /** @param {string} sign @param {string} label @param {(key: string) => void} run */
    const small = (sign, label, run) => h("button", { type: "button", class: "desk-button mark-small", tabindex: "-1", title: label,
        "aria-label": label, onclick: (/** @type {MouseEvent} */ event) => { event.stopPropagation(); run(item.key); } }, sign);
    return h("li", { class: `mark-suggestion${item.gone ? " mark-gone" : ""}`, tabindex: item.isCurrent ? "0" : "-1",
        "data-suggestion": item.key, onfocus: () => acts.choose(item.key), ondblclick: () => acts.open(item.key) },
    h("div", { class: "mark-row-text" },
        h("p", { class: "mark-suggestion-text", lang: language, dir: "auto" }, item.text),
        h("ul", { class: "desk-why", "aria-label": gettext("Why") }, ...item.reasons.map((reason) => h("li", {}, reason.text)),
            ...item.flags.map((flag) => h("li", { class: "mark-why-flag" }, "≠ ", flag))),
        item.speaker && h("p", { class: "desk-quiet" }, gettext("Said by") + " ", h("bdi", {}, [item.speaker.name, item.speaker.role].filter(Boolean).join(", ")),
            item.claimed_on && `, ${item.claimed_on}`),
        item.isMerged && h("p", { class: "desk-quiet" }, gettext("Together with what follows. ⇧↑ takes the last sentence off.")),
        item.gone && h("p", { class: "desk-note" }, item.gone)),
    item.mayEdit && !item.gone && h("div", { class: "mark-quick" },
        small("✓", gettext("Accept as it stands (a)"), acts.accept),
        small("✎", gettext("Accept in the form (Enter)"), acts.open),
        small("✕", gettext("Dismiss (d)"), acts.dismiss)));
}

/**
 * What does not agree in the text, with a button for each passage.
 * @param {Server.Disagreement[]} flags @param {(passage: Stretch) => void} go
 */
export function disagreements(flags, go) {
    if (!flags.length) return null;
    return h("details", { class: "desk-card desk-conflict mark-flags", open: true },
        h("summary", {}, ngettext("≠ %(count)s thing does not agree in this text", "≠ %(count)s things do not agree in this text", flags.length)),
        h("ul", { class: "desk-flags" }, ...flags.map((flag) => h("li", {}, h("p", {}, flag.text),
            h("p", { class: "mark-flag-links" }, ...flag.passages.map((passage) => h("button", { type: "button",
                class: "desk-link mark-link", onclick: () => go(passage) }, `“${passage.exact}”`)))))));
}

/**
 * Sentences that are not suggested: dismissed ones, those that are claims already, those without a reason.
 * @param {Server.Listing} listing
 * @param {{restore: false|((key: string) => void), claim: (id: string) => void, open: false|((item: Server.Suggestion) => void)}} acts
 */
export function others({ article, dismissed, others: plain, marked }, acts) {
    const { restore, open } = acts;
    /** @param {Server.Suggestion} item */
    const sentence = (item) => h("bdi", { lang: article.language }, item.exact);
    /** @param {string} label @param {() => void} run */
    const button = (label, run) => h("button", { type: "button", class: "desk-button mark-small", onclick: run }, label);
    /** @template {Server.Suggestion} S @param {string} key @param {string} title @param {S[]} items @param {(item: S) => Child[]} line */
    const fold = (key, title, items, line) => (items.length === 0 ? null : h("details", { class: "desk-card", "data-fold": key },
        h("summary", {}, title), h("ul", { class: "desk-plain" }, ...items.map((item) => h("li", {}, ...line(item))))));
    return [
        fold("dismissed", ngettext("%(count)s dismissed", "%(count)s dismissed", dismissed.length), dismissed, (item) => [sentence(item),
            h("span", { class: "desk-quiet" }, gettext("by %(name)s", { name: item.dismissed_by })), restore && button(gettext("Suggest it again"), () => restore(item.key))]),
        fold("marked", ngettext("%(count)s is a claim already", "%(count)s are claims already", marked.length), marked, (item) => [sentence(item),
            h("button", { type: "button", class: "desk-link mark-link", onclick: () => acts.claim(item.claim.id) }, item.claim.text)]),
        fold("others", ngettext("%(count)s without a reason for checking", "%(count)s without a reason for checking", plain.length), plain, (item) => [sentence(item),
            open && button(gettext("Make it a claim"), () => open(item))]),
    ].filter((part) => part !== null);
}
