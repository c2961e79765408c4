/** Quick look: the current claim beside the list, to read. */
import { ask, Refused } from "../http/api.js";
import { byId, h } from "../http/elements.js";

export class Look {
    /** @param {Lists.Settings} settings */
    constructor(settings) {
        this.settings = settings;
        this.panel = byId("desk-look");
        this.id = "";
        /** @type {AbortController | null} */
        this.request = null;
    }

    get isOpen() { return !this.panel.hidden; }

    /** Show a claim; of quick moves only the last is asked for. @param {string} id */
    async show(id) {
        if (id === this.id && this.isOpen) return;
        this.request?.abort();
        const { signal } = (this.request = new AbortController());
        this.id = id;
        const words = this.settings.words;
        if (!this.isOpen) this.panel.replaceChildren(h("p", { class: "desk-quiet" }, words.loading));
        this.panel.hidden = false;
        try {
            await new Promise((resolve) => { setTimeout(resolve, 60); });
            if (signal.aborted) return;
            const { data } = await ask(`${this.settings.quick}${id}/quick/`, { signal });
            this.draw(data);
        } catch (error) {
            if (signal.aborted) return;
            this.panel.replaceChildren(h("p", { role: "alert" }, error instanceof Refused ? error.message : words.unreached));
        }
    }

    close() {
        this.request?.abort();
        this.panel.hidden = true;
        this.id = "";
    }

    /** @param {Lists.Look} claim */
    draw(claim) {
        const words = this.settings.words;
        const count = claim.evidence.length;
        const many = count === 1 ? words.one_evidence : words.evidence.replace("{n}", String(count));
        const [first, ...others] = claim.steps;
        this.panel.replaceChildren(
            h("p", { class: "desk-look-top" },
                h("span", { class: `desk-badge desk-${claim.stage.tone}` }, claim.stage.label),
                claim.rating.label && h("span", { class: `desk-badge desk-rating-${claim.rating.tone}` },
                    h("span", { "aria-hidden": "true" }, claim.rating.sign), ` ${claim.rating.label}`),
                h("a", { class: "desk-link desk-right", href: claim.page }, words.open, " ", h("kbd", { "aria-hidden": "true" }, "Enter"))),
            h("h2", { lang: claim.language, dir: "auto" }, claim.statement),
            h("p", { lang: claim.summary && claim.language, dir: "auto", class: claim.summary ? null : "desk-quiet" }, claim.summary || words.no_summary),
            h("dl", {}, ...claim.facts.flatMap(([name, value]) => [h("dt", {}, name), h("dd", { dir: "auto" }, value)])),
            h("h3", {}, count ? many : words.no_evidence),
            h("ul", {}, ...claim.evidence.map((one) => h("li", {},
                h("span", { "aria-hidden": "true" }, `${STANCES[one.stance] ?? "="} `), h("bdi", {}, one.title), ` (${one.label})`))),
            ...(claim.missing.length ? [h("h3", {}, words.missing), h("ul", { class: "desk-reasons" }, ...claim.missing.map((item) => h("li", {}, item)))] : []),
            h("h3", {}, words.next),
            first
                ? h("p", { class: "desk-actions" }, h("a", { class: "desk-button desk-button-primary", href: claim.page }, first.label),
                    ...others.slice(0, 2).map((step) => h("a", { class: "desk-button", href: step.page || claim.page }, step.label)))
                : h("p", { class: "desk-quiet" }, words.no_step),
        );
    }
}

/** The sign of each stance. @type {Record<string, string>} */
const STANCES = { supports: "+", refutes: "−", context: "=" };
