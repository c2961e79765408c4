/** The publication of a claim: the button names the act, the time shows when it is needed, one press counts once. */

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("publish_form"));

/** @param {HTMLFormElement} root */
function mount(root) {
    const button = /** @type {HTMLButtonElement} */ (root.querySelector("[data-submit]"));
    const time = /** @type {HTMLElement} */ (root.querySelector("[data-time]"));
    const isReady = !button.disabled;

    const show = () => {
        const when = String(new FormData(root).get("when") ?? "now");
        time.hidden = when === "now";
        const name = root.dataset[when] ?? "";
        const moment = when === "now" ? "" : [value("day"), value("time")].filter(Boolean).join(", ");
        button.textContent = [name, moment].filter(Boolean).join(": ");
        button.disabled = !isReady;
    };

    /** @param {string} name */
    const value = (name) => String(new FormData(root).get(name) ?? "");

    root.addEventListener("input", show);
    root.addEventListener("submit", (event) => {
        const pressed = /** @type {SubmitEvent} */ (event).submitter;
        if (pressed === button) setTimeout(() => (button.disabled = true));
    });
    // Wherever the focus is, but not while the keys are held that led to this page.
    document.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.shiftKey && (event.ctrlKey || event.metaKey) && !event.repeat && !button.disabled) {
            event.preventDefault();
            root.requestSubmit(button);
        }
    });
    addEventListener("pageshow", show);
    show();
}

if (form) mount(form);
