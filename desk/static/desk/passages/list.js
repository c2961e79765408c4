/** The claims of the article beside its text. The open one has its facts, its replies and the work panel. */
import { byId, h } from "../http/elements.js";
import { gettext, ngettext } from "../http/texts.js";

/** The classes of a claim's highlight: colour by rating (or stage, before there is one), line by stage. @param {Server.Claim} claim */
export function highlightClasses(claim) {
    const tone = claim.rating.tone ? `desk-rating-${claim.rating.tone}` : `desk-${claim.stage.tone}`;
    return `${tone} mark-stage-${claim.stage.key}`;
}

export class ClaimList {
    /** @param {HTMLElement} root @param {{open: (id: string) => void}} handlers */
    constructor(root, handlers) {
        this.root = root;
        this.handlers = handlers;
        this.panels = byId("mark-panels-claim");
        /** The id of the open claim. @type {string|null} */
        this.current = null;
        /** The open claim, drawn. @type {HTMLElement|null} */
        this.detail = null;
        /** The ids of the claims of this text, in the order of the list. @type {string[]} */
        this.order = [];
    }

    /**
     * Draw the claims.
     * @param {Server.Claim[]} claims @param {number} text the number of the version on the screen
     * @param {OutboxEntry[]} waiting claims that are not sent yet
     */
    show(claims, text, waiting) {
        const hadFocus = document.activeElement?.closest("[data-claim]")?.getAttribute("data-claim");
        const { activeElement } = document;
        const isInDetail = [this.detail, this.panels].some((part) => part?.contains(activeElement));
        const inDetail = isInDetail && activeElement instanceof HTMLElement ? activeElement : null;
        const here = claims.filter((claim) => claim.passages.some((mark) => mark.text === text));
        const elsewhere = claims.filter((claim) => !here.includes(claim));
        this.order = here.map((claim) => claim.id);
        const held = this.#held();
        const rows = here.map((claim, i) => (held && claim.id === this.current ? this.#renewed(held, claim, i + 1) : this.#row(claim, i + 1)));
        replaceAround(this.root, [...rows, ...waiting.map((entry) => this.#waiting(entry))], held);
        if (!rows.length && !waiting.length) {
            this.root.append(h("li", { class: "desk-empty mark-none" },
                gettext("No claim yet. Read on with ↓ and press m at a statement that can be checked, or take one of the suggestions: g.")));
        }
        const older = byId("mark-elsewhere");
        older.replaceChildren(...(elsewhere.length ? [this.#elsewhere(elsewhere)] : []));
        if (held) return;
        if (inDetail) inDetail.focus();
        else if (hadFocus) this.row(hadFocus)?.focus();
    }

    /** The item of the open claim, when somebody is in one of its fields: it stays where it is. @returns {Element|null} */
    #held() {
        const item = this.isInField ? document.activeElement?.closest("li[data-claim]") ?? null : null;
        return item?.getAttribute("data-claim") === this.current ? item : null;
    }

    /** Whether somebody is in a field of the open claim, which drawing it anew would disturb. */
    get isInField() {
        const field = document.activeElement?.closest("input, textarea, select, [contenteditable]");
        return Boolean(field && [this.root, this.panels].some((part) => part.contains(field)));
    }

    /** The item with a new row above the fields that somebody is in. @param {Element} item @param {Server.Claim} claim @param {number} number */
    #renewed(item, claim, number) {
        item.querySelector(".mark-row")?.replaceWith(this.#button(claim, number));
        const old = item.querySelector(":scope > .mark-detail");
        if (this.detail && old !== this.detail) {
            if (old) old.replaceWith(this.detail);
            else item.append(this.detail);
        }
        return item;
    }

    /** @param {Server.Claim} claim @param {number} number */
    #button(claim, number) {
        const isOpen = claim.id === this.current;
        return h("button", {
            type: "button", class: "mark-row", "aria-expanded": String(isOpen),
            onclick: () => this.handlers.open(claim.id),
        },
        h("span", { class: `mark-number ${highlightClasses(claim)}`, "aria-hidden": "true" }, String(number)),
        h("span", { class: "mark-row-text" },
            h("span", { class: "mark-statement", dir: "auto" }, claim.fields.text),
            h("span", { class: "desk-quiet" }, claim.fields.claimant || (claim.fields.is_unattributed ? gettext("Unattributed") : gettext("Nobody named yet")))),
        h("span", { class: "mark-badges" },
            h("span", { class: `desk-badge desk-${claim.stage.tone}` }, claim.stage.label),
            claim.rating.label && h("span", { class: `desk-badge desk-rating-${claim.rating.tone}` },
                h("span", { "aria-hidden": "true" }, `${claim.rating.sign} `), claim.rating.label)));
    }

    /** @param {Server.Claim} claim @param {number} number */
    #row(claim, number) {
        const isOpen = claim.id === this.current;
        const item = h("li", { "data-claim": claim.id, id: `claim-${claim.id}`, class: isOpen ? "mark-open" : null }, this.#button(claim, number));
        if (isOpen && this.detail) item.append(this.detail);
        return item;
    }

    /** @param {OutboxEntry} entry */
    #waiting(entry) {
        return h("li", { class: "mark-waiting" }, h("span", { class: "mark-number" }, "…"),
            h("span", { class: "mark-row-text" }, h("span", { class: "mark-statement", dir: "auto" }, entry.body.text),
                h("span", { class: "desk-quiet" }, gettext("Not sent yet. It is kept here and sent again."))));
    }

    /** @param {Server.Claim[]} claims */
    #elsewhere(claims) {
        const texts = [...new Set(claims.map((claim) => claim.passages[0].text))];
        return h("details", { class: "desk-card mark-elsewhere" },
            h("summary", {}, ngettext("%(count)s more in other texts of this article", "%(count)s more in other texts of this article", claims.length)),
            ...texts.map((number) => h("div", {},
                h("p", {}, h("a", { class: "desk-link", href: `?text=${number}` }, gettext("Text %(number)s", { number }))),
                h("ul", {}, ...claims.filter((claim) => claim.passages[0].text === number).map((claim) =>
                    h("li", {}, h("a", { class: "desk-link", href: `?text=${number}#claim-${claim.id}` }, claim.fields.text)))))));
    }

    /** The row of a claim. @param {string|null|undefined} id @returns {HTMLElement|null} */
    row(id) { return this.root.querySelector(`[data-claim="${id}"] > .mark-row`); }

    /** The id of the claim after (1) or before (-1) the open one. @param {number} direction @returns {string|undefined} */
    next(direction) {
        const at = this.current === null ? -1 : this.order.indexOf(this.current);
        if (at < 0) return direction > 0 ? this.order[0] : this.order.at(-1);
        return this.order[(at + direction + this.order.length) % this.order.length];
    }
}

/** Put `items` into `list`; the one that is held is not moved. @param {HTMLElement} list @param {Element[]} items @param {Element|null} held */
function replaceAround(list, items, held) {
    const at = held ? items.indexOf(held) : -1;
    if (!held || at < 0) {
        list.replaceChildren(...items);
        return;
    }
    for (const item of [...list.children]) if (item !== held) item.remove();
    held.before(...items.slice(0, at));
    held.after(...items.slice(at + 1));
}

/**
 * @typedef {{edit: (field?: string) => void, toText: () => void, takeBack: () => void,
 *            reply: (reply: Server.Reply|null) => void}} Acts
 */

/** The open claim. @param {Server.Claim} claim @param {Acts} acts */
export function detail(claim, acts) {
    /** @param {string} label @param {() => void} run */
    const button = (label, run, extra = {}) => h("button", { type: "button", class: "desk-button", onclick: run, ...extra }, label);
    return h("div", { class: "mark-detail" },
        h("div", { class: "desk-actions" },
            button(gettext("Show in the text"), acts.toText, { "aria-keyshortcuts": "o" }),
            claim.may_edit && button(gettext("Edit"), () => acts.edit(), { "aria-keyshortcuts": "e" }),
            claim.may_take_back && button(gettext("Undo"), acts.takeBack, { "aria-keyshortcuts": "u" }),
            h("a", { class: "desk-button", href: claim.page }, gettext("Open the claim"))),
        claim.closed && h("p", { class: "desk-note" }, claim.closed),
        h("p", { class: "mark-facts desk-quiet" }, [
            claim.fields.claimed_on && gettext("Said on %(claimed_on)s", { claimed_on: claim.fields.claimed_on }),
            claim.passages[0]?.locator && gettext("Place: %(locator)s", { locator: claim.passages[0].locator }),
            claim.fields.topics && gettext("Topics: %(topics)s", { topics: claim.fields.topics }),
            claim.assignee ? gettext("Assigned to %(name)s", { name: claim.assignee }) : gettext("Unassigned"),
            gettext("Entered by %(by)s", { by: claim.by }),
        ].filter(Boolean).join(" · ")),
        h("p", { class: "mark-why" }, h("strong", {}, gettext("Why this claim:") + " "),
            claim.fields.why_chosen || h("span", { class: "desk-quiet" }, gettext("nothing written yet")),
            claim.may_edit && [" ", link(claim.fields.why_chosen ? gettext("change") : gettext("write it"), () => acts.edit("why_chosen"))]),
        replies(claim, acts));
}

/** @param {Server.Claim} claim @param {Acts} acts */
function replies(claim, acts) {
    return h("div", { class: "mark-replies" }, h("h3", {}, gettext("Right of reply")),
        !claim.replies.length && h("p", { class: "desk-quiet" }, gettext("Nobody was asked yet.")),
        ...claim.replies.map((reply) => h("div", { class: "mark-reply" },
            h("p", {}, h("strong", {}, reply.asked), " " + gettext("asked %(asked_on)s, %(means_label)s", { asked_on: reply.asked_on, means_label: reply.means_label.toLowerCase() }),
                claim.may_edit && [" ", link(gettext("change"), () => acts.reply(reply))]),
            reply.answer ? h("blockquote", {}, reply.answer, reply.answered_on && h("span", { class: "desk-quiet" }, ` (${reply.answered_on})`))
                : h("p", { class: "desk-quiet" }, gettext("No answer yet.")))),
        claim.may_edit && h("button", { type: "button", class: "desk-button", onclick: () => acts.reply(null) }, gettext("Add a request for a reply")));
}

/** @param {string} label @param {() => void} run */
const link = (label, run) => h("button", { type: "button", class: "desk-link mark-link", onclick: run }, label);
