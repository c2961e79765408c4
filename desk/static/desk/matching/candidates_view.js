/** Drawing similar claims: the statement with the words in common marked, stage, verdict, date, and what can be done. */
import { h } from "../http/elements.js";
import { gettext } from "../http/texts.js";

/** The claim's text with the words in common marked. @param {string} text @param {string[]} common */
function marked(text, common) {
    const wanted = new Set(common.map((word) => word.toLowerCase()));
    return text.split(/([\p{L}\p{N}][\p{L}\p{N}.,’'-]*[\p{L}\p{N}]|[\p{L}\p{N}])/u)
        .map((part) => (wanted.has(part.toLowerCase()) ? h("mark", { class: "mark-common" }, part) : part));
}

/**
 * One similar claim.
 * @param {Server.Candidate & {isCurrent: boolean}} claim
 * @param {{choose: (id: string) => void, markDuplicate: ((claim: Server.Candidate) => void)|null}} acts
 */
export function row(claim, acts) {
    const about = [claim.claimant, claim.checked_on && gettext("checked %(checked_on)s", { checked_on: claim.checked_on })].filter(Boolean);
    const { markDuplicate } = acts;
    /** @param {string} address @param {string} label */
    const link = (address, label) => h("a", { class: "desk-link", href: address, target: "_blank" }, label);
    return h("li", { id: `mark-candidate-${claim.id}`, class: `mark-candidate${claim.isCurrent ? " mark-candidate-current" : ""}`, onmouseenter: () => acts.choose(claim.id) },
        h("p", { class: "mark-candidate-text", lang: claim.language, dir: claim.direction }, ...marked(claim.text, claim.common)),
        h("p", { class: "mark-candidate-about" },
            h("span", { class: `desk-badge desk-rating-${claim.rating_tone || "open"}` },
                claim.rating_sign && h("span", { "aria-hidden": "true" }, `${claim.rating_sign} `), claim.verdict),
            h("span", { class: `desk-badge desk-${claim.stage_tone}` }, claim.stage_label),
            h("span", { class: "desk-quiet" }, ...about.flatMap((fact, at) => [at > 0 && " · ", h("bdi", {}, fact)]))),
        h("p", { class: "desk-similar-acts" },
            markDuplicate && h("button", { type: "button", class: "desk-link mark-link", onclick: () => markDuplicate(claim),
                title: claim.is_open ? gettext("The passage is marked on that claim at once") : gettext("That claim is settled: the passage waits there until it is checked again") },
            gettext("The same: mark it there"), ...(claim.isCurrent ? [" ", h("kbd", {}, "Alt ⏎")] : [])),
            claim.repeat_url && h("a", { class: "desk-link", href: claim.repeat_url }, gettext("Mark this one as its duplicate")),
            link(claim.url, gettext("Open")), claim.public_url && link(claim.public_url, gettext("Public page"))));
}
