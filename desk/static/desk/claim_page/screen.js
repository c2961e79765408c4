/** The claim's page: one screen on which a claim is read, edited where it stands, and taken its next step. */
import { ask } from "../http/api.js";
import { announce, appears, byId, find, findAll, readJson, targetOf } from "../http/elements.js";
import { CitingHere } from "./citing_here.js";
import { Foot } from "./foot.js";
import { pageNow, takeOver, versionHere } from "./here.js";
import { bindKeys } from "./keys.js";
import { focusSearch, loadEditor, loadSearch, watchSearchedFields } from "./lazy.js";
import { watchLengths } from "./lengths.js";
import { PanelTabs } from "./panel_tabs.js";
import { PictureHere } from "../pictures/picture_here.js";
import { addRow, watchRows } from "./rows.js";
import { Verdict } from "./verdict.js";

class Screen {
    constructor() {
        this.root = byId("claim-screen");
        this.form = find(this.root, "#claim_form", HTMLFormElement);
        /** @type {Record<string, string>} */
        this.words = readJson("claim-words");
        /** @type {Record<string, string>} */
        this.addresses = readJson("claim-addresses");
        this.tabs = new PanelTabs(this.root, this.words);
        this.verdict = new Verdict(this.root, this.words);
        this.foot = this.addresses.conditions ? new Foot(this.form, byId("stage-panel"), this.addresses.conditions) : null;
        this.citing = this.addresses.evidence ? new CitingHere(this.root, this.addresses.evidence, {
            version: versionHere, page: () => pageNow(this.addresses.page ?? ""), added: (page, version) => this.#added(page, version),
        }) : null;
        this.picture = new PictureHere(this.root, {
            version: versionHere, page: () => pageNow(this.addresses.page ?? ""), changed: (page, version) => { takeOver(page, version); this.foot?.later(); },
        }, this.words);
        watchRows(this.root);
        watchLengths(this.root, this.words);
        watchSearchedFields(this.root);
        this.#bindOpeners();
        this.#bindExplanation();
        byIdIf("claim-next")?.addEventListener("click", () => this.#goTo("next"));
        byIdIf("claim-previous")?.addEventListener("click", () => this.#goTo("previous"));
        this.#bindKeys();
        this.#begin();
        document.documentElement.classList.add("claim-ready");
    }

    /** @param {Document} page @param {number} version */
    #added(page, version) {
        takeOver(page, version);
        announce(this.words.added ?? "", "good");
        this.foot?.later();
    }

    // --- Opening what is below or beside --------------------------------------------------------------
    #bindOpeners() {
        this.root.addEventListener("click", (event) => {
            const opener = targetOf(event).closest("[data-open], [data-tab]");
            if (!(opener instanceof HTMLElement)) return;
            event.preventDefault();
            if (opener.dataset.tab) this.tabs.show(opener.dataset.tab);
            else this.open(opener.dataset.open ?? "");
        });
        // A menu of other steps closes when somebody goes elsewhere.
        document.addEventListener("click", (event) => {
            for (const one of findAll(this.root, ".claim-others[open]")) if (!one.contains(targetOf(event))) one.removeAttribute("open");
        });
    }

    /** Show a field or a group, wherever it is, and go there. @param {string} id */
    open(id) {
        const found = document.getElementById(id);
        if (!found) return;
        this.tabs.showHolderOf(found);
        for (let one = found.closest("details"); one; one = one.parentElement?.closest("details") ?? null) one.open = true;
        if (id === "id_explanation_html") this.write().catch(() => {});
        else if (id === "evidence-group") this.#openEvidence();
        found.scrollIntoView({ block: "nearest" });
        if (found.matches("select.admin-autocomplete")) loadSearch().then(() => focusSearch(found), () => found.focus());
        else if (found.matches("fieldset.claim-ratings")) /** @type {HTMLElement|null} */ (found.querySelector("input:checked, input"))?.focus();
        else if (id !== "evidence-group") found.focus();
    }

