// Keeps the list of claims like the statement up to date while it is typed. Without scripts the list is as it was saved.
"use strict";

(() => {
  const PAUSE = 300; // milliseconds without typing before asking

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  const link = (address, text) => {
    const made = element("a", "desk-link", text);
    made.href = address;
    return made;
  };

  const passageOf = (address) => {
    const article = document.querySelector("[name='appearances-0-article']")?.value;
    const quote = document.querySelector("[name='appearances-0-exact']")?.value.trim();
    return article && quote ? `${address}?${new URLSearchParams({ article, quote })}` : "";
  };

  const row = (claim, words, isNew) => {
    const item = element("li");
    const title = link(claim.url, claim.text);
    title.lang = claim.language;
    title.dir = claim.direction;
    const quiet = element("span", "desk-quiet");
    for (const about of [claim.claimant, claim.checked_on].filter(Boolean)) quiet.append(element("bdi", "", about), " · ");
    const why = element("span", "", claim.why);
    why.lang = claim.language;
    quiet.append(why);
    const acts = element("span", "desk-similar-acts");
    const passage = isNew ? passageOf(claim.passage_url) : "";
    if (claim.repeat_url) acts.append(link(claim.repeat_url, words.repeat));
    if (passage) acts.append(link(passage, words.passage));
    if (claim.public_url) acts.append(link(claim.public_url, words.public));
    item.append(
      title,
      " ",
      element("span", `desk-badge desk-${claim.stage_tone}`, claim.stage_label),
      element("span", `desk-badge desk-rating-${claim.rating_tone || "open"}`, `${claim.rating_sign} ${claim.finding}`),
      quiet,
      acts,
    );
    return item;
  };

  const start = () => {
    const section = document.getElementById("similar");
    const statement = document.getElementById("id_text");
    const language = document.getElementById("id_language");
    if (!section || !statement || !language) return;
    const words = section.dataset;
    const list = section.querySelector("[data-list]");
    const status = section.querySelector("[data-status]");
    let timer = 0;
    let asking = null;

    const ask = async () => {
      asking?.abort();
      asking = new AbortController();
      const mine = asking;
      const query = new URLSearchParams({ text: statement.value, language: language.value, exclude: words.exclude });
      section.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(`${words.address}?${query}`, { signal: mine.signal, headers: { Accept: "application/json" } });
        const found = await answer.json();
        if (mine !== asking) return;
        const rows = found.results ?? [];
        list.replaceChildren(...rows.map((claim) => row(claim, words, !words.exclude)));
        status.textContent = found.detail ?? (rows.length || !statement.value.trim() ? "" : words.none);
      } catch (error) {
        if (error.name !== "AbortError" && mine === asking) status.textContent = words.failed;
      } finally {
        if (mine === asking) section.removeAttribute("aria-busy");
      }
    };

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    };
    for (const field of [statement, language]) field.addEventListener("input", later);
    if (!words.exclude) {
      for (const field of document.querySelectorAll("[name='appearances-0-exact']")) field.addEventListener("change", later);
      if (statement.value.trim()) ask();
    }
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
