/** The evidence of the open claim on the article desk. */
import { EvidencePanel, KEYS } from "./evidence.js";
import { register } from "../http/panels.js";

register({
    key: "evidence", title: "Evidence", place: "claim",
    mount(element, desk) {
        const panel = new EvidencePanel(element, { changed: (claim) => desk.show(claim) });
        /** @param {Server.Claim|null} claim */
        const show = (claim) => {
            /** @type {HTMLElement} */ (element.closest("section")).hidden = !claim;
            panel.show(claim);
        };
        show(desk.claim());
        desk.on("claim", show);
        desk.keymap.add({ keys: ["a"], label: "add a source to the open claim", group: "Evidence", run: () => panel.add() });
        for (const key of KEYS) desk.keymap.add({ ...key, group: "On a piece of evidence", where: [], run: () => false });
    },
});
