/** What the evidence panel and its form have in common: the stances with their keys, and how errors and sizes are shown. */
import { Refused, SignedOut } from "../http/api.js";

export const STANCES = [
    { key: "supports", label: "Supports", sign: "+", keys: ["s", "1"] },
    { key: "refutes", label: "Refutes", sign: "−", keys: ["r", "2"] },
    { key: "context", label: "Context", sign: "·", keys: ["c", "3"] },
];

/** What went wrong, as a sentence that says what to do. @param {unknown} error */
export function errorMessage(error) {
    if (error instanceof SignedOut) return "You are signed out. Sign in in another window, then try again.";
    if (error instanceof Refused) return Object.values(error.errors).flat().join(" ") || error.message;
    return "Not done: there is no connection. Try again.";
}

/** A size for people to read. @param {number} bytes */
export function formatSize(bytes) {
    return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1).replace(".0", "")} MB`;
}
