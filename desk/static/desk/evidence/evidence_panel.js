/** The evidence of the open claim on the article desk. */
import { gettext } from "../http/texts.js";
import { EvidencePanel, KEYS } from "./evidence.js";
import { register } from "../http/panels.js";

register({
    key: "evidence", title: gettext("Evidence"), place: "claim",
    mount(element, desk) {
        const panel = new EvidencePanel(element, { changed: (claim) => desk.show(claim) });
        /** @param {Server.Claim|null} claim */
        const show = (claim) => {
            /** @type {HTMLElement} */ (element.closest("section")).hidden = !claim;
            panel.show(claim);
        };
        show(desk.claim());
        desk.on("claim", show);
        desk.keymap.add({ keys: ["a"], label: gettext("add a source to the open claim"), group: gettext("Evidence"), run: () => { desk.opened().then(() => panel.add()); } });
        for (const key of KEYS) desk.keymap.add({ ...key, group: gettext("On a piece of evidence"), where: [], run: () => false });
    },
});
