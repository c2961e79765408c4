/**
 * The evidence of a claim as cards: what each source says, in the order readers see it. Used beside an article's text and
 * on a claim's own page. The server checks every rule. Changes are sent one after the other, each with the version that the
 * change before returned.
 */
import { Refused, ask, upload } from "../http/api.js";
import { physical } from "../http/keymap.js";
import { gettext } from "../http/texts.js";
import { CitingForm } from "./citing.js";
import { announce, find, findAll, h, targetOf } from "../http/elements.js";
import { STANCES, copyOfField, errorMessage, evidenceInputs, formatSize } from "./evidence_details.js";
import { dragToOrder } from "./ordering.js";

/**
 * Shown in the list of keys; handled here, on a card.
 *
 * @typedef {(version: number) => Promise<{data: any}>|false} Send sends a change; false when it is not needed any more
 */
export const KEYS = [
    { keys: ["ArrowDown", "ArrowUp"], label: gettext("next piece, piece before") },
    { keys: ["s", "r", "c"], label: gettext("supports, refutes, context") },
    { keys: ["Alt+ArrowUp", "Alt+ArrowDown"], label: gettext("move it up or down") },
    { keys: ["Enter"], label: gettext("edit it") },
    { keys: ["Delete"], label: gettext("take it off the claim") },
];

