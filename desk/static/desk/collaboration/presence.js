/**
 * Tells the server that this page is open, and shows who else has it open. On the article desk it only begins and ends
 * this: in between, the desk's own poll does it,
 * except while somebody is in a field.
 */
import { ask } from "../http/api.js";
import { doing, showOthers } from "../http/here.js";

/** Between two signs of life, and after the focus went to another part, in milliseconds. */
const EVERY = 20_000, SOON = 1_000;

/** @param {HTMLElement} place */
function begin(place) {
    const address = place.dataset.address ?? "", isPolled = "polled" in place.dataset;
    let last = "";
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    const beat = async () => {
        if (document.hidden) return;
        last = doing();
        try {
            const { data } = await ask(address, { method: "POST", body: { doing: last }, patience: 5_000 });
            showOthers(data.here);
        } catch { showOthers([]); }
    };
    const soon = () => {
        clearTimeout(timer);
        timer = setTimeout(() => { if (doing() !== last) beat(); }, SOON);
    };
    beat();
    setInterval(() => { if (!isPolled || doing() !== "reading") beat(); }, EVERY);
    document.addEventListener("focusin", soon);
    document.addEventListener("focusout", soon);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
    window.addEventListener("pagehide", () => { ask(address, { method: "DELETE", keepalive: true }).catch(() => {}); });
}

const place = document.getElementById("desk-here");
if (place) begin(place);
