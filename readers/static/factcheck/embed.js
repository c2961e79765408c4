/* A check in a frame: tells the page around it how high it is, also whenever it is asked, and looks for news while it is
   seen.

   The browser asks with the ETag it has, so that nothing new costs a 304. A correction or a retraction takes the place
   of what was there, in a live region, so that it is also heard. No cookie is sent, nothing is stored. */
"use strict";

(() => {
  const main = document.querySelector("main");
  const every = Number(main.dataset.refresh) * 1000;
  let refreshedAt = Date.now();

  function sendHeight() {
    if (window.parent === window) return;
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    window.parent.postMessage({ type: "factcheck:height", height }, "*");
  }

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
      if (!now || now.dataset.version === then.dataset.version) return;
      document.title = fresh.title;
      then.replaceWith(document.adoptNode(now));
    } catch {
      /* Offline: what is shown stays, and the next look comes. */
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