export class EvidencePanel {
    /**
     * @param {HTMLElement} root
     * @param {{changed: (claim: Server.Claim) => void}} handlers `changed` is called with the claim after each change
     */
    constructor(root, { changed }) {
        this.root = root;
        this.changed = changed;
        /** @type {Server.Claim|null} */
        this.claim = null;
        /** Open forms that cite a source, by claim. @type {Map<string, CitingForm>} */
        this.forms = new Map();
        /** Open editors, by piece of evidence. @type {Map<number, HTMLElement>} */
        this.editors = new Map();
        /** @type {Promise<unknown>} */
        this.sending = Promise.resolve();
        /** The newest order that was not saved yet. @type {number[]|null} */
        this.wantedOrder = null;
        this.addButton = h("button", { type: "button", class: "desk-button", "aria-keyshortcuts": "a", onclick: () => this.add() },
            gettext("Add a source") + " ", h("kbd", {}, "a"));
        this.place = h("div", {});
        this.list = h("ol", { class: "evidence-cards", "aria-label": gettext("Evidence, in the order readers see it") });
        this.below = h("p", { class: "desk-quiet evidence-undo", hidden: true });
        root.append(h("div", { class: "desk-actions" }, this.addButton), this.place, this.below, this.list);
        root.addEventListener("keydown", (event) => this.#key(event));
        dragToOrder(this.list, { moved: (order) => this.order(order), dropped: (id, file) => {
            const piece = this.#piece(id);
            if (piece) this.#attach(piece, file);
        } });
    }

    /** Show this claim, or none. A form that is open stays with its claim. @param {Server.Claim|null} claim */
    show(claim) {
        if (this.claim?.id !== claim?.id) {
            this.editors.clear();
            this.below.hidden = true;
        }
        this.claim = claim;
        this.addButton.hidden = !claim?.may_edit;
        const form = claim && this.forms.get(claim.id);
        // An element that is put in again loses the focus, and the next letter would be a key of the desk.
        if (this.place.firstElementChild !== (form?.element ?? null)) this.place.replaceChildren(...(form ? [form.element] : []));
        this.#draw();
    }

    #draw() {
        const { claim } = this, focused = document.activeElement;
        const held = this.list.contains(focused) ? { id: focused?.closest("[data-evidence]")?.getAttribute("data-evidence"), act: focused?.getAttribute("data-act") } : null;
        if (!claim) {
            this.list.replaceChildren(h("li", { class: "desk-empty" }, gettext("Open a claim to see its evidence.")));
            return;
        }
        const pieces = claim.evidence;
        this.list.replaceChildren(...pieces.map((piece, i) => this.#card(piece, i, claim)));
        if (!pieces.length) {
            this.list.append(h("li", { class: "desk-empty" }, claim.may_edit
                ? gettext("Nothing yet. a adds a source: its address, or words of its title.") : gettext("No evidence was entered.")));
        }
        if (!held) return;
        if (focused instanceof HTMLElement && this.list.contains(focused)) { // in an editor, which was put in again
            focused.focus();
            return;
        }
        const row = this.#row(held.id ?? "");
        (row && held.act ? findAll(row, `[data-act="${held.act}"]`)[0] : row)?.focus();
    }

    // --- A card -------------------------------------------------------------------------------------
    /** @param {Server.Evidence} piece @param {number} i @param {Server.Claim} claim */
    #card(piece, i, claim) {
        const { source, capture } = piece, editable = claim.may_edit, many = claim.evidence.length;
        /** @param {string} name @param {string} label @param {() => void} run */
        const act = (name, label, run, extra = {}) => h("button", { type: "button", class: "desk-link mark-link", "data-act": name, onclick: run, ...extra }, label);
        const about = [source.publisher, source.kind_label, source.is_primary && gettext("first-hand"), source.is_confidential && gettext("confidential"), source.published_on];
        return h("li", {
            class: `evidence-card evidence-${piece.stance}`, "data-evidence": piece.id, tabindex: "0",
            "aria-label": gettext("%(number)s of %(count)s. %(stance)s: %(title)s", { number: i + 1, count: many, stance: piece.stance_label, title: source.title }),
        },
        h("div", { class: "evidence-top" },
            editable && h("span", { class: "evidence-grip", draggable: "true", title: gettext("Drag to order"), "aria-hidden": "true" }, "⠿"),
            this.#stance(piece, editable),
            editable && h("span", { class: "evidence-move" },
                act("up", "↑", () => this.#move(piece.id, -1), { "aria-label": gettext("Move up"), disabled: i === 0 }),
                act("down", "↓", () => this.#move(piece.id, 1), { "aria-label": gettext("Move down"), disabled: i === many - 1 }))),
        h("a", { class: "desk-link evidence-title", href: source.page, dir: "auto" }, source.title),
        h("p", { class: "desk-quiet" }, about.filter(Boolean).join(" · ")),
        this.editors.get(piece.id) ?? [
            piece.quote && h("blockquote", { dir: "auto" }, piece.quote),
            (piece.locator || piece.note) && h("p", { dir: "auto" }, piece.locator && h("strong", {}, `${piece.locator}. `), piece.note),
            ...piece.labelled.map((item) => h("p", { dir: "auto" }, `${item.label}: ${item.value}`)),
            !piece.quote && !piece.locator && h("p", { class: "evidence-lacks" }, gettext("Neither a quote nor where to look it up.")),
        ],
        this.#copy(capture),
        editable && h("p", { class: "evidence-acts" },
            act("words", gettext("Edit"), () => this.#edit(piece)),
            act("file", gettext("Attach a file"), () => this.#chooseFile(piece)),
            source.url && act("fetch", capture ? gettext("Keep a newer copy") : gettext("Keep a copy of the page"), () => this.#fetch(piece)),
            act("off", gettext("Remove"), () => this.#remove(piece))),
        h("p", { class: "mark-error", role: "alert", hidden: true }),
        h("progress", { max: "1", class: "desk-progress", hidden: true, "aria-label": gettext("Sending the file") }));
    }

    /** @param {Server.Evidence} piece @param {boolean} editable */
    #stance(piece, editable) {
        const now = STANCES.find((stance) => stance.key === piece.stance);
        if (!editable) return h("span", { class: "evidence-stance" }, now ? `${now.sign} ${now.label}` : piece.stance_label);
        const choice = h("select", { class: "evidence-stance", "aria-label": gettext("What it does to the claim"), "data-act": "stance",
            onchange: () => this.#setStance(piece, choice.value) },
        ...STANCES.map((stance) => h("option", { value: stance.key, selected: stance === now }, `${stance.sign} ${stance.label}`)));
        return choice;
    }

    /** @param {Server.Capture|null} capture */
    #copy(capture) {
        if (!capture) return h("p", { class: "desk-quiet" }, gettext("No copy is kept."));
        const file = capture.file;
        return h("p", { class: "desk-quiet" }, gettext("Copy of %(at)s:", { at: capture.at }) + " ",
            file && h("a", { class: "desk-link", href: file.address, download: true }, file.name), file && ` (${file.kind}, ${formatSize(file.size)})`,
            ...(capture.archive_url ? [file ? ", " : "", h("a", { class: "desk-link", href: capture.archive_url, rel: "noreferrer" }, "archived")] : []),
            !file && !capture.archive_url && gettext("its text"),
            capture.sha256 && h("span", { class: "evidence-hash", title: `SHA-256 ${capture.sha256}` }, ` SHA-256 ${capture.sha256.slice(0, 12)}…`));
    }

    /** @param {string|number} id */
    #piece(id) { return this.claim?.evidence.find((piece) => String(piece.id) === String(id)); }
    /** @param {string|number|undefined} id @returns {HTMLElement|null} */
    #row(id) { return this.list.querySelector(`[data-evidence="${id}"]`); }

    // --- Keys ---------------------------------------------------------------------------------------
    /** @param {KeyboardEvent} event */
    #key(event) {
        const row = targetOf(event);
        if (!row.matches("[data-evidence]") || event.ctrlKey || event.metaKey || event.isComposing) return;
        const piece = this.#piece(row.dataset.evidence ?? ""), direction = Number(event.key === "ArrowDown") - Number(event.key === "ArrowUp");
        const letter = physical(event).toLowerCase(); // digits are the verdict's keys here
        const stance = !event.altKey && STANCES.find((item) => item.keys[0] === letter);
        if (direction && !event.altKey) {
            const next = direction > 0 ? row.nextElementSibling : row.previousElementSibling;
            if (next instanceof HTMLElement) next.focus();
        } else if (!piece || !this.claim?.may_edit) return;
        else if (direction) this.#move(piece.id, direction);
        else if (stance) this.#setStance(piece, stance.key);
        else if (event.key === "Enter") this.#edit(piece);
        else if (event.key === "Delete") this.#remove(piece);
        else return;
        event.preventDefault();
        event.stopPropagation();
    }

    // --- Changes ---------------------------------------------------------------------------------------
    /** Open the form for one more source. */
    add() {
        const { claim } = this;
        if (!claim?.may_edit) {
            announce(claim ? claim.closed || gettext("You may look at this claim, but not change it.") : gettext("Open a claim first: j takes the next one."), "bad");
            return;
        }
        if (!this.forms.has(claim.id)) {
            this.forms.set(claim.id, new CitingForm(claim.evidence_at, {
                save: (data, progress) => this.#cite(claim.id, data, progress), closed: () => { this.forms.delete(claim.id); this.show(this.claim); this.addButton.focus(); },
            }));
        }
        this.show(claim);
        this.forms.get(claim.id)?.focus();
    }

    /** @param {string} id of the claim @param {FormData} data @param {(share: number) => void} progress */
    async #cite(id, data, progress) {
        const before = new Set(this.claim?.evidence.map((piece) => piece.id));
        const claim = await this.#act((version) => {
            data.set("version", String(version));
            return upload(this.#at(id, "add/"), data, progress);
        }, { throws: true, id });
        this.forms.delete(id);
        if (!claim || this.claim?.id !== id) return;
        this.show(this.claim);
        const made = claim.evidence.find((piece) => !before.has(piece.id));
        this.#row(made?.id)?.focus();
        announce(gettext("Evidence added."), "good");
    }

    /** @param {Server.Evidence} piece @param {string} stance */
    #setStance(piece, stance) {
        if (piece.stance === stance) return;
        this.#change(piece, { stance }, `${STANCES.find((item) => item.key === stance)?.label}.`);
    }

    /** @param {Server.Evidence} piece @param {object} values @param {string} message */
    #change(piece, values, message) {
        return this.#act((version) => ask(this.#at(this.claim?.id, `${piece.id}/`), { method: "PATCH", body: { ...values, version } }), { message, piece });
    }

    /** @param {number} id @param {number} direction */
    #move(id, direction) {
        const order = (this.claim?.evidence ?? []).map((piece) => piece.id), at = order.indexOf(id), to = at + direction;
        if (to < 0 || to >= order.length) return;
        order.splice(to, 0, ...order.splice(at, 1));
        this.order(order);
    }

    /** Put the cards into this order at once, and send it; of several orders only the newest is sent. @param {number[]} order */
    order(order) {
        if (!this.claim) return;
        const { id } = this.claim;
        this.claim.evidence = order.flatMap((one) => this.#piece(one) ?? []);
        this.#draw();
        this.wantedOrder = order;
        this.#act((version) => this.wantedOrder === order && ask(this.#at(id, "order/"), { method: "POST", body: { order, version } }), { message: gettext("Order saved.") })
            .finally(() => { if (this.wantedOrder === order) this.wantedOrder = null; });
    }

    /** While a newer order waits to be sent, answers to earlier changes keep it on the screen. @param {Server.Evidence[]} pieces */
    #inWantedOrder(pieces) {
        const { wantedOrder } = this;
        if (wantedOrder?.length !== pieces.length || !pieces.every((piece) => wantedOrder.includes(piece.id))) return pieces;
        return wantedOrder.flatMap((id) => pieces.find((piece) => piece.id === id) ?? []);
    }

    /** @param {Server.Evidence} piece */
    #remove(piece) {
        const order = (this.claim?.evidence ?? []).map((one) => one.id), next = order[order.indexOf(piece.id) + 1] ?? order[order.indexOf(piece.id) - 1];
        this.#act((version) => ask(this.#at(this.claim?.id, `${piece.id}/`), { method: "DELETE", body: { version } }), { message: gettext("Taken off. The history keeps it."), piece })
            .then((claim) => {
                if (!claim) return;
                (this.#row(next) ?? this.addButton).focus();
                this.below.hidden = false;
                this.below.replaceChildren(gettext("Taken off: %(title)s.", { title: piece.source.title }) + " ",
                    h("button", { type: "button", class: "desk-link mark-link", onclick: () => this.#bringBack(piece, order) }, gettext("Put it back")));
            });
    }

    /** @param {Server.Evidence} piece @param {number[]} order */
    async #bringBack(piece, order) {
        this.below.hidden = true;
        const data = new FormData();
        data.set("source", piece.source.id);
        data.set("capture", String(piece.capture?.id ?? ""));
        for (const input of evidenceInputs()) data.set(input.name, piece[input.name]);
        const before = new Set(this.claim?.evidence.map((one) => one.id));
        const claim = await this.#act((version) => { data.set("version", String(version)); return upload(this.#at(this.claim?.id, "add/"), data, () => {}); }, { message: gettext("Put back.") });
        const made = claim?.evidence.find((one) => !before.has(one.id));
        if (!made) return;
        const places = order.map((id) => (id === piece.id ? made.id : id)).filter((id) => this.#piece(id));
        if (places.length === this.claim?.evidence.length) this.order(places);
        this.#row(made.id)?.focus();
    }

    /** @param {Server.Evidence} piece */
    #chooseFile(piece) {
        const input = h("input", { type: "file", accept: ".pdf,.png,.jpg,.jpeg,.webp,.gif" });
        input.addEventListener("change", () => { const [file] = input.files ?? []; if (file) this.#attach(piece, file); });
        input.click();
    }

    /** @param {Server.Evidence} piece @param {File} file */
    #attach(piece, file) {
        const limit = Number(document.getElementById("evidence-form")?.dataset.largest);
        if (limit && file.size > limit) {
            this.#showError(piece, gettext("This file is larger than %(limit)s. Save it smaller, or keep the pages that count.", { limit: formatSize(limit) }));
            return;
        }
        const data = new FormData(), bar = find(this.list, `[data-evidence="${piece.id}"] progress`, HTMLProgressElement);
        data.set("file", file);
        bar.hidden = false;
        this.#act((version) => {
            data.set("version", String(version));
            return upload(this.#at(this.claim?.id, `${piece.id}/copy/`), data, (share) => { bar.value = share; });
        }, { message: gettext("%(name)s is kept.", { name: file.name }), piece }).finally(() => { bar.hidden = true; });
    }

    /** @param {Server.Evidence} piece */
    #fetch(piece) {
        announce(gettext("Fetching a copy…"));
        this.#act((version) => ask(this.#at(this.claim?.id, `${piece.id}/copy/`), { method: "POST", body: { fetch: true, version }, patience: 45_000 }), { message: gettext("A copy is kept."), piece });
    }

    /** @param {Server.Evidence} piece */
    #edit(piece) {
        const editor = this.editors.get(piece.id) ?? this.#editor(piece);
        this.editors.set(piece.id, editor);
        this.#draw();
        find(editor, "textarea").focus();
    }

    /** @param {Server.Evidence} piece */
    #editor(piece) {
        const inputs = evidenceInputs().filter((input) => input.matches("[data-on-card]"));
        const fields = inputs.map((input) => copyOfField(input, `card-${piece.id}`, piece[input.name]));
        const element = h("form", { class: "evidence-editor", "aria-label": gettext("The words of this piece of evidence") }, ...fields,
            h("p", { class: "desk-actions" },
                h("button", { type: "submit", class: "desk-button desk-button-primary" }, gettext("Save") + " ", h("kbd", {}, gettext("Ctrl ⏎"))),
                h("button", { type: "button", class: "desk-button", onclick: () => close() }, gettext("Cancel"))));
        const close = () => { this.editors.delete(piece.id); this.#draw(); this.#row(piece.id)?.focus(); };
        const save = async () => {
            if (await this.#change(piece, Object.fromEntries(new FormData(element)), gettext("Saved."))) close();
        };
        element.addEventListener("submit", (event) => { event.preventDefault(); save(); });
        element.addEventListener("keydown", (event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
            else if (event.key === "Escape") close();
            else return;
            event.preventDefault();
            event.stopPropagation();
        });
        return element;
    }

    // --- Sending ------------------------------------------------------------------------------------
    /** An address below the evidence of a claim. @param {string|undefined} id of the claim @param {string} rest */
    #at(id, rest) {
        if (!this.claim || id === undefined) throw new Error("No claim is open.");
        return `${this.claim.evidence_at.replace(this.claim.id, id)}${rest}`;
    }

    /**
     * Send one change after the other.
     * @param {Send} send
     * @param {{message?: string, piece?: Server.Evidence|null, throws?: boolean, id?: string}} [options]
     * @returns {Promise<Server.Claim|null>} the changed claim, or null when nothing was changed
     */
    #act(send, { message = "", piece = null, throws = false, id = this.claim?.id } = {}) {
        const run = this.sending.then(async () => {
            const answer = this.claim && await send(this.claim.version);
            if (!answer) return null;
            /** @type {Server.Claim} */
            const claim = answer.data;
            claim.evidence = this.#inWantedOrder(claim.evidence);
            if (this.claim?.id === id) this.changed(claim);
            if (message) announce(message, "good");
            return claim;
        });
        const done = run.catch(async (error) => {
            if (error instanceof Refused && error.status === 409) await this.#catchUp();
            if (throws) throw error;
            this.#showError(piece, errorMessage(error));
            return null;
        });
        this.sending = done.catch(() => {});
        return done;
    }

    /** After a conflict: the current claim. */
    async #catchUp() {
        try {
            this.changed((await ask(this.#at(this.claim?.id, "state/"))).data);
        } catch {
            // the message of the change itself is shown
        }
    }

    /** @param {Server.Evidence|null} piece @param {string} message */
    #showError(piece, message) {
        announce(message, "bad");
        const row = piece && this.#row(piece.id), line = row && findAll(row, ".mark-error")[0];
        if (!line) return;
        line.hidden = false;
        line.textContent = message;
    }
}
