/** What the evidence panel and its form have in common: the stances with their keys, and how trouble and sizes are said. */
import { Refused, SignedOut } from "../http/api.js";

export const STANCES = [
    { key: "supports", label: "Supports", sign: "+", keys: ["s", "1"] },
    { key: "refutes", label: "Refutes", sign: "−", keys: ["r", "2"] },
    { key: "context", label: "Context", sign: "·", keys: ["c", "3"] },
];

/** What went wrong, as a sentence that says what to do. */
export function errorMessage(error) {
    if (error instanceof SignedOut) return "You are signed out. Sign in in another window, then try again.";
    if (error instanceof Refused) return Object.values(error.errors).flat().join(" ") || error.message;
    return "Not done: there is no connection. Try again.";
}

/** A size in bytes as people say it. */
export function formatSize(bytes) {
    return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1).replace(".0", "")} MB`;
}
