/* For pages that show our checks in frames: gives each frame the height that its check says it has, and asks those that
   said it before this script was there.

   Only frames of the site this script comes from are listened to, and nothing but a height is taken from them. A page
   may show checks of several sites that work with Factcheck: each brings its own script, which runs once. */
"use strict";

(() => {
  const site = new URL(document.currentScript.src).origin;
  window.factcheckSites ??= new Set();
  if (window.factcheckSites.has(site)) return;
  window.factcheckSites.add(site);

  function ours() {
    return [...document.querySelectorAll("iframe[src]")].filter((frame) => frame.src.startsWith(`${site}/`));
  }

  window.addEventListener("message", ({ data, source }) => {
    if (!data || data.type !== "factcheck:height" || !Number.isFinite(data.height)) return;
    for (const frame of ours()) {
      if (frame.contentWindow === source) frame.style.height = `${Math.min(Math.max(data.height, 80), 4000)}px`;
    }
  });
  /* To any origin: a sandboxed frame has none to name, and the question holds nothing. One not loaded yet tells unasked. */
  for (const frame of ours()) frame.contentWindow.postMessage({ type: "factcheck:how-high" }, "*");
})();
