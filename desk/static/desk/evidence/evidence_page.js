/** The evidence of one claim on a page of its own. */
import { h } from "../http/elements.js";
import { EvidencePanel } from "./evidence.js";

const root = document.getElementById("evidence-panel");
document.documentElement.classList.add("mark-scripted");
const panel = new EvidencePanel(root, { changed: (claim) => {
    panel.show(claim);
    const missing = document.getElementById("evidence-missing");
    missing.replaceChildren(...claim.missing.map((item) => h("li", {}, h("a", { class: "desk-link", href: `${item.page}#${item.field}` }, item.text))));
    missing.closest("section").hidden = !claim.missing.length;
} });
panel.show(JSON.parse(document.getElementById("evidence-state").textContent));
document.addEventListener("keydown", (event) => {
    if (event.key !== "a" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    panel.add();
});
