/**
 * Suggestions on the desk: what may be worth checking, ranked, with reasons; one key each. The passage of the one in
 * hand is under the reading cursor. What others do is shown in place, so that nothing moves under anybody's hands.
 */
import { h } from "../http/elements.js";
import { register } from "../http/panels.js";
import { bindKeys } from "./suggestions_keys.js";
import { disagreements, others, row } from "./suggestions_view.js";

/** Whether a speaker has a name: "the council" is shown, and left to the editor to name. */
const isName = (name) => Boolean(name) && (name !== name.toLowerCase() || name === name.toUpperCase());

/** So many are drawn at a time; more come as these are decided. */
const SHOWN = 60;

class Suggestions {
    constructor(root, desk) {
        Object.assign(this, { root, desk, listing: null, current: null, undo: null, sending: Promise.resolve() });
        /** Keys decided here whose answer is not in the listing yet. */
        this.pending = new Set();
        /** By key: where its passage ends, when sentences behind it were added. */
        this.extendedEnds = new Map();
        this.address = desk.settings.suggestions;
        root.dataset.keys = "suggestions";
        this.status = h("p", { class: "desk-quiet" }, "Reading the text …");
        this.flags = h("div");
        this.list = h("ol", { class: "mark-suggestions", "aria-label": "What may be worth checking" });
        this.rest = h("div", { class: "mark-rest" });
        root.append(this.#bar(), this.status, this.flags, this.list, this.rest);
    }

    #bar() {
        const button = (label, key, run, title) => h("button", { type: "button", class: "desk-button", onclick: run,
            "aria-keyshortcuts": key, title }, `${label} `, h("kbd", {}, key === "Enter" ? "⏎" : key));
        if (!this.desk.settings.may_edit) return h("div");
        return h("div", { class: "mark-tools mark-suggest-tools", role: "toolbar", "aria-label": "The suggestion in hand" },
            button("Accept", "a", () => this.accept(), "As it stands, with its speaker"),
            button("In the form", "Enter", () => this.open(), "Prefilled, to change its words first"),
            button("With the next", "n", () => this.extend(), "Together with the sentence behind it"),
            button("Dismiss", "d", () => this.dismiss(), "Do not suggest it in this article again"),
            button("Undo", "u", () => this.takeBack(), "Take the last one back"));
    }

    get offered() { return (this.listing?.suggestions ?? []).filter((item) => !this.pending.has(item.key)); }
    get keys() { return [...this.list.querySelectorAll("[data-suggestion]")].map((item) => item.dataset.suggestion); }
    get isShown() { return this.desk.tabs.shown === "suggestions"; }
    element(key) { return this.list.querySelector(`[data-suggestion="${key}"]`); }
    find(key = this.current) { return this.listing?.suggestions.find((item) => item.key === key); }

    /** The passage of a suggestion, with what was added to it. */
    passage(item) { return { start: item.start, end: this.extendedEnds.get(item.key) ?? item.end }; }

    // --- Reading ------------------------------------------------------------------------------------
    /** Read the listing again and draw it; what is in hand stays where it is. */
    async load() {
        let listing;
        try {
            listing = (await this.desk.ask(this.address)).data;
        } catch (error) {
            if (!this.listing) this.status.textContent = `Suggestions could not be read: ${error.message}`;
            return;
        }
        if (listing.version.number !== this.desk.settings.text) {
            this.status.replaceChildren("Suggestions are of the newest text of this article. ",
                h("a", { class: "desk-link", href: "?" }, "Read the newest text"));
            return;
        }
        const mine = this.find(), isFirst = !this.listing;
        const decided = new Map([...listing.dismissed.map((item) => [item.key, `${item.dismissed_by} has dismissed it.`]),
            ...listing.marked.map((item) => [item.key, `It is a claim now: “${item.claim.text}”.`])]);
        for (const key of this.pending) if (decided.has(key)) this.pending.delete(key);
        if (mine && !this.pending.has(mine.key) && decided.has(mine.key) && this.list.contains(document.activeElement)) {
            listing.suggestions.splice(this.listing.suggestions.indexOf(mine), 0, { ...mine, gone: decided.get(mine.key) });
        }
        this.listing = listing;
        this.desk.flag(listing.disagreements.flatMap((flag) => flag.passages.map((passage) => ({ ...passage, title: flag.words }))));
        this.draw();
        if (isFirst && listing.suggestions.length && !this.desk.claims().length) this.desk.tabs.show("suggestions");
    }

