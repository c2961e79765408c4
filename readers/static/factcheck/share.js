/* Copies the code beside a button. Without scripts the code can be selected and copied by hand. */
for (const button of document.querySelectorAll("button[data-copies]")) {
  if (!navigator.clipboard || !(button instanceof HTMLButtonElement)) break;
  const code = document.getElementById(button.dataset.copies ?? "");
  const status = document.getElementById(button.getAttribute("aria-describedby") ?? "");
  if (!status || !(code instanceof HTMLTextAreaElement || code instanceof HTMLInputElement)) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.value);
      status.textContent = button.dataset.done ?? "";
    } catch {
      code.select();
      status.textContent = button.dataset.failed ?? "";
    }
  });
}
