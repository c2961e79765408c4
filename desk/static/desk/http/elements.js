/** Making elements from code: text is always text, never markup. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `on…` are listeners; null and false are left out, true is an empty value
 * @param {...(Node|string|null|false|undefined)} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === null || value === false || value === undefined) continue;
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined));
    return element;
}

/** Say something to whoever does not see the page, and in the line of messages. */
export function announce(message, tone = "quiet") {
    const line = document.getElementById("mark-status");
    line.textContent = "";
    line.className = `mark-status mark-status-${tone}`;
    requestAnimationFrame(() => { line.textContent = message; });
}
