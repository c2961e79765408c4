/**
 * The panel of suggestions: what may be worth checking, ranked, with reasons; one key per decision. The passage of the current
 * suggestion is under the reading cursor. Decisions of others are shown in place, so that nothing moves while somebody works.
 */
import { byId, find, h } from "../http/elements.js";
import { register } from "../http/panels.js";
import { gettext, ngettext } from "../http/texts.js";
import { bindKeys } from "./suggestions_keys.js";
import { disagreements, others, row } from "./suggestions_view.js";

/**
 * Whether a speaker has a name: "the council" is shown, but the editor has to name it.
 * @param {string} name
 */
const isName = (name) => Boolean(name) && (name !== name.toLowerCase() || name === name.toUpperCase());

/** How many are drawn at a time; more follow as these are decided. */
const SHOWN = 60;

export class SuggestionsPanel {
    /** @param {HTMLElement} root @param {Panels.Desk} desk */
    constructor(root, desk) {
        this.root = root;
        this.desk = desk;
        /** @type {Server.Listing|null} */
        this.listing = null;
        /** The key of the current suggestion. @type {string|null} */
        this.current = null;
        /** The key of the suggestion dismissed last. @type {string|null} */
        this.undo = null;
        /** @type {Promise<unknown>} */
        this.sending = Promise.resolve();
        /** Keys decided here that the listing does not show as decided yet. @type {Set<string>} */
        this.pending = new Set();
        /** By key: where the passage ends when following sentences were added. @type {Map<string, number>} */
        this.extendedEnds = new Map();
        this.address = desk.settings.suggestions;
        root.dataset.keys = "suggestions";
        this.status = h("p", { class: "desk-quiet" }, gettext("Reading the text …"));
        this.flags = h("div");
        this.list = h("ol", { class: "mark-suggestions", "aria-label": gettext("What may be worth checking") });
        this.rest = h("div", { class: "mark-rest" });
        root.append(this.#bar(), this.status, this.flags, this.list, this.rest);
    }

    #bar() {
        /** @param {string} label @param {string} key @param {() => void} run @param {string} title */
        const button = (label, key, run, title) => h("button", { type: "button", class: "desk-button", onclick: run,
            "aria-keyshortcuts": key, title }, `${label} `, h("kbd", {}, key === "Enter" ? "⏎" : key));
        if (!this.desk.settings.may_edit) return h("div");
        return h("div", { class: "mark-tools mark-suggest-tools", role: "toolbar", "aria-label": gettext("The current suggestion") },
            button(gettext("Accept"), "a", () => this.accept(), gettext("As it is, with its speaker")),
            this.desk.settings.publisher && button(gettext("Said by the outlet"), "p", () => this.acceptAsOutlets(), gettext("As it is; %(publisher)s made the claim", { publisher: this.desk.settings.publisher })),
            button(gettext("In the form"), "Enter", () => this.open(), gettext("Prefilled, to edit it first")),
            button(gettext("With the next"), "n", () => this.extend(), gettext("Together with the next sentence")),
            button(gettext("Dismiss"), "d", () => this.dismiss(), gettext("Do not suggest it in this article again")),
            button(gettext("Undo"), "u", () => this.takeBack(), gettext("Undo the last decision")));
    }

    get offered() { return (this.listing?.suggestions ?? []).filter((item) => !this.pending.has(item.key)); }
    get keys() { return [...this.list.querySelectorAll("[data-suggestion]")].map((item) => item.getAttribute("data-suggestion") ?? ""); }
    get isShown() { return this.desk.tabs.shown === "suggestions"; }
    /** @param {string|null} key @returns {HTMLElement|null} */
    element(key) { return this.list.querySelector(`[data-suggestion="${key}"]`); }
    /** @param {string|null} key */
    find(key = this.current) { return this.listing?.suggestions.find((item) => item.key === key); }

    /** The passage of a suggestion, with the sentences that were added to it. @param {Server.Suggestion} item */
    passage(item) { return { start: item.start, end: this.extendedEnds.get(item.key) ?? item.end }; }

