/** The review page: ticks, the way from change to change and from figure to figure, comments on words, the next step. */
import { ask, Refused, SignedOut } from "../http/api.js";
import { byId, find, findAll, h, readJson, targetOf } from "../http/elements.js";
import { Keymap } from "../http/keymap.js";
import { chosenWords } from "./chosen_words.js";
import { chooseSentence } from "./sentences.js";

/** @type {Server.Review} */
const data = readJson("review-data");
const keymap = new Keymap();
const rows = findAll(document, ".review-row");
let change = 0;
/** @type {HTMLElement|null} */
let current = null;

/** @param {string} message @param {boolean} [isBad] */
function say(message, isBad = false) {
    const line = byId("review-status");
    line.textContent = "";
    line.classList.toggle("is-bad", isBad);
    requestAnimationFrame(() => { line.textContent = message; });
}

/** What went wrong, in words. @param {unknown} error */
function explain(error) {
    if (error instanceof SignedOut) return data.texts.signed_out;
    return error instanceof Refused ? error.message : data.texts.not_saved;
}

/** @param {HTMLElement} row */
const isTicked = (row) => row.classList.contains("is-ticked");
/** @param {HTMLElement} row */
const box = (row) => find(row, ".review-tick", HTMLButtonElement);
/** @param {HTMLElement} row @returns {HTMLElement[]} */
const marksOf = (row) => findAll(byId("review-text"), `[data-item="${row.dataset.item}"]`);

/** Make one figure the current one: in the list and in the text. @param {HTMLElement} row @param {{focus?: boolean}} [how] */
function choose(row, { focus = true } = {}) {
    for (const old of findAll(document, ".review-row.is-current, .review-item.is-current")) old.classList.remove("is-current");
    current = row;
    row.classList.add("is-current");
    for (const mark of marksOf(row)) mark.classList.add("is-current");
    marksOf(row)[0]?.scrollIntoView({ block: "center" });
    row.scrollIntoView({ block: "nearest" });
    if (focus && !box(row).disabled) box(row).focus({ preventScroll: true });
}

/** The next row after the current one, round the end; open ones alone where there are any. */
function next() {
    const open = rows.filter((row) => !isTicked(row)), among = open.length ? open : rows;
    if (!among.length) return null;
    const place = current ? rows.indexOf(current) : -1;
    return among.find((row) => rows.indexOf(row) > place) ?? among[0] ?? null;
}

/** The ticks on their way, one after the other: so the last answer has the newest count. */
let sending = Promise.resolve();

/** Draw a tick at once, and send it. @param {HTMLElement} row @param {boolean} to */
function tick(row, to) {
    draw(row, to, "");
    sending = sending.then(() => send(row, to));
}

/** @param {HTMLElement} row @param {boolean} to */
async function send(row, to) {
    try {
        const answer = await ask(data.ticks, { method: "POST", body: { key: row.dataset.key, is_ticked: to } });
        const { tick: kept, ticked, total } = answer.data;
        draw(row, to, kept ? `${kept.by}, ${kept.at}` : "");
        count(ticked, total);
        say(ticked === total ? data.texts.all_ticked : to ? data.texts.ticked : data.texts.unticked);
    } catch (error) {
        draw(row, !to, "");
        say(explain(error), true);
    }
}

/** @param {HTMLElement} row @param {boolean} to @param {string} when */
function draw(row, to, when) {
    row.classList.toggle("is-ticked", to);
    box(row).setAttribute("aria-checked", String(to));
    find(row, ".review-when").textContent = when;
    for (const mark of marksOf(row)) {
        mark.classList.toggle("review-ticked", to);
        mark.classList.toggle("review-open", !to);
    }
}

/** @param {number} ticked @param {number} total */
function count(ticked, total) {
    byId("review-ticked").textContent = String(ticked);
    const open = document.getElementById("review-open");
    if (!open) return;
    byId("review-open-count").textContent = String(total - ticked);
    open.hidden = ticked === total;
    if (ticked === total) foldReason();
}

/** The reason for open ticks takes no room until it is asked for. */
function foldReason() {
    const reason = document.getElementById("review-reason");
    if (!reason || reason.dataset.always || reason.querySelector(".review-error")) return;
    if (!byId("approve_comment", HTMLTextAreaElement).value) reason.hidden = true;
}

/** Asks for the reason where one is needed and missing. */
function asksWhy() {
    const reason = document.getElementById("review-reason"), words = byId("approve_comment", HTMLTextAreaElement);
    if (!reason || words.value.trim() || (!reason.dataset.always && rows.every(isTicked))) return false;
    reason.hidden = false;
    say(data.texts.say_why, true);
    words.focus();
    return true;
}

/** @param {Direction} by */
function toChange(by) {
    const marks = findAll(byId("review-text"), "[data-change]");
    const numbers = [...new Set(marks.map((mark) => Number(mark.dataset.change)))].sort((one, other) => one - other);
    const following = by > 0 ? numbers.find((number) => number > change) : numbers.filter((number) => number < change).at(-1);
    if (following === undefined) {
        say(data.texts.no_changes);
        if (by > 0) change = 0;
        return;
    }
    change = following;
    for (const mark of marks) mark.classList.toggle("is-current", Number(mark.dataset.change) === change);
    marks.find((mark) => Number(mark.dataset.change) === change)?.scrollIntoView({ block: "center" });
}

