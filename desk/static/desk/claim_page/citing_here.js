/** Add a source where the claim is worked on: the form that cites, below the cards. Saved at once; all that is typed stays. */
import { upload } from "../http/api.js";
import { byId, findAll } from "../http/elements.js";
import { CitingForm } from "../evidence/citing.js";
import { takeOverRows } from "./rows.js";

export class CitingHere {
    /**
     * @param {HTMLElement} root @param {string} address of the claim's evidence
     * @param {{version: () => number, page: () => Promise<Document>, added: (page: Document, version: number) => void}} claim
     */
    constructor(root, address, claim) {
        this.root = root;
        this.address = address;
        this.claim = claim;
        /** @type {CitingForm|null} */
        this.form = null;
        this.button = root.querySelector("#add-source");
        this.button?.addEventListener("click", () => this.open());
    }

    /** Open the form, or go back into it. */
    open() {
        if (!(this.button instanceof HTMLElement)) return;
        if (!this.form) {
            this.form = new CitingForm(this.address, { save: (data, progress) => this.#save(data, progress), closed: () => this.close() });
            byId("evidence-place").append(this.form.element);
            this.button.hidden = true;
        }
        this.form.focus();
    }

    close() {
        this.form?.element.remove();
        this.form = null;
        if (!(this.button instanceof HTMLElement)) return;
        this.button.hidden = false;
        this.button.focus();
    }

    /** @param {FormData} data @param {(share: number) => void} progress */
    async #save(data, progress) {
        data.set("version", String(this.claim.version()));
        const answer = await upload(`${this.address}add/`, data, progress);
        const page = await this.claim.page(), rows = takeOverRows(this.root, page, "evidence");
        this.close();
        this.claim.added(page, answer.data.version);
        findAll(rows[0] ?? document.createElement("div"), "summary")[0]?.focus();
    }
}
