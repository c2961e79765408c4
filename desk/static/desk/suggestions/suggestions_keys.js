/** The keys of the suggestions: one action each. */
import { targetOf } from "../http/elements.js";
import { EVERYWHERE } from "../http/keymap.js";
import { gettext } from "../http/texts.js";

const GROUP = gettext("Suggestions"), WHERE = ["suggestions"];

/** Bind them to the panel. @param {Panels.Desk} desk @param {import("./suggestions_panel.js").SuggestionsPanel} panel */
export function bindKeys(desk, panel) {
    /** @param {string[]} keys @param {string} label @param {Panels.Key["run"]} run */
    const add = (keys, label, run, where = WHERE) => desk.keymap.add({ keys, label, run, group: GROUP, where });
    add(["g"], gettext("to the suggestions"), () => panel.focus(), EVERYWHERE);
    add(["j", "ArrowDown"], gettext("next suggestion"), () => panel.step(1));
    add(["k", "ArrowUp"], gettext("suggestion before"), () => panel.step(-1));
    if (desk.settings.may_edit) {
        add(["a"], gettext("accept it as it stands"), () => panel.accept());
        if (desk.settings.publisher) add(["p"], gettext("accept it: the article’s outlet made the claim"), () => panel.acceptAsOutlets());
        add(["Enter", "m"], gettext("accept it in the form, to edit it first"), (event) => {
            if (targetOf(event).closest("button, summary, a")) return false;
            panel.open();
            return true;
        });
        add(["n", "Shift+ArrowDown"], gettext("together with the next sentence"), () => panel.extend());
        add(["Shift+ArrowUp"], gettext("the sentence alone again"), () => panel.extend(-1));
        add(["d"], gettext("dismiss it"), () => { panel.dismiss(); });
        add(["u"], gettext("take back what was decided last"), () => { panel.takeBack(); });
    }
    add(["h"], gettext("show what was dismissed"), () => panel.showDismissed());
}
