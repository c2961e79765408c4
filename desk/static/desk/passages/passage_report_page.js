// One key per decision in the report on passages. Each key presses a button that is on the page without scripts, too.
import { find, findAll, targetOf } from "../http/elements.js";

const checks = findAll(document, "[data-check]");
const current = () => checks.findIndex((check) => check === document.activeElement || check.contains(document.activeElement));

/** @param {number} place */
function go(place) {
  const check = checks[Math.max(0, Math.min(place, checks.length - 1))];
  check?.focus({ preventScroll: true });
  check?.scrollIntoView({ block: "start" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || targetOf(event).matches("input, textarea, select, [contenteditable]")) return;
  const at = current();
  if (event.key === "j") go(at + 1);
  else if (event.key === "k") go(at - 1);
  else {
    const selector = `button[data-key="${CSS.escape(event.key)}"]`;
    if (!checks[at]?.querySelector(selector)) return;
    find(checks[at], selector).click();
  }
  event.preventDefault();
});

const named = checks.findIndex((check) => check.id === location.hash.slice(1));
if (named >= 0) go(named);
