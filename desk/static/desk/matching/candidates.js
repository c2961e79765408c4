/**
 * "Already checked?" beside the form: claims like the statement while it is typed. One key makes the passage one of
 * theirs; nothing here stands in the way of saving.
 */
import { h } from "../http/elements.js";
import { row } from "./candidates_view.js";
import { register } from "../http/panels.js";

/** So long nobody types before it is asked, in milliseconds. */
const PAUSE = 300;

class CandidatesPanel {
    constructor(root, desk) {
        Object.assign(this, { root, desk, claims: [], current: null, asking: null, timer: 0, passage: null });
        this.status = h("p", { class: "desk-quiet", role: "status" });
        this.list = h("ol", { class: "mark-candidates", "aria-label": "Claims like this one" });
        root.append(this.status, this.list);
        this.section = root.parentElement;
        this.clear();
    }

    clear() {
        clearTimeout(this.timer);
        this.asking?.abort();
        this.claims = [];
        this.list.replaceChildren();
        this.section.hidden = true;
    }

    /** Ask about a statement, after a pause; what was asked before is given up. */
    searchLater(statement, pause = PAUSE) {
        clearTimeout(this.timer);
        this.section.hidden = false;
        this.timer = setTimeout(() => this.search(statement), pause);
    }

    async search(statement) {
        this.asking?.abort();
        const mine = this.asking = new AbortController();
        if (!statement.trim()) return this.show([], "");
        const subject = this.desk.form.subject(), { language, similar } = this.desk.settings;
        const query = new URLSearchParams({ text: statement, language, exclude: subject?.kind === "edit" ? subject.id : "" });
        this.root.setAttribute("aria-busy", "true");
        try {
            const { data } = await this.desk.ask(`${similar}?${query}`, { signal: mine.signal });
            if (mine === this.asking) this.show(data.results, data.results.length ? "" : "No claim like it is open or published.");
        } catch (error) {
            if (error.name !== "AbortError" && mine === this.asking) this.show([], "Like claims could not be looked up just now.");
        } finally {
            if (mine === this.asking) this.root.removeAttribute("aria-busy");
        }
        return undefined;
    }

    show(claims, message) {
        this.claims = claims;
        if (!claims.some((claim) => claim.id === this.current)) this.current = claims[0]?.id ?? null;
        this.status.textContent = message || (claims.length === 1 ? "1 claim is like it." : claims.length ? `${claims.length} claims are like it, the most alike first.` : "");
        this.draw();
    }

    draw() {
        const mayMark = this.desk.form.subject()?.kind === "new" && this.desk.settings.may_edit;
        this.list.replaceChildren(...this.claims.map((claim) => row({ ...claim, isCurrent: claim.id === this.current }, {
            choose: (id) => this.choose(id), markDuplicate: mayMark ? (one) => this.markDuplicate(one) : null,
        })));
    }

    choose(id) {
        if (this.current === id) return;
        this.current = id;
        this.draw();
    }

    /** The next (1) or the one before (-1) comes in hand; the statement keeps the focus. */
    step(direction) {
        if (!this.claims.length) return this.desk.announce("No claim is like it.");
        const at = this.claims.findIndex((claim) => claim.id === this.current);
        const { id, text, finding } = this.claims[Math.min(Math.max(at + direction, 0), this.claims.length - 1)];
        this.choose(id);
        document.getElementById(`mark-candidate-${id}`)?.scrollIntoView({ block: "nearest" });
        return this.desk.announce(`${finding}: ${text}`);
    }

    /** No new claim: the passage in the form is marked for the claim that is there already. */
    async markDuplicate(claim = this.claims.find((one) => one.id === this.current)) {
        const subject = this.desk.form.subject();
        if (!claim || subject?.kind !== "new") return this.desk.announce("No claim is like it. Ctrl+Enter saves this one.", "bad");
        const { base, text } = this.desk.settings, { passage } = subject;
        try {
            const { data } = await this.desk.ask(`${base}repeats/`, { method: "POST", body: {
                of: claim.id, of_version: claim.version, exact: passage.text, start: passage.start, article_text: String(text) } });
            if (this.desk.form.subject() === subject) this.desk.form.close();
            this.desk.undo({ address: `${base}repeats/${data.passage}/undo/` });
            await this.desk.refresh();
            this.desk.emitSaved(null);
            this.desk.announce(data.waits
                ? `Marked for “${claim.text}”. It is settled: the passage waits there until it is checked again. u takes it back.`
                : `Marked for “${claim.text}”. u takes it back.`, "good");
        } catch (error) {
            this.desk.announce(`Not marked: ${error.message}`, "bad");
        }
        return undefined;
    }
}

register({
    key: "candidates", title: "Already checked?", place: "passage",
    mount(element, desk) {
        const panel = new CandidatesPanel(element, desk);
        desk.on("passage", () => panel.searchLater(desk.form.values().text, 0));
        desk.on("statement", (statement) => (statement === null ? panel.clear() : panel.searchLater(statement)));
        document.getElementById("mark-form").addEventListener("keydown", (event) => {
            if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
            if (event.key === "ArrowDown" || event.key === "ArrowUp") panel.step(event.key === "ArrowDown" ? 1 : -1);
            else if (event.key === "Enter") panel.markDuplicate();
            else return;
            event.preventDefault();
        });
        desk.keymap.note({ keys: ["Alt+ArrowDown", "Alt+ArrowUp"], label: "next like claim, like claim before", group: "In the form" });
        desk.keymap.note({ keys: ["Alt+Enter"], label: "the same claim: mark the passage there", group: "In the form" });
    },
});
