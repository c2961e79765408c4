// One key per decision in the report on passages. Each key presses a button that is there without scripts too.
const checks = [...document.querySelectorAll("[data-check]")];
const isTyping = (target) => target.matches("input, textarea, select, [contenteditable]");
const current = () => checks.findIndex((check) => check === document.activeElement || check.contains(document.activeElement));

function go(place) {
  const check = checks[Math.max(0, Math.min(place, checks.length - 1))];
  check?.focus({ preventScroll: true });
  check?.scrollIntoView({ block: "start" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const at = current();
  if (event.key === "j") go(at + 1);
  else if (event.key === "k") go(at - 1);
  else {
    const button = checks[at]?.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    button.click();
  }
  event.preventDefault();
});

const named = document.getElementById(location.hash.slice(1));
if (named?.matches("[data-check]")) go(checks.indexOf(named));
