// Updates the list of similar claims while the statement is typed. Without scripts the list is as it was when the page was loaded.
"use strict";

(() => {
  const PAUSE = 300; // milliseconds without typing before searching

  /** @param {string} name @param {string} [className] @param {string|null} [text] */
  const element = (name, className, text) => {
    const created = document.createElement(name);
    if (className) created.className = className;
    if (text) created.textContent = text;
    return created;
  };

  /** @param {string} address @param {string} [text] */
  const link = (address, text) => {
    const created = element("a", "desk-link", text);
    created.setAttribute("href", address);
    return created;
  };

  /** @param {string} selector @returns {HTMLInputElement|null} */
  const field = (selector) => document.querySelector(selector);

  /** The address where the quoted passage is marked for a claim; empty without an article and a quote. @param {string} address */
  const passageOf = (address) => {
    const article = field("[name='appearances-0-article']")?.value;
    const quote = field("[name='appearances-0-exact']")?.value.trim();
    return article && quote ? `${address}?${new URLSearchParams({ article, quote })}` : "";
  };

  /** @param {Server.Candidate} claim @param {DOMStringMap} labels @param {boolean} isNew whether the statement is of a new claim */
  const row = (claim, labels, isNew) => {
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
    if (claim.repeat_url) acts.append(link(claim.repeat_url, labels.repeat));
    if (passage) acts.append(link(passage, labels.passage));
    if (claim.public_url) acts.append(link(claim.public_url, labels.public));
    item.append(
      title,
      " ",
      element("span", `desk-badge desk-${claim.stage_tone}`, claim.stage_label),
      element("span", `desk-badge desk-rating-${claim.rating_tone || "open"}`, `${claim.rating_sign} ${claim.verdict}`),
      quiet,
      acts,
    );
    return item;
  };

  /** The rows under the headings of their groups. @param {Server.Candidate[]} rows @param {DOMStringMap} labels */
  const grouped = (rows, labels) =>
    /** @type {const} */ (["same", "related"]).flatMap((group) => {
      const members = rows.filter((claim) => claim.group === group);
      if (!members.length) return [];
      const list = element("ol");
      list.append(...members.map((claim) => row(claim, labels, !labels.exclude)));
      return [element("h4", "", labels[group]), list];
    });

  const start = () => {
    const section = document.getElementById("similar");
    const statement = field("#id_text");
    const language = field("#id_language");
    if (!section || !statement || !language) return;
    const labels = section.dataset;
    const list = section.querySelector("[data-list]");
    const status = section.querySelector("[data-status]");
    if (!list || !status) return;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    /** @type {AbortController|null} */
    let searching = null;

    const search = async () => {
      searching?.abort();
      searching = new AbortController();
      const mine = searching;
      const query = new URLSearchParams({ text: statement.value, language: language.value, exclude: labels.exclude ?? "" });
      section.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(`${labels.address}?${query}`, { signal: mine.signal, headers: { Accept: "application/json" } });
        const found = await answer.json();
        if (mine !== searching) return;
        /** @type {Server.Candidate[]} */
        const rows = found.results ?? [];
        list.replaceChildren(...grouped(rows, labels));
        status.textContent = found.detail ?? (rows.length || !statement.value.trim() ? "" : labels.none ?? "");
      } catch {
        if (!mine.signal.aborted && mine === searching) status.textContent = labels.failed ?? "";
      } finally {
        if (mine === searching) section.removeAttribute("aria-busy");
      }
    };

    const searchLater = () => {
      clearTimeout(timer);
      timer = setTimeout(search, PAUSE);
    };
    for (const input of [statement, language]) input.addEventListener("input", searchLater);
    if (!labels.exclude) {
      for (const input of document.querySelectorAll("[name='appearances-0-exact']")) input.addEventListener("change", searchLater);
      if (statement.value.trim()) search();
    }
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
