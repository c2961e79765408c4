/* For pages that show our checks in frames: gives each frame the height that its check sends, and asks for it once, in case
   a frame sent it before this script was loaded.

   Only messages of frames from this script's own site are read, and only a height is taken from them. A page may show
   checks of several sites that work with Factcheck: each has its own script, which runs once. */
"use strict";

(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const site = new URL(script.src).origin;
  window.factcheckSites ??= new Set();
  if (window.factcheckSites.has(site)) return;
  window.factcheckSites.add(site);

  /** @returns {HTMLIFrameElement[]} */
  function ours() {
    return [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(`${site}/`));
  }

  window.addEventListener("message", ({ data, source }) => {
    if (!data || data.type !== "factcheck:height" || !Number.isFinite(data.height)) return;
    for (const frame of ours()) {
      if (frame.contentWindow === source) frame.style.height = `${Math.min(Math.max(data.height, 80), 4000)}px`;
    }
  });
  /* To any origin: a sandboxed frame has none, and the message holds no data. A frame that loads later sends its height itself. */
  for (const frame of ours()) frame.contentWindow?.postMessage({ type: "factcheck:how-high" }, "*");
})();
