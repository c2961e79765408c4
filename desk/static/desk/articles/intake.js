/** The import page: says that reading goes on, and for how long, until the next page comes. */
import { h } from "../http/elements.js";
import { gettext } from "../http/texts.js";

/** Nothing is said about a file that is read within this time, in milliseconds. */
const PATIENCE = 800;

const form = document.querySelector("form.desk-intake");
if (form instanceof HTMLFormElement) {
    const status = form.appendChild(h("p", { class: "desk-note", role: "status", hidden: true }));
    const button = form.querySelector("button[type=submit]");
    form.addEventListener("submit", (event) => {
        if (form.dataset.sent) {
            event.preventDefault();
            return;
        }
        form.dataset.sent = "yes";
        button?.setAttribute("aria-disabled", "true");
        const began = Date.now();
        setTimeout(show, PATIENCE);
        setInterval(show, 1000);

        function show() {
            const seconds = Math.round((Date.now() - began) / 1000);
            status.hidden = false;
            status.textContent = gettext("Reading … %(seconds)s s. A long PDF file or a slow site can take half a minute. Nothing is saved yet.", { seconds });
        }
    });
    // The page is shown again from the browser's memory: the form can be sent again.
    addEventListener("pageshow", (event) => {
        if (event.persisted) location.reload();
    });
}