    draw() {
        if (!this.listing) return;
        const { offered } = this, shown = offered.slice(0, SHOWN), { listing } = this;
        if (!shown.some((item) => item.key === this.current)) this.current = shown[0]?.key ?? null;
        const hadFocus = this.list.contains(document.activeElement), side = document.getElementById("mark-side");
        const before = this.element(this.current)?.getBoundingClientRect().top;
        this.status.textContent = this.#summary(offered.length);
        this.flags.replaceChildren(...[disagreements(listing.disagreements, this.desk.textAt, (passage) => this.desk.select(passage))].filter(Boolean));
        this.list.replaceChildren(...shown.map((item) => row(this.#shown(item), listing.article, {
            choose: (key) => this.choose(key), accept: (key) => this.accept(key), open: (key) => this.open(key), dismiss: (key) => this.dismiss(key),
        })));
        this.#drawRest();
        const left = offered.filter((item) => !item.gone).length;
        this.desk.tabs.count("suggestions", left, listing.disagreements.length ? ` ≠ ${listing.disagreements.length}` : "");
        const now = this.element(this.current);
        if (hadFocus) now?.focus({ preventScroll: true });
        if (before !== undefined && now) side.scrollTop += now.getBoundingClientRect().top - before;
    }

    #summary(count) {
        const parts = [count ? `${count} left, the most worth checking first.` : "Nothing is left to suggest. Every other sentence is listed below."];
        if (count > SHOWN) parts.push(`${SHOWN} are shown.`);
        if (this.listing.left_out) parts.push(`The last ${this.listing.left_out} characters of this very long text were not looked at.`);
        return parts.join(" ");
    }

    #shown(item) {
        const passage = this.passage(item), touches = (place) => place.start < passage.end && place.end > passage.start;
        return { ...item, words: this.desk.textAt(passage), isCurrent: item.key === this.current, isMerged: passage.end > item.end,
            mayEdit: this.desk.settings.may_edit,
            flags: this.listing.disagreements.filter((flag) => flag.passages.some(touches)).map((flag) => {
                const elsewhere = flag.passages.filter((place) => !touches(place)).map((place) => `“${place.exact}”`);
                return elsewhere.length ? `does not agree with ${[...new Set(elsewhere)].join(", ")}` : "does not agree with itself";
            }) };
    }

    #drawRest() {
        const open = [...this.rest.querySelectorAll("details[open]")].map((fold) => fold.dataset.fold), may = this.desk.settings.may_edit;
        this.rest.replaceChildren(...others(this.listing, this.listing.article, {
            restore: may && ((key) => this.restore(key)), claim: (id) => this.desk.open(id),
            open: may && ((item) => this.desk.mark(item, this.#entryOptions(item))),
        }));
        for (const key of open) this.rest.querySelector(`[data-fold="${key}"]`)?.setAttribute("open", "");
    }

    // --- Choosing -----------------------------------------------------------------------------------
    /** Take a suggestion in hand: its passage comes under the reading cursor. */
    choose(key) {
        const item = this.find(key);
        if (!item) return;
        for (const place of this.list.children) place.tabIndex = place.dataset.suggestion === key ? 0 : -1;
        this.current = key;
        this.desk.select(this.passage(item));
    }

    /** Move to the next (1) or the one before (-1). */
    step(direction) {
        const { keys } = this, at = keys.indexOf(this.current);
        this.focus(keys[Math.min(Math.max(at + direction, 0), keys.length - 1)]);
    }

    /** Put the focus on a suggestion, or on what stands for the list when there is none. Returns true. */
    focus(key = this.current) {
        this.desk.tabs.show("suggestions");
        const place = this.element(key) ?? this.list.firstElementChild;
        (place ?? this.desk.tabs.button("suggestions")).focus({ preventScroll: true });
        place?.scrollIntoView({ block: "nearest" });
        return true;
    }

    /** The sentence right behind a passage, in the same paragraph. */
    following(item) {
        const all = Object.values(this.listing).filter(Array.isArray).flat().filter((each) => each.key);
        const { end } = this.passage(item);
        return all.filter((each) => each.paragraph === item.paragraph && each.start >= end).sort((a, b) => a.start - b.start)[0];
    }

    /** Add the sentence behind it, or take the last one off again (-1). */
    extend(direction = 1) {
        const item = this.find();
        if (!item || item.gone) return;
        if (direction < 0) this.extendedEnds.delete(item.key);
        else {
            const next = this.following(item);
            if (!next) {
                this.desk.announce("No sentence follows in this paragraph.", "bad");
                return;
            }
            this.extendedEnds.set(item.key, next.end);
        }
        this.draw();
        this.focus();
        this.choose(item.key);
    }

    // --- Deciding -----------------------------------------------------------------------------------
    /** Leave a suggestion that is decided: the next one comes in hand. */
    #leave(key) {
        const { keys } = this, at = keys.indexOf(key);
        this.pending.add(key);
        this.current = keys[at + 1] ?? keys[at - 1] ?? null;
        this.draw();
    }

    #entryOptions(item) {
        const speaker = isName(item.speaker?.name) ? item.speaker : null;
        return {
            values: { ...(item.claimed_on && { claimed_on: item.claimed_on }),
                ...(speaker && { claimant: speaker.name, claimant_kind: speaker.kind, claimant_role: speaker.role.slice(0, 200) }) },
            because: speaker ? "Suggested: the text names the speaker. Check it." : "",
            back: (isSaved) => {
                if (isSaved && this.find(item.key)) this.#leave(item.key);
                return this.focus();
            },
        };
    }

    /** Enter it as a claim as it stands. */
    accept(key = this.current) {
        const item = this.find(key);
        if (!item || item.gone) return;
        if (!this.desk.enter(this.passage(item), this.#entryOptions(item))) return;
        this.undo = null;
        this.#leave(key);
        this.focus();
    }

    /** Open the form with it. */
    open(key = this.current) {
        const item = this.find(key);
        if (!item || item.gone) return;
        this.undo = null;
        this.current = key;
        this.desk.mark(this.passage(item), this.#entryOptions(item));
    }

    /** Do not suggest it again. */
    async dismiss(key = this.current) {
        const item = this.find(key);
        if (!item || item.gone) return;
        this.#leave(key);
        this.focus();
        this.undo = key;
        if (await this.#send("dismiss", key)) this.desk.announce("Dismissed. u takes it back.", "good");
    }

    /** Suggest a dismissed one again. */
    async restore(key) {
        if (!await this.#send("restore", key)) return;
        this.current = key;
        this.draw();
        this.focus();
        this.desk.announce("It is suggested again.", "good");
    }

    /** One after the other, in the order in which they were asked for. */
    #send(act, key) {
        this.sending = this.sending.then(() => this.#post(act, key));
        return this.sending;
    }

    async #post(act, key) {
        let isDone = true;
        try {
            await this.desk.ask(`${this.address}${act}/`, { method: "POST", body: { key } });
        } catch (error) {
            isDone = false;
            this.desk.announce(`Not done: ${error.message}`, "bad");
        }
        this.pending.delete(key);
        await this.load();
        return isDone;
    }

    /** Take the last decision back: a dismissal, or a claim that was made. */
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

    /** Open the dismissed ones and go there. */
    showDismissed() {
        const fold = this.rest.querySelector('[data-fold="dismissed"]');
        if (!fold) {
            this.desk.announce("Nothing was dismissed.");
            return;
        }
        fold.open = true;
        fold.querySelector("summary").focus();
    }
}

register({
    key: "suggestions", title: "Suggestions", place: "tab", shortcut: "g",
    mount(element, desk) {
        const panel = new Suggestions(element, desk);
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
