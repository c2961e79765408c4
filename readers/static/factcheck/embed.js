/* A check in a frame: sends its height to the page around it, also when asked for it, and updates itself while it is
   visible.

   The browser sends the ETag it has, so an unchanged check costs a 304. A correction or a retraction replaces the content
   inside a live region, so that screen readers read it out. No cookie is sent, nothing is stored. */
"use strict";

(() => {
  const main = document.querySelector("main");
  const every = Number(main?.dataset.refresh) * 1000;
  let refreshedAt = Date.now();

  function sendHeight() {
    if (window.parent === window) return;
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    window.parent.postMessage({ type: "factcheck:height", height }, "*");
  }

  /** @param {MessageEvent} event */
  function onHeightRequest({ data, source }) {
    if (source === window.parent && data && data.type === "factcheck:how-high") sendHeight();
  }

  async function refresh() {
    refreshedAt = Date.now();
    try {
      const answer = await fetch(location.href, { cache: "no-cache", credentials: "omit" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [now, then] = [fresh.getElementById("check"), document.getElementById("check")];
      if (!now || !then || now.dataset.version === then.dataset.version) return;
      document.title = fresh.title;
      then.replaceWith(document.adoptNode(now));
    } catch {
      /* Offline: the content stays as it is until the next refresh. */
    }
  }

  function refreshWhenDue() {
    if (!document.hidden && Date.now() - refreshedAt >= every) refresh();
  }

  setInterval(refreshWhenDue, every / 10);
  document.addEventListener("visibilitychange", refreshWhenDue);
  window.addEventListener("message", onHeightRequest);
  new ResizeObserver(sendHeight).observe(document.documentElement);
  sendHeight();
})();
