/** The right of reply, on the article desk: who was asked, when, by what means, what they answered. */
import { announce, byId, find, findAll, h } from "../http/elements.js";
import { gettext } from "../http/texts.js";

/**
 * Open the form of a reply in the open claim.
 * @param {import("./desk.js").Desk} desk @param {Server.Reply|null} reply one that is there, or null for a new one
 */
export function openReply(desk, reply) {
    const { claim } = desk, { detail } = desk.list;
    if (!claim || !detail) return;
    const place = find(detail, ".mark-replies");
    place.querySelector("form")?.remove();
    const form = emptyForm();
    const today = new Date().toLocaleDateString("sv");
    fill(form, { asked_on: today, asked: claim.fields.claimant, ...reply });
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        form.querySelectorAll(".mark-error").forEach((line) => line.remove());
        const values = Object.fromEntries(new FormData(form));
        const outcome = await desk.act(reply ? `replies/${reply.id}/` : "replies/", values, gettext("Noted."));
        if (typeof outcome === "boolean") return;
        for (const [name, messages] of Object.entries(outcome.errors)) {
            const field = form.elements.namedItem(name);
            const frame = field instanceof HTMLElement ? field.closest(".mark-field") : null;
            (frame ?? form).append(h("p", { class: "mark-error" }, messages.join(" ")));
        }
    });
    form.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
        else if (event.key === "Escape") form.remove();
        else return;
        event.preventDefault();
        event.stopPropagation();
        if (event.key === "Escape") desk.list.row(claim.id)?.focus();
    });
    find(form, "[data-cancel]").addEventListener("click", () => form.remove());
    place.append(form);
    find(form, `[name="${reply ? "answer" : "asked"}"]`).focus();
    announce(gettext("Ctrl+Enter saves, Esc closes."));
}

/** A copy of the form that the page holds. */
function emptyForm() {
    const form = byId("mark-reply", HTMLTemplateElement).content.firstElementChild?.cloneNode(true);
    if (!(form instanceof HTMLFormElement)) throw new Error("The page has no form for replies.");
    return form;
}

/** @param {HTMLFormElement} form @param {Record<string, any>} values by name; a field without one keeps its own */
function fill(form, values) {
    for (const field of findAll(form, "[name]")) {
        if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
        field.value = values[field.name] ?? field.value;
    }
}
