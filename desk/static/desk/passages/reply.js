/** The right of reply, noted in place: who was asked, when, by what means, what they said. */
import { announce, h } from "../http/elements.js";

/** Open the form of a reply in the open claim; `reply` is one that is there, or null for a new one. */
export function openReply(desk, reply) {
    const place = desk.list.detail.querySelector(".mark-replies");
    place.querySelector("form")?.remove();
    const form = document.getElementById("mark-reply").content.firstElementChild.cloneNode(true);
    const today = new Date().toLocaleDateString("sv");
    for (const field of form.elements) if (field.name) field.value = reply?.[field.name] ?? { asked_on: today, asked: desk.claim.words.claimant }[field.name] ?? field.value;
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        form.querySelectorAll(".mark-error").forEach((line) => line.remove());
        const values = Object.fromEntries(new FormData(form));
        const outcome = await desk.act(reply ? `replies/${reply.id}/` : "replies/", values, "Noted.");
        if (outcome === true) return;
        for (const [name, messages] of Object.entries(outcome?.errors ?? {})) {
            (form.elements[name]?.closest(".mark-field") ?? form).append(h("p", { class: "mark-error" }, messages.join(" ")));
        }
    });
    form.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
        else if (event.key === "Escape") form.remove();
        else return;
        event.preventDefault();
        event.stopPropagation();
        if (event.key === "Escape") desk.list.row(desk.claim.id)?.focus();
    });
    form.querySelector("[data-cancel]").addEventListener("click", () => form.remove());
    place.append(form);
    form.elements[reply ? "answer" : "asked"].focus();
    announce("Ctrl+Enter saves, Esc closes.");
}