    // --- Reading ------------------------------------------------------------------------------------
    /** Read the listing again and draw it; the current suggestion stays where it is. */
    async load() {
        /** @type {Server.Listing} */
        let listing;
        try {
            listing = (await this.desk.ask(this.address)).data;
        } catch (error) {
            if (!this.listing) this.status.textContent = gettext("Suggestions could not be read: %(problem)s", { problem: error instanceof Error ? error.message : error });
            return;
        }
        if (listing.version.number !== this.desk.settings.text) {
            this.status.replaceChildren(gettext("Suggestions are of the newest text of this article.") + " ",
                h("a", { class: "desk-link", href: "?" }, gettext("Read the newest text")));
            return;
        }
        const mine = this.find(), isFirst = !this.listing;
        const decided = new Map(/** @type {[string, string][]} */ ([...listing.dismissed.map((item) => [item.key, gettext("%(name)s has dismissed it.", { name: item.dismissed_by })]),
            ...listing.marked.map((item) => [item.key, gettext("It is a claim now: “%(text)s”.", { text: item.claim.text })])]));
        for (const key of this.pending) if (decided.has(key)) this.pending.delete(key);
        if (this.listing && mine && !this.pending.has(mine.key) && decided.has(mine.key) && this.list.contains(document.activeElement)) {
            listing.suggestions.splice(this.listing.suggestions.indexOf(mine), 0, { ...mine, gone: decided.get(mine.key) });
        }
        this.listing = listing;
        this.desk.flag(listing.disagreements.flatMap((flag) => flag.passages.map((passage) => ({ ...passage, title: flag.text }))));
        this.draw();
        const isInUse = document.activeElement?.closest("#mark-tab-claims, #mark-tabs");
        if (isFirst && listing.suggestions.length && !this.desk.claims().length && !isInUse) this.desk.tabs.show("suggestions");
    }

