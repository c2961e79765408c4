/** What the keyboard, the mouse and the clock do on the article desk. */
import { ask } from "../http/api.js";
import { announce, h } from "../http/elements.js";
import { EVERYWHERE, Keymap } from "../http/keymap.js";
import { ready } from "../http/panels.js";
import { Tabs } from "../http/tabs.js";

/** How often the desk asks whether others changed something, in milliseconds. */
const EVERY = 20_000;

/** @param {import("./desk.js").Desk} desk */
export function wire(desk) {
    const keymap = new Keymap();
    document.documentElement.classList.add("mark-scripted");
    bindText(keymap, desk);
    bindClaims(keymap, desk);
    bindHelp(keymap);
    bindTabs(desk);
    bindForm(keymap, desk);
    bindMouse(desk);
    document.addEventListener("keydown", (event) => {
        const place = event.target.closest("[data-keys]")?.dataset.keys;
        if (place) keymap.handle(event, place);
    });
    document.getElementById("mark-button").addEventListener("click", () => desk.claimEntry.mark());
    for (const button of document.querySelectorAll("[data-move]")) {
        const [unit, direction, extend] = button.dataset.move.split(" ");
        button.addEventListener("click", () => desk.cursor.move(unit, Number(direction), Boolean(extend)));
    }
    for (const button of document.querySelectorAll("[data-expand]")) {
        button.addEventListener("click", () => desk.cursor.expand(button.dataset.expand));
    }
    desk.cursor.onMove(() => {
        document.getElementById("mark-under").textContent = desk.cursor.text.slice(0, 400);
        const flags = desk.pane.flagsAt(desk.cursor.start, desk.cursor.end);
        document.getElementById("mark-flagged").textContent = flags.map((flag) => `≠ ${flag.title}`).join(" ");
        desk.emit("selection", desk.selection());
    });
    desk.keymap = keymap;
    desk.show();
    begin(desk);
    ready(forPanels(desk, keymap));
    watch(desk);
}

function bindText(keymap, desk) {
    const add = (keys, label, run) => keymap.add({ keys, label, run, group: "In the text", where: ["text"] });
    const rtl = desk.pane.root.dir === "rtl", [left, right] = rtl ? [1, -1] : [-1, 1];
    add(["ArrowDown"], "next sentence", () => desk.cursor.move("sentence", 1, false));
    add(["ArrowUp"], "sentence before", () => desk.cursor.move("sentence", -1, false));
    add(["ArrowLeft"], rtl ? "next word" : "word before", () => desk.cursor.move("word", left, false));
    add(["ArrowRight"], rtl ? "word before" : "next word", () => desk.cursor.move("word", right, false));
    add(["Shift+ArrowDown", "Shift+ArrowUp"], "longer or shorter by a sentence",
        (event) => { desk.cursor.move("sentence", event.key === "ArrowDown" ? 1 : -1, true); });
    add(["Shift+ArrowLeft", "Shift+ArrowRight"], "longer or shorter by a word",
        (event) => { desk.cursor.move("word", event.key === "ArrowLeft" ? left : right, true); });
    add(["x"], "move the other end of the selection", () => desk.cursor.swap());
    add(["s"], "take the whole sentence", () => desk.cursor.expand("sentence"));
    add(["p"], "take the whole paragraph", () => desk.cursor.expand("paragraph"));
    add(["m"], "mark as a claim", () => desk.claimEntry.mark());
    add(["Enter"], "open the claim marked here; mark, where there is none", () => {
        const ids = desk.pane.claimsAt(desk.cursor.start, desk.cursor.end);
        if (ids.length) choose(desk, ids);
        else desk.claimEntry.mark();
    });
}

