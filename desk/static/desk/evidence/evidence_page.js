/** The evidence of one claim on a page of its own. */
import { byId, h, readJson, targetOf } from "../http/elements.js";
import { EvidencePanel } from "./evidence.js";

document.documentElement.classList.add("mark-scripted");
const panel = new EvidencePanel(byId("evidence-panel"), { changed: (/** @type {Server.Claim} */ claim) => {
    panel.show(claim);
    const missing = byId("evidence-missing");
    missing.replaceChildren(...claim.missing.map((item) => h("li", {}, h("a", { class: "desk-link", href: `${item.page}#${item.field}` }, item.text))));
    missing.closest("section")?.toggleAttribute("hidden", !claim.missing.length);
} });
panel.show(readJson("evidence-state"));
document.addEventListener("keydown", (event) => {
    if (event.key !== "a" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (targetOf(event).closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    panel.add();
});
