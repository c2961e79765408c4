/** Counters beside fields with a limit: characters of a text, or lines and the longest line of a list. */
import { findAll } from "../http/elements.js";

/**
 * What a counter says, and whether a limit is passed.
 * @param {string} text @param {number} limit of characters @param {number} lines how many lines are possible; 0 for one text
 * @param {Record<string, string>} words @returns {{ said: string, isOver: boolean }}
 */
export function counted(text, limit, lines, words) {
    if (!lines) {
        const count = [...text.trim()].length;
        return { said: fill(words.of, count, limit), isOver: count > limit };
    }
    const lengths = text.split("\n").map((line) => [...line.trim()].length).filter(Boolean);
    const longest = Math.max(0, ...lengths);
    const parts = [fill(words.of, lengths.length, lines)];
    if (longest) parts.push(fill(words.longest, longest, limit));
    return { said: parts.join(" · "), isOver: lengths.length > lines || longest > limit };
}

/** @param {string|undefined} words @param {number} count @param {number} limit */
function fill(words, count, limit) {
    return (words ?? "").replace("{count}", String(count)).replace("{limit}", String(limit));
}

/** @param {HTMLElement} root @param {Record<string, string>} words */
export function watchLengths(root, words) {
    for (const counter of findAll(root, "[data-counts]")) {
        const field = document.getElementById(counter.dataset.counts ?? "");
        if (!(field instanceof HTMLTextAreaElement)) continue;
        const draw = () => {
            const { said, isOver } = counted(field.value, Number(counter.dataset.limit), Number(counter.dataset.lines ?? 0), words);
            counter.textContent = said;
            counter.classList.toggle("claim-over", isOver);
        };
        field.addEventListener("input", draw);
        draw();
    }
}