function bindClaims(keymap, desk) {
    const add = (keys, label, run, where) => keymap.add({ keys, label, run, group: "Claims", ...(where && { where }) });
    const step = (direction) => {
        const id = desk.list.next(direction), inText = document.activeElement.closest("#mark-text");
        if (!id) return;
        if (id !== desk.list.current || inText) desk.open(id, { toText: Boolean(inText) });
        if (!inText) showPassage(desk, id);
    };
    add(["j"], "next claim", () => step(1));
    add(["k"], "claim before", () => step(-1));
    add(["e"], "edit the open claim", () => desk.claimEntry.edit());
    add(["o"], "from the claim to its passage", () => desk.toText(desk.list.current), ["claims"]);
    add(["o"], "from the passage to its claim", () => choose(desk, desk.pane.claimsAt(desk.cursor.start, desk.cursor.end)), ["text"]);
    add(["u"], "take back the claim saved last", () => { desk.takeBack(); });
    add(["t"], "to the text", () => desk.claimEntry.returnToText(), ["claims", "suggestions"]);
    add(["c"], "to the claims", () => {
        desk.tabs.show("claims");
        (desk.list.row(desk.list.current) ?? desk.list.row(desk.list.order[0]) ?? desk.tabs.button("claims")).focus();
    }, ["text", "suggestions"]);
    add(["f"], "back to the form", () => { if (desk.form.isOpen) desk.form.field("text").focus(); }, EVERYWHERE);
    add(["Escape"], "back to the text, where you were", () => desk.claimEntry.returnToText(), ["claims", "suggestions"]);
}

function showPassage(desk, id) {
    const found = desk.pane.passages.find((passage) => passage.claim === id);
    if (found) desk.reveal(found.start, found.end);
}

/** Go to a claim; where several are marked, ask which. */
function choose(desk, ids) {
    if (!ids.length) {
        announce("Nothing is marked here.");
        return;
    }
    if (ids.length === 1) {
        desk.open(ids[0], { focus: ids[0] !== desk.list.current });
        desk.list.row(ids[0])?.focus();
        return;
    }
    const dialog = document.getElementById("mark-chooser");
    const claims = ids.map((id) => desk.state.claims.find((claim) => claim.id === id)).filter(Boolean);
    dialog.querySelector("ul").replaceChildren(...claims.map((claim) => h("li", {}, h("button", {
        type: "button", class: "mark-row", onclick: () => { dialog.close(); choose(desk, [claim.id]); },
    }, claim.words.text))));
    dialog.showModal();
}

function bindHelp(keymap) {
    const dialog = document.getElementById("mark-help");
    const open = () => {
        dialog.querySelector("#mark-help-keys").replaceChildren(...keymap.table());
        dialog.showModal();
    };
    keymap.add({ keys: ["?"], label: "this list", group: "Help", where: EVERYWHERE, run: open });
    document.getElementById("mark-help-button").addEventListener("click", open);
    const letters = document.getElementById("mark-letters");
    letters.checked = keymap.isOn;
    letters.addEventListener("change", () => keymap.set(letters.checked));
    for (const button of document.querySelectorAll("dialog [data-close]")) {
        button.addEventListener("click", () => button.closest("dialog").close());
    }
}

function bindTabs(desk) {
    desk.tabs = new Tabs(document.getElementById("mark-tabs"));
    desk.tabs.add({ key: "claims", title: "Claims", element: document.getElementById("mark-tab-claims") });
    desk.tabs.show("claims");
}