    draw() {
        if (!this.listing) return;
        const { offered } = this, shown = offered.slice(0, SHOWN), { listing } = this;
        if (!shown.some((item) => item.key === this.current)) this.current = shown[0]?.key ?? null;
        const hadFocus = this.list.contains(document.activeElement), side = byId("mark-side");
        const before = this.element(this.current)?.getBoundingClientRect().top;
        this.status.textContent = summary(listing, offered.length);
        const flags = disagreements(listing.disagreements, (passage) => this.desk.select(passage));
        this.flags.replaceChildren(...(flags ? [flags] : []));
        this.list.replaceChildren(...shown.map((item) => row(this.#shown(item, listing), listing.article.language, {
            choose: (key) => this.choose(key), accept: (key) => this.accept(key), open: (key) => this.open(key), dismiss: (key) => this.dismiss(key),
        })));
        this.#drawRest(listing);
        const left = offered.filter((item) => !item.gone).length;
        this.desk.tabs.count("suggestions", left, listing.disagreements.length ? ` ≠ ${listing.disagreements.length}` : "");
        const now = this.element(this.current);
        if (hadFocus) now?.focus({ preventScroll: true });
        if (before !== undefined && now) side.scrollTop += now.getBoundingClientRect().top - before;
    }

    /** @param {Server.Suggestion} item @param {Server.Listing} listing */
    #shown(item, listing) {
        const passage = this.passage(item);
        /** @param {Stretch} place */
        const touches = (place) => place.start < passage.end && place.end > passage.start;
        return { ...item, text: this.desk.textAt(passage), isCurrent: item.key === this.current, isMerged: passage.end > item.end,
            mayEdit: this.desk.settings.may_edit,
            flags: listing.disagreements.filter((flag) => flag.passages.some(touches)).map((flag) => {
                const elsewhere = flag.passages.filter((place) => !touches(place)).map((place) => `“${place.exact}”`);
                return elsewhere.length ? gettext("does not agree with %(passages)s", { passages: [...new Set(elsewhere)].join(", ") }) : gettext("does not agree with itself");
            }) };
    }

    /** @param {Server.Listing} listing */
    #drawRest(listing) {
        const open = [...this.rest.querySelectorAll("details[open]")].map((fold) => fold.getAttribute("data-fold")), may = this.desk.settings.may_edit;
        this.rest.replaceChildren(...others(listing, {
            restore: may && ((key) => this.restore(key)), claim: (id) => this.desk.open(id),
            open: may && ((item) => this.desk.mark(item, this.#entryOptions(item))),
        }));
        for (const key of open) this.rest.querySelector(`[data-fold="${key}"]`)?.setAttribute("open", "");
    }

    // --- Choosing -----------------------------------------------------------------------------------
    /** Make a suggestion the current one: its passage comes under the reading cursor. @param {string} key */
    choose(key) {
        const item = this.find(key);
        if (!item) return;
        for (const place of this.list.querySelectorAll("[data-suggestion]")) place.setAttribute("tabindex", place.getAttribute("data-suggestion") === key ? "0" : "-1");
        this.current = key;
        this.desk.select(this.passage(item));
    }

    /** Move to the next (1) or the one before (-1). @param {Direction} direction */
    step(direction) {
        const { keys } = this, at = keys.indexOf(this.current ?? "");
        this.focus(keys[Math.min(Math.max(at + direction, 0), keys.length - 1)]);
    }

    /** Focus a suggestion, or the button of the tab when there is none. Returns true. @param {string|null} key */
    focus(key = this.current) {
        this.desk.tabs.show("suggestions");
        const place = this.element(key) ?? this.element(this.keys[0] ?? null);
        (place ?? this.desk.tabs.button("suggestions")).focus({ preventScroll: true });
        place?.scrollIntoView({ block: "nearest" });
        return true;
    }

    /** The next sentence after a suggestion's passage, in the same paragraph. @param {Server.Suggestion} item */
    following(item) {
        if (!this.listing) return undefined;
        const { suggestions, others: plain, marked, dismissed } = this.listing;
        const all = [...suggestions, ...plain, ...marked, ...dismissed];
        const { end } = this.passage(item);
        return all.filter((each) => each.paragraph === item.paragraph && each.start >= end).sort((a, b) => a.start - b.start)[0];
    }

    /** Add the next sentence (1), or go back to one sentence (-1). @param {Direction} direction */
    extend(direction = 1) {
        const item = this.find();
        if (!item || item.gone) return;
        if (direction < 0) this.extendedEnds.delete(item.key);
        else {
            const next = this.following(item);
            if (!next) {
                this.desk.announce(gettext("No sentence follows in this paragraph."), "bad");
                return;
            }
            this.extendedEnds.set(item.key, next.end);
        }
        this.draw();
        this.focus();
        this.choose(item.key);
    }

    // --- Deciding -----------------------------------------------------------------------------------
    /** A suggestion is decided: the next one becomes the current one. @param {string} key */
    #leave(key) {
        const { keys } = this, at = keys.indexOf(key);
        this.pending.add(key);
        this.current = keys[at + 1] ?? keys[at - 1] ?? null;
        this.draw();
    }

    /** @param {Server.Suggestion} item @param {Server.Suggestion["speaker"]} [said] who made the claim, if not the speaker that the text names @returns {Panels.EntryOptions} */
    #entryOptions(item, said = item.speaker) {
        const speaker = said && isName(said.name) ? said : null;
        return {
            values: { ...(item.claimed_on && { claimed_on: item.claimed_on }),
                ...(speaker && { claimant: speaker.name, claimant_kind: speaker.kind, claimant_role: speaker.role.slice(0, 200) }) },
            because: speaker ? gettext("Suggested: the text names the speaker. Check it.") : "",
            back: (isSaved) => {
                if (isSaved && this.find(item.key)) this.#leave(item.key);
                return this.focus();
            },
        };
    }

    /** The same, where the article says it in its own words. */
    acceptAsOutlets() {
        const { publisher } = this.desk.settings;
        if (publisher) this.accept(this.current, { name: publisher, kind: "outlet", role: "" });
    }

    /** Enter it as a claim without changes. @param {string|null} key @param {Server.Suggestion["speaker"]} [said] */
    accept(key = this.current, said = undefined) {
        const item = this.find(key);
        if (!item || item.gone) return;
        if (!this.desk.enter(this.passage(item), this.#entryOptions(item, said))) return;
        this.undo = null;
        this.#leave(item.key);
        this.focus();
    }

    /** Open the form with it. @param {string|null} key */
    open(key = this.current) {
        const item = this.find(key);
        if (!item || item.gone) return;
        this.undo = null;
        this.current = item.key;
        this.desk.mark(this.passage(item), this.#entryOptions(item));
    }

    /** Do not suggest it again. @param {string|null} key */
    async dismiss(key = this.current) {
        const item = this.find(key);
        if (!item || item.gone) return;
        this.#leave(item.key);
        this.focus();
        this.undo = item.key;
        if (await this.#send("dismiss", item.key)) this.desk.announce(gettext("Dismissed. u takes it back."), "good");
    }

    /** Suggest a dismissed one again. @param {string} key */
    async restore(key) {
        if (!await this.#send("restore", key)) return;
        this.current = key;
        this.draw();
        this.focus();
        this.desk.announce(gettext("It is suggested again."), "good");
    }

    /** Send decisions one after the other. @param {string} act @param {string} key @returns {Promise<boolean>} whether it was done */
    #send(act, key) {
        const done = this.sending.then(() => this.#post(act, key));
        this.sending = done;
        return done;
    }

    /** @param {string} act @param {string} key */
    async #post(act, key) {
        let isDone = true;
        try {
            await this.desk.ask(`${this.address}${act}/`, { method: "POST", body: { key } });
        } catch (error) {
            isDone = false;
            this.desk.announce(gettext("Not done: %(problem)s", { problem: error instanceof Error ? error.message : error }), "bad");
        }
        this.pending.delete(key);
        await this.load();
        return isDone;
    }

    /** Undo the last decision: a dismissal, or a claim that was entered. */
    async takeBack() {
        const key = this.undo;
        this.undo = null;
        if (key) await this.restore(key);
        else {
            await this.desk.takeBack();
            await this.load();
            this.focus();
        }
    }

    /** Show the dismissed suggestions and focus them. */
    showDismissed() {
        const fold = /** @type {HTMLDetailsElement|null} */ (this.rest.querySelector('[data-fold="dismissed"]'));
        if (!fold) {
            this.desk.announce(gettext("Nothing was dismissed."));
            return;
        }
        fold.open = true;
        find(fold, "summary").focus();
    }
}

/** What the panel says above its list. @param {Server.Listing} listing @param {number} count how many are left */
function summary(listing, count) {
    const parts = [count ? ngettext("%(count)s left, the most worth checking first.", "%(count)s left, the most worth checking first.", count) : gettext("Nothing is left to suggest. Every other sentence is listed below.")];
    if (count > SHOWN) parts.push(gettext("%(count)s are shown.", { count: SHOWN }));
    if (!listing.has_rules) parts.push(gettext("There are no suggestions for texts in this language yet, except from figures and quotation marks."));
    if (listing.left_out) parts.push(gettext("The last %(count)s characters of this very long text were not looked at.", { count: listing.left_out }));
    return parts.join(" ");
}

register({
    key: "suggestions", title: gettext("Suggestions"), place: "tab", shortcut: "g",
    mount(element, desk) {
        const panel = new SuggestionsPanel(element, desk);
        bindKeys(desk, panel);
        desk.on("saved", () => panel.load());
        desk.on("refused", () => { panel.pending.clear(); panel.draw(); });
        let seen = "";
        desk.on("state", (state) => { // of others, and of what was taken back
            const now = state.claims.map((claim) => claim.id).join();
            if (seen && now !== seen) panel.load();
            seen = now;
        });
        window.addEventListener("focus", () => panel.load());
        panel.load();
    },
});
