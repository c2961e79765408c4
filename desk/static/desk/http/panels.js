/**
 * Other parts of the desk are added as panels. A panel is one module that registers itself; the page loads it with
 * `<script type="module" src>` before or after the desk's own: the order does not matter.
 *
 *     import { register } from "../http/panels.js";
 *     register({
 *         key: "similar", title: "Already checked?", place: "passage",
 *         mount(element, desk) { desk.on("passage", ({ start, end, text }) => …); },
 *     });
 *
 * Places: `passage` beside the form of a claim, `claim` below the open claim, `article` below the list, `tab` in a tab of
 * its own beside the claims (with `shortcut`, the key that leads there).
 *
 * What a panel is given (`desk`):
 * - `settings`: `{article, user, text, language, published_on, base, may_edit}`; `text` is the number of the version.
 * - `selection()`: `{start, end, text}` under the reading cursor, in code points, or null.
 * - `claim()`: the open claim as the server describes it, or null; `claims()`: all of the article.
 * - `form`: `{values(), set({text, claimant, claimant_id, claimed_on, …}), isOpen(), subject(), close(), focus()}`; `set`
 *   leaves alone what somebody typed; `subject` says what the form is for; `close` forgets what is in it.
 * - `ask(address, {method, body})`: JSON to and from the server, as `api.js` has it.
 * - `keymap.add({keys, label, group, where, run})`: a key of its own, shown in the help.
 * - `announce(message)`: show a message in the line of messages.
 * - `select({start, end})`: put the reading cursor there; `textAt({start, end})`: the text there.
 * - `mark({start, end}, how)`: put the reading cursor there and open the form; `enter(…)` enters the claim at once. `how` is
 *   as `claim_entry.js` has it. `open(claimId)`: open a claim. `takeBack()`: take back what was saved last.
 * - `flag([{start, end, title}])`: flag stretches of the text. `tabs`: `show(key)`, `count(key, number, warning)`,
 *   `onShow(listener)`.
 * - `refresh()`: read the state of the claims again. `show(claim)`: a claim from a response of the server.
 * - `undo({address})`: what `u` undoes next, by a POST to that address. `emitSaved(claim)`: emit `saved`.
 * - `on(event, listener)`: `selection` (the cursor moved), `passage` (the form was opened for one; null when it is for the
 *   words of a claim), `statement` (it is typed; null when the form was closed), `claim` (another claim is open, or none:
 *   null), `saved` (a claim was saved), `refused` (a claim was refused, and is in the form again), `state` (the claims were drawn).
 */
import { byId } from "./elements.js";

/** @type {Panels.Panel[]} */
const registered = [];
/** @type {Panels.Desk|null} */
let desk = null;

/** Add a panel; it is mounted at once when the desk is ready. @param {Panels.Panel} panel */
export function register(panel) {
    registered.push(panel);
    if (desk) mount(panel, desk);
}

/** Mount all panels. Called once by the desk, when it is ready. @param {Panels.Desk} readyDesk */
export function mountPanels(readyDesk) {
    desk = readyDesk;
    for (const panel of registered) mount(panel, readyDesk);
}

/** @param {Panels.Panel} panel @param {Panels.Desk} into */
function mount(panel, into) {
    if (panel.place === "tab") {
        const element = document.createElement("div");
        element.id = `mark-tab-${panel.key}`;
        byId("mark-side").append(element);
        into.tabs.add({ key: panel.key, title: panel.title, element, shortcut: panel.shortcut });
        panel.mount(element, into);
        return;
    }
    const place = document.getElementById(`mark-panels-${panel.place}`);
    if (!place) return;
    const section = document.createElement("section");
    section.className = "desk-card mark-panel";
    section.id = `mark-panel-${panel.key}`;
    const heading = document.createElement("h2");
    heading.textContent = panel.title;
    heading.id = `${section.id}-heading`;
    section.setAttribute("aria-labelledby", heading.id);
    const element = document.createElement("div");
    section.append(heading, element);
    place.append(section);
    panel.mount(element, into);
}
