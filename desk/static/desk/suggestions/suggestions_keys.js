/** The keys of the suggestions: one action each. */
import { targetOf } from "../http/elements.js";
import { EVERYWHERE } from "../http/keymap.js";

const GROUP = "Suggestions", WHERE = ["suggestions"];

/** Bind them to the panel. @param {Panels.Desk} desk @param {import("./suggestions_panel.js").SuggestionsPanel} panel */
export function bindKeys(desk, panel) {
    /** @param {string[]} keys @param {string} label @param {Panels.Key["run"]} run */
    const add = (keys, label, run, where = WHERE) => desk.keymap.add({ keys, label, run, group: GROUP, where });
    add(["g"], "to the suggestions", () => panel.focus(), EVERYWHERE);
    add(["j", "ArrowDown"], "next suggestion", () => panel.step(1));
    add(["k", "ArrowUp"], "suggestion before", () => panel.step(-1));
    if (desk.settings.may_edit) {
        add(["a"], "accept it as it stands", () => panel.accept());
        add(["Enter", "m"], "accept it in the form, to edit it first", (event) => {
            if (targetOf(event).closest("button, summary, a")) return false;
            panel.open();
            return true;
        });
        add(["n", "Shift+ArrowDown"], "together with the next sentence", () => panel.extend());
        add(["Shift+ArrowUp"], "the sentence alone again", () => panel.extend(-1));
        add(["d"], "dismiss it", () => { panel.dismiss(); });
        add(["u"], "take back what was decided last", () => { panel.takeBack(); });
    }
    add(["h"], "show what was dismissed", () => panel.showDismissed());
}