function approve() {
    const form = document.getElementById("review-approve");
    if (!(form instanceof HTMLFormElement) || find(form, "[type=submit]", HTMLButtonElement).disabled) return;
    form.requestSubmit();
}

/** @param {string} id */
function show(id) {
    const dialog = document.getElementById(id);
    if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** @type {import("./chosen_words.js").Words|null} */
let words = null;
document.addEventListener("selectionchange", () => { words = chosenWords() ?? (document.activeElement?.closest("dialog") ? words : null); });

function comment() {
    const chosen = chosenWords() ?? words;
    if (!chosen) {
        say(data.texts.choose_words);
        return;
    }
    words = chosen;
    byId("review-comment-quote").textContent = chosen.exact;
    byId("review-comment-error").textContent = "";
    show("review-comment");
    byId("review-comment-text").focus();
}

/** @param {Event} event */
async function post(event) {
    event.preventDefault();
    const typed = byId("review-comment-text", HTMLTextAreaElement);
    if (!words) return;
    try {
        const { data: made } = await ask(data.comments, { method: "POST", body: { ...words, text: typed.value } });
        byId("review-comments").append(h("li", { id: `comment-${made.id}` },
            h("p", { class: "desk-quiet" }, h("strong", {}, made.by), ` · ${made.at}`),
            h("blockquote", { class: "desk-quotes", dir: "auto" }, made.quoted), h("p", { dir: "auto" }, made.text)));
        typed.value = "";
        byId("review-comment", HTMLDialogElement).close();
        say(data.texts.commented);
        byId(`comment-${made.id}`).scrollIntoView({ block: "nearest" });
    } catch (error) {
        const found = error instanceof Refused ? Object.values(error.errors).flat().join(" ") : "";
        byId("review-comment-error").textContent = found || explain(error);
    }
}

function bindKeys() {
    /** @param {string[]} keys @param {string} label @param {Panels.Key["run"]} run */
    const add = (keys, label, run) => keymap.add({ keys, label, run, group: data.texts.group, where: ["review"] });
    add(["n"], data.texts.next_change, () => toChange(1));
    add(["t"], data.texts.next_item, () => { const row = next(); if (row) choose(row); else say(data.texts.all_ticked); });
    add([" "], data.texts.tick, (event) => {
        const target = targetOf(event);
        if (target.closest("a, summary, button:not(.review-tick), dialog")) return false;
        const row = target.closest(".review-row") ?? current;
        if (!(row instanceof HTMLElement) || box(row).disabled) return false;
        const to = !isTicked(row);
        tick(row, to);
        const following = to ? next() : null;
        choose(following && !isTicked(following) ? following : row);
        return true;
    });
    add(["s"], data.texts.next_sentence, () => chooseSentence(byId("review-text"), 1));
    add(["S"], data.texts.sentence_before, () => chooseSentence(byId("review-text"), -1));
    add(["w"], data.texts.comment, comment);
    add(["b"], data.texts.send_back, () => show("review-send-back"));
    add(["Ctrl+Shift+Enter"], data.texts.approve, approve);
    add(["?"], data.texts.help, help);
    document.addEventListener("keydown", (event) => {
        if (!document.querySelector("dialog[open]")) keymap.handle(event, "review");
    });
}

function help() {
    byId("review-help-keys").replaceChildren(...keymap.table());
    show("review-help");
}

function bindMouse() {
    for (const row of rows) {
        box(row).addEventListener("click", () => { choose(row); tick(row, !isTicked(row)); });
        row.addEventListener("click", (event) => { if (!targetOf(event).closest("button, a")) choose(row, { focus: false }); });
        for (const mark of marksOf(row)) {
            mark.addEventListener("click", () => { if (document.getSelection()?.isCollapsed) choose(row, { focus: false }); });
        }
    }
    for (const button of findAll(document, "[data-change-step]")) {
        button.addEventListener("click", () => toChange(button.dataset.changeStep === "1" ? 1 : -1));
    }
    byId("review-help-button").addEventListener("click", help);
    byId("review-comment-button").addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
    byId("review-comment-button").addEventListener("click", comment);
    find(byId("review-comment"), "form").addEventListener("submit", post);
    document.getElementById("review-approve")?.addEventListener("submit", (event) => { if (asksWhy()) event.preventDefault(); });
    document.getElementById("review-send-back-button")?.addEventListener("click", () => show("review-send-back"));
    for (const button of findAll(document, "dialog [data-close]")) {
        button.addEventListener("click", () => button.closest("dialog")?.close());
    }
    const letters = byId("review-letters", HTMLInputElement);
    letters.checked = keymap.isOn;
    letters.addEventListener("change", () => keymap.set(letters.checked));
    if (document.querySelector("#review-send-back[data-open]")) show("review-send-back");
}

bindKeys();
bindMouse();
foldReason();
const first = rows.find((row) => !isTicked(row));
if (first) choose(first, { focus: false });
byId("review-text").scrollTop = 0;
