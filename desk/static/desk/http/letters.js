/**
 * Keys of one letter on the desk's pages. They work outside of fields alone and can be turned off (WCAG 2.1.4). On
 * keyboards of other scripts the key at the same place counts: "о" of a Russian keyboard is "j".
 */
import { targetOf } from "./elements.js";
/** Whether this browser wants keys of one letter; the article desk's help turns them on and off. */
export const lettersAreOn = () => localStorage.getItem("factcheck.desk.letters") !== "off";

/** Turn them on or off for this browser. @param {boolean} isOn */
export function setLetters(isOn) { localStorage.setItem("factcheck.desk.letters", isOn ? "on" : "off"); }

/** Whether somebody is typing there. @param {Event} event */
export function isTyping(event) {
    const field = targetOf(event).closest("input, textarea, select, [contenteditable]");
    return field !== null && !(field instanceof HTMLInputElement && ["checkbox", "radio", "button"].includes(field.type));
}

/**
 * The key as pages name it: a small letter, `/`, `?`, or the name that browsers give it. Empty for a key that is not
 * meant for the page.
 * @param {KeyboardEvent} event
 */
export function keyOf(event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return "";
    const { key, code } = event;
    if (key.length > 1) return key;
    if (key !== " " && !lettersAreOn()) return "";
    if (/^[a-z]$/i.test(key) || !code.startsWith("Key")) return key.toLowerCase();
    return code.slice(3).toLowerCase();
}
