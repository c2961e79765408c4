/** Keys, mouse and timers of the article desk. */
import { ask } from "../http/api.js";
import { announce, byId, find, findAll, h, targetOf } from "../http/elements.js";
import { EVERYWHERE } from "../http/keymap.js";
import { mountPanels } from "../http/panels.js";
import { gettext } from "../http/texts.js";

/**
 * @typedef {import("../http/keymap.js").Keymap} Keymap
 * @typedef {import("./desk.js").Desk} Desk
 */

/** How often the desk looks for changes by others, in milliseconds. */
const EVERY = 20_000;

/** Connect keys, mouse and timers with the desk, and mount the panels. @param {Desk} desk */
export function wire(desk) {
    const { keymap } = desk;
    document.documentElement.classList.add("mark-scripted");
    bindText(keymap, desk);
    bindClaims(keymap, desk);
    bindHelp(keymap);
    bindTabs(desk);
    bindForm(keymap, desk);
    bindMouse(desk);
    document.addEventListener("keydown", (event) => {
        const target = targetOf(event), isNowhere = target === document.body && !document.querySelector("dialog[open]");
        const place = isNowhere ? "claims" : target.closest("[data-keys]")?.getAttribute("data-keys");
        if (place) keymap.handle(event, place);
    });
    byId("mark-button").addEventListener("click", () => desk.claimEntry.mark());
    for (const button of findAll(document, "[data-move]")) {
        const [unit, direction, extend] = (button.dataset.move ?? "").split(" ");
        button.addEventListener("click", () => desk.cursor.move(unit === "word" ? "word" : "sentence", Number(direction), Boolean(extend)));
    }
    for (const button of findAll(document, "[data-expand]")) {
        const unit = /** @type {import("./cursor.js").Unit|"paragraph"} */ (button.dataset.expand);
        button.addEventListener("click", () => desk.cursor.expand(unit));
    }
    desk.cursor.onMove(() => {
        byId("mark-under").textContent = desk.cursor.text.slice(0, 400);
        const flags = desk.pane.flagsAt(desk.cursor.start, desk.cursor.end);
        byId("mark-flagged").textContent = flags.map((flag) => `≠ ${flag.title}`).join(" ");
        desk.emit("selection", desk.selection());
    });
    fit();
    addEventListener("resize", fit);
    desk.show();
    begin(desk);
    mountPanels(panelApi(desk));
    watch(desk);
}

/** The panes take the rest of the window, below the menu and a message: the next step stays in view. */
function fit() {
    const desk = byId("mark-desk"), top = find(desk, ".mark-panes").getBoundingClientRect().top + scrollY;
    desk.style.setProperty("--mark-height", `max(24rem, calc(100dvh - ${Math.round(top)}px - .5rem))`);
}

/** @param {Keymap} keymap @param {Desk} desk */
function bindText(keymap, desk) {
    /** @param {string[]} keys @param {string} label @param {Panels.Key["run"]} run */
    const add = (keys, label, run) => keymap.add({ keys, label, run, group: gettext("In the text"), where: ["text"] });
    const rtl = desk.pane.root.dir === "rtl", [left, right] = rtl ? [1, -1] : [-1, 1];
    add(["ArrowDown"], gettext("next sentence"), () => desk.cursor.move("sentence", 1, false));
    add(["ArrowUp"], gettext("sentence before"), () => desk.cursor.move("sentence", -1, false));
    add(["ArrowLeft"], rtl ? gettext("next word") : gettext("word before"), () => desk.cursor.move("word", left, false));
    add(["ArrowRight"], rtl ? gettext("word before") : gettext("next word"), () => desk.cursor.move("word", right, false));
    add(["Shift+ArrowDown", "Shift+ArrowUp"], gettext("longer or shorter by a sentence"),
        (event) => { desk.cursor.move("sentence", event.key === "ArrowDown" ? 1 : -1, true); });
    add(["Shift+ArrowLeft", "Shift+ArrowRight"], gettext("longer or shorter by a word"),
        (event) => { desk.cursor.move("word", event.key === "ArrowLeft" ? left : right, true); });
    add(["x"], gettext("move the other end of the selection"), () => desk.cursor.swap());
    add(["s"], gettext("take the whole sentence"), () => desk.cursor.expand("sentence"));
    add(["p"], gettext("take the whole paragraph"), () => desk.cursor.expand("paragraph"));
    add(["m"], gettext("mark as a claim"), () => desk.claimEntry.mark());
    add(["Enter"], gettext("open the claim marked here; mark, where there is none"), () => {
        const ids = desk.pane.claimsAt(desk.cursor.start, desk.cursor.end);
        if (ids.length) choose(desk, ids);
        else desk.claimEntry.mark();
    });
}

