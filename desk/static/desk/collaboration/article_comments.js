/** The panel with the comments on the article, on the article desk. */
import { Refused } from "../http/api.js";
import { register } from "../http/panels.js";
import { h } from "../http/elements.js";
import { gettext } from "../http/texts.js";
import { Threads } from "./threads.js";

/** How often colleagues' comments are looked for, in milliseconds. */
const EVERY = 60_000;

class ArticleComments {
    /** @param {HTMLElement} element @param {Panels.Desk} desk */
    constructor(element, desk) {
        this.desk = desk;
        this.address = desk.settings.base.replace(/desk\/$/, "comments/");
        this.mine = h("p");
        const place = h("div");
        element.append(this.mine, place);
        this.threads = new Threads(place, (act, body) => this.#act(act, body));
        this.#read();
        setInterval(() => { if (!document.hidden && !element.contains(document.activeElement)) this.#read(); }, EVERY);
    }

    async #read() {
        try {
            const { data } = await this.desk.ask(this.address);
            this.#draw(data);
        } catch { /* looked for again a minute later */ }
    }

    /** @param {string} act @param {object} body */
    async #act(act, body) {
        try {
            const { data } = await this.desk.ask(`${this.address}${act}/`, { method: "POST", body });
            this.#draw(data);
            this.desk.announce(data.message, "good");
            return true;
        } catch (error) {
            this.desk.announce((error instanceof Error && error.message) || gettext("Not done: there is no connection. Try again."), "bad");
            if (error instanceof Refused && error.status === 409) this.#read();
            return error;
        }
    }

    /** Show the comment that the address names. @param {string} id */
    #reveal(id) {
        const comment = id.startsWith("comment-") ? document.getElementById(id) : null;
        if (!comment || !this.mine.parentElement?.contains(comment)) return;
        this.desk.tabs.show("claims");
        const folded = comment.closest("details");
        if (folded) folded.open = true;
        comment.tabIndex = -1;
        comment.focus({ preventScroll: true });
        comment.scrollIntoView({ block: "center" });
    }

    /** @param {Server.Comments & {article: string}} state */
    #draw(state) {
        const count = state.comments.filter((one) => one.is_for_you).length;
        this.mine.replaceChildren(...(count === 0 ? [] : [h("span", { class: "desk-badge desk-warning" }, state.labels.for_you.replace("%(n)s", String(count))), " ",
            h("button", { type: "button", class: "desk-button", onclick: () => this.#act("seen", {}) }, state.labels.read)]));
        this.threads.draw(state.article, state);
        if (!this.isShown) this.#reveal(window.location.hash.slice(1));
        this.isShown = true;
    }
}

register({ key: "article-comments", title: gettext("Comments on the article"), place: "article", mount(element, desk) { new ArticleComments(element, desk); } });
