/** Ordering cards with the mouse, and dropping a file on one. Cards are list items with `data-evidence`. */
import { findAll, targetOf } from "../http/elements.js";

/**
 * @param {HTMLElement} list
 * @param {{moved: (order: number[]) => void, dropped: (id: string, file: File) => void}} handlers
 */
export function dragToOrder(list, { moved, dropped }) {
    /** @type {HTMLElement|null} */
    let dragged = null;
    /** @param {Event} event @returns {HTMLElement|null} */
    const over = (event) => targetOf(event).closest("[data-evidence]");
    const unmark = () => list.querySelectorAll(".evidence-over").forEach((card) => card.classList.remove("evidence-over"));

    list.addEventListener("dragstart", (event) => {
        dragged = targetOf(event).closest(".evidence-grip") ? over(event) : null;
        if (!dragged || !event.dataTransfer) return;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", dragged.getAttribute("aria-label") ?? "");
        event.dataTransfer.setDragImage(dragged, 12, 12);
        dragged.classList.add("evidence-dragged");
    });
    list.addEventListener("dragover", (event) => {
        const card = over(event), isFile = event.dataTransfer?.types.includes("Files");
        if (isFile && card) {
            unmark();
            card.classList.add("evidence-over");
        } else if (dragged && card && card !== dragged) {
            const box = card.getBoundingClientRect();
            card[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
        }
        if (isFile || dragged) event.preventDefault();
    });
    list.addEventListener("dragleave", unmark);
    list.addEventListener("drop", (event) => {
        const card = over(event), file = event.dataTransfer?.files[0];
        unmark();
        if (!dragged && !file) return;
        event.preventDefault();
        if (!dragged && card && file) dropped(card.dataset.evidence ?? "", file);
    });
    list.addEventListener("dragend", () => {
        if (!dragged) return;
        dragged.classList.remove("evidence-dragged");
        dragged = null;
        moved(findAll(list, "[data-evidence]").map((card) => Number(card.dataset.evidence)));
    });
}
