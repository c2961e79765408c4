/* Copies a text or a link, and opens the phone's own share sheet. Without scripts, texts and links can be selected and
   copied by hand, and these buttons stay out of sight. */

/** @param {HTMLButtonElement} button */
function show(button) {
  button.hidden = false;
  button.closest(".scripted")?.classList.add("ready");
}

/**
 * The field whose text a button copies; null where it copies a link of its own.
 *
 * @param {HTMLButtonElement} button
 */
function fieldOf(button) {
  const field = document.getElementById(button.dataset.copies ?? "");
  return field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement ? field : null;
}

for (const button of document.querySelectorAll("button[data-copies], button[data-copy]")) {
  if (!navigator.clipboard || !(button instanceof HTMLButtonElement)) break;
  const field = fieldOf(button);
  const words = field?.value ?? button.dataset.copy;
  const status = document.getElementById(button.getAttribute("aria-describedby") ?? "");
  if (!status || !words) continue;
  show(button);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words);
      status.textContent = button.dataset.done ?? "";
    } catch {
      field?.select();
      status.textContent = button.dataset.failed ?? "";
    }
  });
}

for (const button of document.querySelectorAll("button[data-shares]")) {
  if (!("share" in navigator) || !(button instanceof HTMLButtonElement)) break;
  show(button);
  button.addEventListener("click", async () => {
    try {
      await navigator.share({ title: document.title, text: button.dataset.words, url: button.dataset.shares });
    } catch {
      /* The reader closed the sheet, or chose nothing: the links are still there. */
    }
  });
}
