/** The evidence of the open claim, below the list of claims on the article desk. */
import { EvidencePanel, KEYS } from "./evidence.js";
import { register } from "./panels.js";

register({
    key: "evidence", title: "Evidence of the open claim", place: "claim",
    mount(element, desk) {
        const panel = new EvidencePanel(element, { changed: (claim) => desk.show(claim) });
        panel.show(desk.claim());
        desk.on("claim", (claim) => panel.show(claim));
        desk.keymap.add({ keys: ["a"], label: "add a source to the open claim", group: "Evidence", run: () => panel.add() });
        for (const key of KEYS) desk.keymap.add({ ...key, group: "On a piece of evidence", where: [], run: () => false });
    },
});
