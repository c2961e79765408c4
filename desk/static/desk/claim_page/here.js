/** The page as the server draws it now, taken over into the open one where nobody else changed the claim. */
import { Refused, SignedOut, Unreached } from "../http/api.js";
import { find, readJson } from "../http/elements.js";
import { gettext } from "../http/texts.js";

/** Fields of the claim's own form that an act beside it may change. */
const SHARED = ["assignee", "due_on"];

/** The version of the claim that the form was drawn from. */
export function versionHere() { return Number(readJson("unsaved-settings").version); }

/** The claim's page as it is now. @param {string} address @returns {Promise<Document>} */
export async function pageNow(address) {
    let answer;
    try {
        answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    } catch (error) {
        throw new Unreached(String(error));
    }
    if (answer.redirected && new URL(answer.url).pathname.includes("/login/")) throw new SignedOut(gettext("You are signed out."));
    if (!answer.ok) throw new Refused(answer.status, {});
    return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/**
 * Go on from the version that an act of one's own left; what is typed stays.
 * @param {Document} page as the server draws it after the act
 * @param {number} version the version that the act left; another one means that somebody else changed the claim
 * @returns {boolean} whether the page goes on from there
 */
export function takeOver(page, version) {
    const settings = page.getElementById("unsaved-settings"), token = page.querySelector("#claim_form [name=_version]");
    if (!settings || !(token instanceof HTMLInputElement)) return false;
    if (JSON.parse(settings.textContent ?? "{}").version !== version) return false;
    find(document, "#claim_form [name=_version]", HTMLInputElement).value = token.value;
    find(document, "#unsaved-settings").textContent = JSON.stringify({ ...readJson("unsaved-settings"), version });
    const foot = page.getElementById("stage-panel");
    if (foot) document.getElementById("stage-panel")?.replaceChildren(...document.importNode(foot, true).childNodes);
    for (const name of SHARED) share(name, page);
    document.dispatchEvent(new CustomEvent("claim:taken-over"));
    return true;
}

/** A field that an act changed: nobody typed in it here, so it shows what is saved. @param {string} name @param {Document} page */
function share(name, page) {
    const [old, now] = [document, page].map((one) => one.querySelector(`#claim_form [name=${name}]`));
    if (old instanceof HTMLInputElement && now instanceof HTMLInputElement) {
        if (old.value === old.defaultValue) old.value = now.defaultValue;
        old.defaultValue = now.defaultValue;
    } else if (old instanceof HTMLSelectElement && now instanceof HTMLSelectElement) {
        const isTouched = [...old.options].some((option) => option.selected !== option.defaultSelected);
        for (const option of old.options) {
            option.defaultSelected = option.value === now.value;
            if (!isTouched) option.selected = option.defaultSelected;
        }
    }
}