/** @param {Keymap} keymap @param {Desk} desk */
function bindClaims(keymap, desk) {
    /** @param {string[]} keys @param {string} label @param {Panels.Key["run"]} run @param {string[]} [where] */
    const add = (keys, label, run, where) => keymap.add({ keys, label, run, group: gettext("Claims"), ...(where && { where }) });
    /** @param {Direction} direction */
    const step = (direction) => {
        const id = desk.list.next(direction), inText = document.activeElement?.closest("#mark-text");
        if (!id) return;
        if (id !== desk.list.current || inText) desk.open(id, { toText: Boolean(inText) });
        if (!inText) showPassage(desk, id);
    };
    add(["j"], gettext("next claim"), () => step(1));
    add(["k"], gettext("claim before"), () => step(-1));
    add(["e"], gettext("edit the open claim"), () => desk.claimEntry.edit());
    add(["o"], gettext("from the claim to its passage"), () => desk.toText(desk.list.current), ["claims"]);
    add(["o"], gettext("from the passage to its claim"), () => choose(desk, desk.pane.claimsAt(desk.cursor.start, desk.cursor.end)), ["text"]);
    add(["u"], gettext("take back the claim saved last"), () => { desk.takeBack(); });
    add(["t"], gettext("to the text"), () => desk.claimEntry.returnToText(), ["claims", "suggestions"]);
    add(["c"], gettext("to the claims"), () => {
        desk.tabs.show("claims");
        (desk.list.row(desk.list.current) ?? desk.list.row(desk.list.order[0]) ?? desk.tabs.button("claims")).focus();
    }, ["text", "suggestions"]);
    add(["f"], gettext("back to the form"), () => { if (desk.form.isOpen) desk.form.field("text").focus(); }, EVERYWHERE);
    add(["Escape"], gettext("back to the text, where you were"), () => desk.claimEntry.returnToText(), ["claims", "suggestions"]);
}

/** @param {Desk} desk @param {string} id */
function showPassage(desk, id) {
    const found = desk.pane.passages.find((passage) => passage.claim === id);
    if (found) desk.reveal(found.start, found.end);
}

/** Go to a claim; where several are marked, ask which. @param {Desk} desk @param {string[]} ids */
function choose(desk, ids) {
    const [first] = ids;
    if (first === undefined) {
        announce(gettext("Nothing is marked here."));
        return;
    }
    if (ids.length === 1) {
        desk.open(first, { focus: first !== desk.list.current });
        desk.list.row(first)?.focus();
        return;
    }
    const dialog = byId("mark-chooser", HTMLDialogElement);
    const claims = ids.flatMap((id) => desk.state.claims.find((claim) => claim.id === id) ?? []);
    find(dialog, "ul").replaceChildren(...claims.map((claim) => h("li", {}, h("button", {
        type: "button", class: "mark-row", onclick: () => { dialog.close(); choose(desk, [claim.id]); },
    }, claim.fields.text))));
    dialog.showModal();
}

/** @param {Keymap} keymap */
function bindHelp(keymap) {
    const dialog = byId("mark-help", HTMLDialogElement);
    const open = () => {
        find(dialog, "#mark-help-keys").replaceChildren(...keymap.table());
        dialog.showModal();
    };
    keymap.add({ keys: ["?"], label: gettext("this list"), group: gettext("Help"), where: EVERYWHERE, run: open });
    byId("mark-help-button").addEventListener("click", open);
    const letters = byId("mark-letters", HTMLInputElement);
    letters.checked = keymap.isOn;
    letters.addEventListener("change", () => keymap.set(letters.checked));
    for (const button of document.querySelectorAll("dialog [data-close]")) {
        button.addEventListener("click", () => button.closest("dialog")?.close());
    }
}

