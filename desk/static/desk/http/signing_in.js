/**
 * The window that asks for the password when the session has ended, without leaving the page. Where a second factor or
 * single sign-on is used, signing in goes on in a new tab; this page continues when one comes back.
 */
import { h } from "./elements.js";
import { gettext } from "./texts.js";

/** Milliseconds without typing that are a pause, and how long one is waited for. */
const PAUSE = 700;
const PATIENCE = 8000;

/** When somebody last typed into the page, on the clock of `performance.now()`. */
let typedAt = -Infinity;
document.addEventListener("input", () => { typedAt = performance.now(); }, { capture: true });

/** The window that is open now, so that several requests ask once. @type {Promise<boolean>|null} */
let asking = null;

/**
 * Ask until the person is signed in again, or closes the window.
 * @param {{sign_in: string, username: string, by_password: boolean}} person `sign_in` is the address of the sign-in page
 * @returns {Promise<boolean>} whether the page can continue
 */
export function signIn(person) {
    asking ??= typingPaused().then(() => open(person)).finally(() => { asking = null; });
    return asking;
}

/** Until nobody types: else the letters of a word would land in the field of the password. @returns {Promise<void>} */
async function typingPaused() {
    const end = performance.now() + PATIENCE;
    const left = () => Math.min(typedAt + PAUSE, end) - performance.now();
    while (left() > 0) await new Promise((resolve) => { setTimeout(resolve, left()); });
}

/** @param {{sign_in: string, username: string, by_password: boolean}} person @returns {Promise<boolean>} */
function open({ sign_in: address, username, by_password: byPassword }) {
    return new Promise((resolve) => {
        const password = h("input", { type: "password", class: "mark-input", autocomplete: "current-password", id: "signing-in-password" });
        const problem = h("p", { class: "desk-late", role: "alert" });
        const elsewhere = [
            h("p", {}, gettext("Or sign in in a new tab, then come back and choose Continue:")),
            h("p", {}, h("a", { class: "desk-link", href: address, target: "_blank", rel: "noopener" }, gettext("Sign in in a new tab"))),
        ];
        const dialog = h("dialog", { class: "desk-dialog", "aria-labelledby": "signing-in-heading" },
            h("h2", { id: "signing-in-heading" }, gettext("Your session has ended")),
            h("p", {}, gettext("Nothing is lost: what you typed is kept in this browser. Sign in to continue.")),
            h("form", { onsubmit: send, novalidate: true },
                byPassword && h("p", { class: "desk-quiet" }, gettext("User name: %(username)s", { username })),
                byPassword && h("label", { for: "signing-in-password" }, gettext("Password")),
                byPassword && password, problem, ...elsewhere,
                h("p", { class: "desk-actions" },
                    h("button", { type: "submit", class: "desk-button desk-button-primary" }, byPassword ? gettext("Sign in") : gettext("Continue")),
                    byPassword && h("button", { type: "button", class: "desk-button", onclick: () => close(true) }, gettext("Continue")),
                    h("button", { type: "button", class: "desk-button", onclick: () => close(false) }, gettext("Not now")))));
        dialog.addEventListener("cancel", () => close(false));
        document.body.append(dialog);
        dialog.showModal();

        /** @param {boolean} isDone */
        function close(isDone) {
            dialog.remove();
            resolve(isDone);
        }

        /** @param {SubmitEvent} event */
        async function send(event) {
            event.preventDefault();
            event.stopPropagation();
            if (!byPassword) { close(true); return; }
            problem.textContent = "";
            try {
                const answer = await post(address, username, password.value);
                if (answer.isIn) close(true);
                else problem.textContent = answer.problem;
            } catch {
                problem.textContent = gettext("There is no connection. Try again.");
            }
            password.value = "";
        }
    });
}

/**
 * Sign in as the sign-in page does.
 * @param {string} address @param {string} login @param {string} password
 * @returns {Promise<{isIn: boolean, problem: string}>}
 */
async function post(address, login, password) {
    const next = window.location.pathname;
    // The page renews the cookie with the token that the next request needs.
    const page = new DOMParser().parseFromString(await (await fetch(address, { credentials: "same-origin", cache: "no-store" })).text(), "text/html");
    const token = page.querySelector("[name=csrfmiddlewaretoken]")?.getAttribute("value") ?? "";
    const answer = await fetch(address, {
        method: "POST", credentials: "same-origin", cache: "no-store",
        headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token },
        body: new URLSearchParams({ login, password, next }),
    });
    const data = await answer.json().catch(() => ({}));
    if (answer.ok && data.location === next) return { isIn: true, problem: "" };
    if (answer.ok && data.location) return { isIn: false, problem: gettext("Your account asks for a second step. Sign in in a new tab.") };
    const said = [...(data.form?.errors ?? []), ...Object.values(data.form?.fields ?? {}).flatMap((field) => field.errors)];
    return { isIn: false, problem: said.join(" ") || gettext("Signing in did not work. Try it in a new tab.") };
}
