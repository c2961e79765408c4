/**
 * The forms below the claim's form (comments, assignment, dependencies, links) are sent without leaving the page, so that
 * nothing that is typed elsewhere on it is lost. The answer is the page itself: its section takes the place of this one.
 */
import { find, findAll, h, readJson } from "../http/elements.js";
import { signIn } from "../http/signing_in.js";
import { takeOver, versionHere } from "../claim_page/here.js";
import { renewTokens } from "../claim_page/unsaved.js";
import { gettext } from "../http/texts.js";

document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.closest("#together")) return;
    event.preventDefault();
    send(form, /** @type {HTMLButtonElement|null} */ (event.submitter));
});

/** @param {HTMLFormElement} form @param {HTMLButtonElement|null} button */
async function send(form, button) {
    const address = button?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
    if (button) button.disabled = true;
    try {
        const answer = await fetch(address, { method: "POST", credentials: "same-origin", cache: "no-store", body: posted(form, button) });
        if (answer.redirected && new URL(answer.url).pathname.includes("/login/")) {
            if (button) button.disabled = false;
            if (!(await signIn(readJson("unsaved-settings")))) return;
            renewTokens();
            await send(form, button);
            return;
        }
        if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
        show(new DOMParser().parseFromString(await answer.text(), "text/html"), form);
    } catch (error) {
        const said = error instanceof TypeError || !(error instanceof Error) ? gettext("There is no connection.") : error.message;
        tell(gettext("Nothing was done. %(said)s What you typed is still here; try again.", { said }));
    } finally {
        if (button) button.disabled = false;
    }
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement|null} button */
function posted(form, button) {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    if (button?.name) data.append(button.name, button.value);
    return data;
}

/** Show what the server answered. @param {Document} page @param {HTMLFormElement} sent */
function show(page, sent) {
    const here = find(document, "#together"), fresh = page.querySelector("#together");
    const made = page.getElementById("made-heading")?.closest("section");
    const messages = page.getElementById("desk-messages");
    if (messages) find(document, "#desk-messages").replaceChildren(...messages.childNodes);
    if (made) here.prepend(made);
    if (!(fresh instanceof HTMLElement)) return;
    const typed = others(here, sent);
    const isOpen = new Set(findAll(here, "details[open]").filter((one) => !one.contains(sent) || one.id).map(nameOf));
    here.replaceChildren(...fresh.childNodes);
    for (const one of findAll(here, "details")) if (isOpen.has(nameOf(one))) one.setAttribute("open", "");
    for (const field of fields(here)) field.value = typed.get(keyOf(field)) ?? field.value;
    takeOver(page, versionHere() + 1);
    const said = find(document, "#desk-messages");
    said.tabIndex = -1;
    said.focus({ preventScroll: true });
}

/** @param {ParentNode} root */
function fields(root) {
    return /** @type {(HTMLInputElement|HTMLTextAreaElement)[]} */ (findAll(root, "textarea, input:not([type=hidden], [type=submit])"));
}

/** Which field of which form it is, on this page and on the next. @param {HTMLInputElement|HTMLTextAreaElement} field */
function keyOf(field) {
    const row = field.form?.querySelector("[name=row], [name=parent]")?.getAttribute("value") ?? "";
    return `${field.form?.getAttribute("action")} ${row} ${field.name}`;
}

/** @param {HTMLElement} details */
const nameOf = (details) => {
    const form = details.querySelector("form"), row = form?.querySelector("[name=row], [name=parent]")?.getAttribute("value") ?? "";
    return details.id || `${form?.getAttribute("action")} ${row}`;
};

/** What is typed in the forms that were not sent. @param {ParentNode} root @param {HTMLFormElement} sent */
function others(root, sent) {
    const typed = fields(root).filter((field) => field.form !== sent && field.value !== field.defaultValue);
    return new Map(typed.map((field) => [keyOf(field), field.value]));
}

/** @param {string} words */
function tell(words) {
    find(document, "#desk-messages").replaceChildren(h("p", { class: "desk-card desk-late", role: "alert" }, words));
    find(document, "#desk-messages").scrollIntoView({ block: "nearest" });
}
