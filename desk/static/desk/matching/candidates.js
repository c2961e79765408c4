/**
 * "Already checked?" beside the form: while the statement is typed, claims that may say the same. One key marks the passage
 * for such a claim instead of entering a new one. Saving is always possible.
 */
import { byId, h } from "../http/elements.js";
import { gettext, ngettext } from "../http/texts.js";
import { row } from "./candidates_view.js";
import { register } from "../http/panels.js";

/** The pause in typing before a search starts, in milliseconds. */
const PAUSE = 300;

/** The heading of each group. */
const GROUPS = { same: gettext("Probably the same claim"), related: gettext("About the same subject") };

class CandidatesPanel {
    /** @param {HTMLElement} root inside the panel's section @param {Panels.Desk} desk */
    constructor(root, desk) {
        this.root = root;
        this.desk = desk;
        /** @type {Server.Candidate[]} */
        this.claims = [];
        /** The id of the current claim. @type {string|null} */
        this.current = null;
        /** @type {AbortController|null} */
        this.searching = null;
        /** @type {ReturnType<typeof setTimeout>|undefined} */
        this.timer = undefined;
        this.status = h("p", { class: "desk-quiet", role: "status" });
        this.list = h("ol", { class: "mark-candidates", "aria-label": gettext("Similar claims") });
        root.append(this.status, this.list);
        this.section = /** @type {HTMLElement} */ (root.parentElement);
        this.clear();
    }

    clear() {
        clearTimeout(this.timer);
        this.searching?.abort();
        this.claims = [];
        this.list.replaceChildren();
        this.section.hidden = true;
    }

    /** Search after a pause; an earlier search is cancelled. @param {string} statement */
    searchLater(statement, pause = PAUSE) {
        clearTimeout(this.timer);
        this.section.hidden = false;
        this.timer = setTimeout(() => this.search(statement), pause);
    }

    /** @param {string} statement */
    async search(statement) {
        this.searching?.abort();
        const mine = this.searching = new AbortController();
        if (!statement.trim()) {
            this.show([], "");
            return;
        }
        const subject = this.desk.form.subject(), { language, similar } = this.desk.settings;
        const query = new URLSearchParams({ text: statement, language, exclude: subject?.kind === "edit" ? subject.id : "" });
        this.root.setAttribute("aria-busy", "true");
        try {
            const { data } = await this.desk.ask(`${similar}?${query}`, { signal: mine.signal });
            if (mine === this.searching) this.show(data.results, data.results.length ? "" : gettext("No similar claim is open or published."));
        } catch {
            if (!mine.signal.aborted && mine === this.searching) this.show([], gettext("Similar claims could not be searched just now."));
        } finally {
            if (mine === this.searching) this.root.removeAttribute("aria-busy");
        }
    }

    /** @param {Server.Candidate[]} claims @param {string} message instead of how many there are */
    show(claims, message) {
        this.claims = claims;
        if (!claims.some((claim) => claim.id === this.current)) this.current = claims[0]?.id ?? null;
        this.status.textContent = message || (claims.length ? ngettext("%(count)s similar claim.", "%(count)s similar claims, the most similar first.", claims.length) : "");
        this.draw();
    }

    draw() {
        const mayMark = this.desk.form.subject()?.kind === "new" && this.desk.settings.may_edit;
        this.list.replaceChildren(...this.claims.flatMap((claim, at) => [
            claim.group !== this.claims[at - 1]?.group && h("li", { class: "desk-quiet" }, GROUPS[claim.group]),
            row({ ...claim, isCurrent: claim.id === this.current }, {
                choose: (id) => this.choose(id), markDuplicate: mayMark ? (one) => this.markDuplicate(one) : null,
            }),
        ].filter((item) => item instanceof Node)));
    }

    /** @param {string} id */
    choose(id) {
        if (this.current === id) return;
        this.current = id;
        this.draw();
    }

    /** Make the next (1) or the one before (-1) the current one; the statement keeps the focus. @param {Direction} direction */
    step(direction) {
        if (!this.claims.length) {
            this.desk.announce(gettext("No similar claim was found."));
            return;
        }
        const at = this.claims.findIndex((claim) => claim.id === this.current);
        const { id, text, verdict } = this.claims[Math.min(Math.max(at + direction, 0), this.claims.length - 1)];
        this.choose(id);
        document.getElementById(`mark-candidate-${id}`)?.scrollIntoView({ block: "nearest" });
        this.desk.announce(`${verdict}: ${text}`);
    }

    /** Enter no new claim: mark the passage in the form for the claim that exists already. */
    async markDuplicate(claim = this.claims.find((one) => one.id === this.current)) {
        const subject = this.desk.form.subject();
        if (!claim || subject?.kind !== "new") {
            this.desk.announce(gettext("No similar claim was found. Ctrl+Enter saves this one."), "bad");
            return;
        }
        const { base, text } = this.desk.settings, { passage } = subject;
        try {
            const { data } = await this.desk.ask(`${base}repeats/`, { method: "POST", body: {
                of: claim.id, of_version: claim.version, exact: passage.text, start: passage.start, article_text: String(text) } });
            if (this.desk.form.subject() === subject) this.desk.form.close();
            this.desk.undo({ address: `${base}repeats/${data.passage}/undo/` });
            await this.desk.refresh();
            this.desk.emitSaved(null);
            this.desk.announce(data.waits
                ? gettext("Marked for “%(text)s”. It is settled: the passage waits there until it is checked again. u takes it back.", { text: claim.text })
                : gettext("Marked for “%(text)s”. u takes it back.", { text: claim.text }), "good");
        } catch (error) {
            this.desk.announce(gettext("Not marked: %(problem)s", { problem: error instanceof Error ? error.message : error }), "bad");
        }
    }
}

register({
    key: "candidates", title: gettext("Already checked?"), place: "passage",
    mount(element, desk) {
        const panel = new CandidatesPanel(element, desk);
        desk.on("passage", () => panel.searchLater(String(desk.form.values().text), 0));
        desk.on("statement", (statement) => (statement === null ? panel.clear() : panel.searchLater(statement)));
        byId("mark-form").addEventListener("keydown", (event) => {
            if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
            if (event.key === "ArrowDown" || event.key === "ArrowUp") panel.step(event.key === "ArrowDown" ? 1 : -1);
            else if (event.key === "Enter") panel.markDuplicate();
            else return;
            event.preventDefault();
        });
        desk.keymap.note({ keys: ["Alt+ArrowDown", "Alt+ArrowUp"], label: gettext("next similar claim, similar claim before"), group: gettext("In the form") });
        desk.keymap.note({ keys: ["Alt+Enter"], label: gettext("the same claim: mark the passage there"), group: gettext("In the form") });
    },
});
