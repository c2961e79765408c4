/** Changes of several claims at once: asked for, shown before, done, and undone by Ctrl+Z. */
import { ask, Refused, SignedOut } from "../http/api.js";
import { byId, h } from "../http/elements.js";

/** Where the last change is kept while the page is loaded again; for this tab alone. */
const LAST = "factcheck.list.change";

export class Bulk {
    /** @param {Lists.Settings} settings @param {() => string[]} chosen the chosen claims, each `id@version` */
    constructor(settings, chosen) {
        this.settings = settings;
        this.words = settings.words;
        this.chosen = chosen;
        this.dialog = byId("bulk-dialog", HTMLDialogElement);
        this.body = byId("bulk-body");
        this.toast = byId("desk-toast");
        /** @type {{people: [string, string][], topics: string[]} | undefined} */
        this.options = undefined;
        /** @type {{change: string, message: string} | null} */
        this.last = JSON.parse(sessionStorage.getItem(LAST) ?? "null");
        if (this.last?.message) this.drawLast();
    }

    /** The foot with the number of what is chosen. */
    draw() {
        const count = this.chosen().length;
        byId("desk-bulk").hidden = count === 0;
        byId("desk-chosen").textContent = this.words.chosen.replace("{n}", String(count));
    }

    /** Ask for what an act needs. @param {string} act */
    async open(act) {
        byId("bulk-title").textContent = this.words[act];
        this.body.replaceChildren(h("p", { role: "status" }, this.words.loading));
        this.dialog.showModal();
        try {
            this.options ??= act === "assign" || act === "topics" ? (await ask(this.settings.addresses.list_options)).data : undefined;
            this.drawForm(act, {});
        } catch (error) {
            this.body.replaceChildren(h("p", { role: "alert" }, this.says(error)));
        }
    }

    /** @param {string} act @param {Record<string, string>} given what was typed before */
    drawForm(act, given) {
        const alert = h("p", { role: "alert" });
        const form = h("form", { class: "desk-asks", onsubmit: (/** @type {Event} */ event) => this.preview(event, act, alert) },
            ...this.fields(act, given), alert,
            h("p", { class: "desk-actions" },
                h("button", { type: "submit", class: "desk-button desk-button-primary" }, this.words.look),
                h("button", { type: "button", class: "desk-button", "data-closes": true }, this.words.cancel)));
        this.body.replaceChildren(form);
        const first = form.querySelector("select, input, textarea");
        if (first instanceof HTMLElement) first.focus();
    }

    /** @param {string} act @param {Record<string, string>} given */
    fields(act, given) {
        const words = this.words;
        if (act === "assign") {
            const people = this.options?.people ?? [];
            return [h("label", {}, words.assignee, h("select", { name: "assignee" }, h("option", { value: "" }, words.nobody),
                ...people.map(([value, name]) => h("option", { value, selected: value === given.assignee }, name))))];
        }
        if (act === "due") return [h("label", {}, words.due, h("input", { type: "date", name: "due_on", value: given.due_on ?? "" }), h("small", {}, words.due_help))];
        if (act === "drop") return [h("label", {}, words.reason, h("textarea", { name: "reason", rows: 3, required: true, maxlength: 1000, dir: "auto" }, given.reason ?? ""))];
        const list = h("datalist", { id: "bulk-topics" }, ...(this.options?.topics ?? []).map((value) => h("option", { value })));
        return [["add", words.add], ["remove", words.remove]].map(([name, label]) => h("label", {}, label,
            h("input", { type: "text", name, list: "bulk-topics", maxlength: 400, dir: "auto", autocomplete: "off", value: given[name] ?? "" }),
            h("small", {}, words.topics_help))).concat(/** @type {any} */ (list));
    }