    /** To the first piece of evidence without a place, or to a new one. */
    #openEvidence() {
        const lacking = findAll(this.root, "#evidence-group [data-lacks]:not([hidden])")[0]?.closest("details");
        if (!lacking) { this.addSource(); return; }
        lacking.open = true;
        /** @type {HTMLElement|null} */ (lacking.querySelector("[name$='-quote']"))?.focus();
    }

    addSource() {
        this.tabs.show("work");
        if (this.citing?.button) this.citing.open();
        else if (this.root.querySelector("template[data-empty=evidence]")) addRow(this.root, "evidence");
    }

    // --- The explanation ----------------------------------------------------------------------------------
    #bindExplanation() {
        const open = () => this.write().catch(() => announce(this.words.failed ?? "", "bad"));
        byIdIf("explanation-open")?.addEventListener("click", open);
        if (byIdIf("explanation-field")) {
            const view = byIdIf("explanation-view");
            view?.addEventListener("click", (event) => {
                const own = targetOf(event).closest("a, details, [tabindex]");  // a link or a table acts for itself
                if (!own || !view.contains(own)) open();
            });
        }
    }

    /** Put the editor in the place of the explanation, and go into it. */
    async write() {
        const field = byIdIf("explanation-field");
        if (!field) return;
        if (field.hidden) {
            await loadEditor();
            field.hidden = false;
            byId("explanation-view").hidden = true;
            byIdIf("explanation-open")?.setAttribute("hidden", "");
        }
        const editor = await appears(field, ".ProseMirror");
        editor.focus();
    }

    // --- Keys -----------------------------------------------------------------------------------------------
    #bindKeys() {
        const say = (/** @type {string} */ name) => this.words[name] ?? "";
        bindKeys({
            neighbours: { keys: ["j", "k"], label: say("next_claim"), run: (key) => { this.#goTo(key === "j" ? "next" : "previous"); } },
            rating: { keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], label: say("verdict"), run: (key) => {
                this.tabs.show("work");
                this.verdict.choose(key);
            } },
            source: { keys: ["a"], label: say("add_source"), run: () => this.addSource() },
            explanation: { keys: ["x"], label: say("explanation"), run: () => { this.write().catch(() => announce(say("failed"), "bad")); } },
            comment: { keys: ["w"], label: say("comment"), run: () => { this.tabs.show("comments"); byIdIf("say_text")?.focus(); } },
            due: { keys: ["d"], label: say("due"), run: () => byIdIf("id_due_on")?.focus() },
            assign: { keys: ["i"], label: say("assign"), run: () => this.#assign() },
            preview: { keys: ["p"], label: say("preview"), run: () => byIdIf("claim-preview")?.click() },
        }, { nextStep: () => { this.nextStep(); }, save: () => byName(this.root, "_save")?.click() }, this.words);
    }

    #assign() {
        const select = byIdIf("id_assignee");
        if (!(select instanceof HTMLSelectElement)) return;
        const me = this.addresses.me ?? "";
        select.value = select.value === me ? "" : me;
        select.dispatchEvent(new Event("change", { bubbles: true }));
        announce(select.selectedOptions[0]?.textContent ?? "");
    }

    /** Take the next step; where something lacks, say what and go there. */
    async nextStep() {
        await this.foot?.ask().catch(() => {});
        const button = this.foot?.next ?? byId("stage-panel").querySelector("[data-next-step]");
        if (button instanceof HTMLButtonElement && button.disabled) {
            byId("stage-panel").classList.add("claim-asked");
            const lacking = findAll(byId("stage-panel"), ".claim-checklist [data-open], .claim-refusals li")[0];
            announce(lacking?.title || lacking?.textContent || "", "bad");
            if (lacking?.dataset.open) this.open(lacking.dataset.open);
        } else if (button instanceof HTMLElement) button.click();
    }

    /** @param {"next"|"previous"} direction */
    async #goTo(direction) {
        if (!this.addresses.neighbours) return;
        const { data } = await ask(this.addresses.neighbours).catch(() => ({ data: null }));
        if (!data) announce(this.words.failed ?? "", "bad");
        else if (data[direction]) window.location.assign(data[direction]);
        else announce(this.words.no_next ?? "");
    }

    // --- Beginning ------------------------------------------------------------------------------------------
    #begin() {
        const wrong = byIdIf("claim-errors");
        /** @type {string[]} */
        const typed = byIdIf("unsaved-settings") ? readJson("unsaved-settings").typed : [];
        if (typed.includes("explanation_html")) this.write().then(() => wrong?.focus(), () => {});
        if (wrong) wrong.focus();
        const id = location.hash.slice(1);
        if (id === "together" || /^(comment|note)-\d+$|^experts$|^notes$/.test(id)) {
            this.tabs.show("comments");
            document.getElementById(id)?.scrollIntoView({ block: "nearest" });
        } else if (id) this.open(id);
    }
}

/** @param {string} id */
function byIdIf(id) { return document.getElementById(id); }
/** @param {HTMLElement} root @param {string} name */
function byName(root, name) { return /** @type {HTMLElement|null} */ (root.querySelector(`button[name="${name}"]`)); }

new Screen();