function bindForm(keymap, desk) {
    const { element } = desk.form;
    keymap.note({ keys: ["Ctrl+Enter"], label: "save (⌘ Enter as well)", group: "In the form" });
    keymap.note({ keys: ["Escape"], label: "back to where you were; what was typed is kept", group: "In the form" });
    element.addEventListener("submit", (event) => {
        event.preventDefault();
        desk.claimEntry.save();
    });
    element.addEventListener("keydown", (event) => {
        if (event.defaultPrevented || event.isComposing) return;
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            desk.claimEntry.save();
        } else if (event.key === "Escape") {
            event.preventDefault();
            if (!desk.form.isDirty) desk.claimEntry.discard({ quietly: true });
            else announce("Kept. f goes back to the form.");
            desk.claimEntry.returnToPlace();
        }
    });
    let timer = 0;
    const keep = () => { clearTimeout(timer); timer = setTimeout(() => desk.claimEntry.keep(), 250); };
    element.addEventListener("input", keep);
    desk.form.field("text").addEventListener("input", (event) => desk.emit("statement", event.target.value));
    element.addEventListener("change", keep);
    document.getElementById("mark-discard").addEventListener("click", () => { desk.claimEntry.discard(); desk.claimEntry.returnToPlace(); });
    window.addEventListener("beforeunload", (event) => {
        desk.claimEntry.keep();
        if (desk.form.isDirty || desk.claimEntry.outbox.waiting.length) event.preventDefault();
    });
}

function bindMouse(desk) {
    const { root } = desk.pane;
    root.addEventListener("pointerup", (event) => setTimeout(() => {
        const found = desk.pane.selected(document.getSelection());
        if (found) desk.cursor.set(found.start, found.end, { scroll: false });
        else if (event.target.closest("mark")) choose(desk, event.target.closest("mark").dataset.claims.split(" "));
        else {
            const at = desk.pane.under(event.clientX, event.clientY);
            if (at !== null) desk.cursor.set(at, Math.min(at + 1, desk.pane.body.length), { scroll: false });
            desk.cursor.expand("word");
        }
    }));
}

/** Where to start: the passage or claim that the address names, what was left, or the first sentence. */
function begin(desk) {
    const [, kind, id] = location.hash.match(/^#(passage|claim)-([\w-]+)$/) ?? [];
    const passage = desk.pane.passages.find((item) => (kind === "claim" ? item.claim : String(item.id)) === id);
    if (desk.claimEntry.outbox.draft) desk.claimEntry.restore();
    else if (passage) desk.open(passage.claim, { toText: true });
    else if (desk.settings.may_edit) {
        desk.pane.root.focus({ preventScroll: true });
        desk.cursor.move("sentence", 1, false);
    }
    desk.claimEntry.outbox.send();
}

/** Ask now and then, and when somebody comes back to the window, whether others changed something. */
function watch(desk) {
    const look = () => { if (!document.hidden && !desk.claimEntry.outbox.isSending) desk.refresh().catch(() => {}); };
    setInterval(look, EVERY);
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
}

function forPanels(desk, keymap) {
    const select = ({ start, end }) => desk.cursor.set(desk.pane.points.toUtf16(start), desk.pane.points.toUtf16(end));
    return {
        settings: desk.settings, keymap, ask, announce,
        selection: () => desk.selection(),
        claim: () => desk.claim,
        claims: () => desk.state.claims,
        form: {
            values: () => desk.form.values(),
            set: (values, because) => desk.form.suggest(values, because),
            isOpen: () => desk.form.isOpen,
            subject: () => desk.form.subject,
            close: () => { desk.claimEntry.discard({ quietly: true }); desk.claimEntry.returnToPlace(true); },
            focus: () => desk.form.field("text").focus(),
        },
        select,
        textAt: ({ start, end }) => desk.pane.body.slice(desk.pane.points.toUtf16(start), desk.pane.points.toUtf16(end)),
        flag: (flags) => { desk.pane.flag(flags); desk.show(); },
        mark: (passage, how) => { select(passage); desk.claimEntry.mark(how); },
        enter: (passage, how) => { select(passage); return desk.claimEntry.enter(how); },
        takeBack: () => desk.takeBack(),
        emitSaved: (claim) => desk.emit("saved", claim),
        undo: (what) => { desk.undo = what; },
        tabs: desk.tabs,
        open: (id) => desk.open(id),
        refresh: () => desk.refresh(),
        show: (claim) => desk.updateClaim(claim),
        on: (event, listener) => desk.on(event, listener),
    };
}