    /** Show what would change. @param {Event} event @param {string} act @param {HTMLElement} alert */
    async preview(event, act, alert) {
        event.preventDefault();
        const given = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget))));
        const body = { act, claims: this.chosen(), ...given };
        alert.textContent = "";
        try {
            const { data } = await ask(this.settings.addresses.bulk_preview, { method: "POST", body, patience: 60_000 });
            this.drawPreview(data, body, () => this.drawForm(act, given));
        } catch (error) {
            alert.textContent = this.says(error);
        }
    }

    /** @param {Lists.Bulk} plan @param {any} body @param {() => void} back */
    drawPreview(plan, body, back) {
        const words = this.words;
        const alert = h("p", { role: "alert" });
        const button = h("button", { type: "button", class: "desk-button desk-button-primary", onclick: () => this.apply(body, alert, button) }, words.do_it.replace("{n}", String(plan.done.length)));
        button.disabled = plan.done.length === 0;
        this.body.replaceChildren(h("div", { class: "desk-asks" },
            plan.done.length > 0 ? h("h3", {}, words.changes) : h("p", {}, words.nothing),
            plan.done.length > 0 && h("ul", { tabindex: 0, "aria-label": words.changes }, ...plan.done.map((one) => h("li", {}, h("bdi", {}, one.statement),
                ...one.changes.map(([name, before, after]) => h("small", {}, `${name}: `, h("bdi", {}, before), " ", h("span", { class: "desk-arrow" }, "→"), " ", h("bdi", {}, after))),
                one.loses_approval && h("small", { class: "desk-late" }, words.loses_approval)))),
            plan.refused.length > 0 && h("h3", {}, words.refused),
            plan.refused.length > 0 && h("ul", { tabindex: 0, "aria-label": words.refused }, ...plan.refused.map((one) => h("li", {}, h("bdi", {}, one.statement), h("small", {}, one.why)))),
            plan.unchanged > 0 && h("p", { class: "desk-quiet" }, words.unchanged.replace("{n}", String(plan.unchanged))),
            alert,
            h("p", { class: "desk-actions" }, button,
                h("button", { type: "button", class: "desk-button", onclick: back }, words.back),
                h("button", { type: "button", class: "desk-button", "data-closes": true }, words.cancel))));
        if (button.disabled) this.body.querySelectorAll("button")[1]?.focus();
        else button.focus();
    }

    /** Do it, then show the list as it is now. @param {any} body @param {HTMLElement} alert @param {HTMLButtonElement} button */
    async apply(body, alert, button) {
        button.disabled = true;
        try {
            const { data } = await ask(this.settings.addresses.bulk, { method: "POST", body, patience: 60_000 });
            const refused = data.refused.map((/** @type {any} */ one) => `“${one.statement}”: ${one.why}`);
            const message = [data.message, ...(refused.length ? [`${this.words.refused}: ${refused.join(" · ")}`] : [])].join(" ");
            sessionStorage.setItem(LAST, JSON.stringify({ change: data.change, message }));
            location.reload();
        } catch (error) {
            alert.textContent = this.says(error);
            button.disabled = false;
        }
    }

    drawLast() {
        const last = this.last;
        if (!last) return;
        sessionStorage.setItem(LAST, JSON.stringify({ ...last, message: "" }));
        const button = last.change && h("button", { type: "button", onclick: () => this.undo() }, this.words.undo, " ", h("kbd", { "aria-hidden": "true" }, "Ctrl Z"));
        requestAnimationFrame(() => this.toast.replaceChildren(h("span", {}, last.message), ...(button ? [button] : [])));
    }

    /** Undo the last change of this tab. Returns false when there is none. */
    undo() {
        const change = this.last?.change;
        if (!change) return false;
        this.last = null;
        sessionStorage.removeItem(LAST);
        this.sendUndo(change);
        return true;
    }

    /** @param {string} change */
    async sendUndo(change) {
        try {
            const { data } = await ask(this.settings.addresses.bulk_undo, { method: "POST", body: { change }, patience: 60_000 });
            const refused = data.refused.map((/** @type {any} */ one) => `“${one.statement}”: ${one.why}`);
            const message = [this.words.undone.replace("{n}", String(data.done.length)),
                ...(refused.length ? [this.words.not_undone.replace("{list}", refused.join(" · "))] : [])].join(" ");
            sessionStorage.setItem(LAST, JSON.stringify({ change: "", message }));
            location.reload();
        } catch (error) {
            this.toast.textContent = this.says(error);
        }
    }

    /** @param {unknown} error */
    says(error) {
        if (error instanceof SignedOut) return this.words.signed_out;
        return error instanceof Refused ? error.message : this.words.unreached;
    }
}