/** @param {Desk} desk */
function bindTabs(desk) {
    desk.tabs.add({ key: "claims", title: gettext("Claims"), element: byId("mark-tab-claims") });
    desk.tabs.show("claims");
}

/** @param {Keymap} keymap @param {Desk} desk */
function bindForm(keymap, desk) {
    const { element } = desk.form;
    keymap.note({ keys: ["Ctrl+Enter"], label: gettext("save (⌘ Enter as well)"), group: gettext("In the form") });
    keymap.note({ keys: ["Escape"], label: gettext("back to where you were; what was typed is kept"), group: gettext("In the form") });
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
            else announce(gettext("Kept. f goes back to the form."));
            desk.claimEntry.returnToPlace();
        }
    });
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    const keep = () => { clearTimeout(timer); timer = setTimeout(() => desk.claimEntry.keep(), 250); };
    element.addEventListener("input", keep);
    desk.form.field("text").addEventListener("input", () => desk.emit("statement", desk.form.field("text").value));
    element.addEventListener("change", keep);
    byId("mark-discard").addEventListener("click", () => { desk.claimEntry.discard(); desk.claimEntry.returnToPlace(); });
    window.addEventListener("beforeunload", (event) => {
        desk.claimEntry.keep();
        if (desk.form.isDirty || desk.claimEntry.outbox.waiting.length) event.preventDefault();
    });
}

/** @param {Desk} desk */
function bindMouse(desk) {
    const { root } = desk.pane;
    root.addEventListener("pointerup", (event) => setTimeout(() => {
        const found = desk.pane.selected(document.getSelection()), mark = targetOf(event).closest("mark");
        if (found) desk.cursor.set(found.start, found.end, { scroll: false });
        else if (mark) choose(desk, (mark.dataset.claims ?? "").split(" "));
        else {
            const at = desk.pane.under(event.clientX, event.clientY);
            if (at !== null) desk.cursor.set(at, Math.min(at + 1, desk.pane.body.length), { scroll: false });
            desk.cursor.expand("word");
        }
    }));
}

/** Where to start: at the kept draft, at the passage or claim that the address names, or at the first sentence. @param {Desk} desk */
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

/**
 * Look for changes by others: at intervals, and when somebody comes back to the window; not while somebody is in a field
 * of what would be drawn anew, but as soon as they leave it.
 * @param {Desk} desk
 */
function watch(desk) {
    let isPutOff = false;
    const check = () => {
        isPutOff = desk.list.isInField;
        if (!isPutOff && !document.hidden && !desk.claimEntry.outbox.isSending) desk.refresh().catch(() => {});
    };
    setInterval(check, EVERY);
    window.addEventListener("focus", check);
    document.addEventListener("visibilitychange", check);
    document.addEventListener("focusout", () => setTimeout(() => { if (isPutOff && !desk.list.isInField) check(); }));
}

/** What panels are given: see panels.js. @param {Desk} desk @returns {Panels.Desk} */
function panelApi(desk) {
    /** @param {Stretch} passage */
    const select = ({ start, end }) => desk.cursor.set(desk.pane.points.toUtf16(start), desk.pane.points.toUtf16(end));
    return {
        settings: desk.settings, keymap: desk.keymap, ask, announce,
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
        mark: (passage, options) => { select(passage); desk.claimEntry.mark(options); },
        enter: (passage, options) => { select(passage); return desk.claimEntry.enter(options); },
        takeBack: () => desk.takeBack(),
        emitSaved: (claim) => desk.emit("saved", claim),
        undo: (action) => { desk.undo = action; },
        tabs: desk.tabs,
        open: (id) => { desk.open(id); },
        opened: () => desk.opening,
        refresh: () => desk.refresh(),
        show: (claim) => desk.updateClaim(claim),
        on: (event, listener) => desk.on(event, listener),
    };
}
