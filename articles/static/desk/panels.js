/**
 * Where other parts of the desk are plugged in. A panel is one module that registers itself; the page loads it with
 * `<script type="module" src>` before or after the desk's own: the order does not matter.
 *
 *     import { register } from "./panels.js";
 *     register({
 *         key: "similar", title: "Already checked?", place: "passage",
 *         mount(element, desk) { desk.on("passage", ({ start, end, text }) => …); },
 *     });
 *
 * Places: `passage` beside the form of a claim, `claim` below the open claim, `article` below the list.
 *
 * What a panel is given (`desk`):
 * - `settings`: `{article, user, text, language, published_on, base, may_edit}`; `text` is the number of the version.
 * - `selection()`: `{start, end, text}` under the reading cursor, in code points, or null.
 * - `claim()`: the open claim as the server describes it, or null.
 * - `form`: `{values(), set({text, claimant, claimant_id, claimed_on, …}), isOpen()}`; `set` leaves alone what somebody
 *   typed.
 * - `ask(address, {method, body})`: JSON to and from the server, as `api.js` has it.
 * - `keymap.add({keys, label, group, where, run})`: a key of its own, shown in the help.
 * - `announce(message)`: say something in the line of messages.
 * - `mark({start, end})`: put the reading cursor there and open the form. `open(claimId)`: open a claim.
 * - `refresh()`: read the state of the claims again. `show(claim)`: a claim as it is now, from an answer of the server.
 * - `on(event, listener)`: `selection` (the cursor moved), `passage` (the form was opened for one), `claim` (another
 *   claim is open, or none: null), `saved` (a claim came in), `state` (the claims changed).
 */
const registered = [];
let desk = null;

/** @param {{key: string, title: string, place: "passage"|"claim"|"article", mount: (element: HTMLElement, desk: object)
 *          => void}} panel */
export function register(panel) {
    registered.push(panel);
    if (desk) mount(panel);
}

/** Called once by the desk, when it is ready. */
export function ready(made) {
    desk = made;
    registered.forEach(mount);
}

function mount(panel) {
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
    panel.mount(element, desk);
}
