/* For pages that show our checks in frames: gives each frame the height that its check says it has.

   Only frames of the site this script comes from are listened to, and nothing but a height is taken from them. A page
   may show checks of several sites that work with Factcheck: each brings its own script, which runs once. */
"use strict";

(() => {
  const site = new URL(document.currentScript.src).origin;
  window.factcheckSites ??= new Set();
  if (window.factcheckSites.has(site)) return;
  window.factcheckSites.add(site);

  window.addEventListener("message", ({ data, source }) => {
    if (!data || data.type !== "factcheck:height" || !Number.isFinite(data.height)) return;
    for (const frame of document.querySelectorAll("iframe[src]")) {
      if (frame.contentWindow === source && new URL(frame.src, location.href).origin === site) {
        frame.style.height = `${Math.min(Math.max(data.height, 80), 4000)}px`;
      }
    }
  });
})();
