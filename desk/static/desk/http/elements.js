/** Finding elements, and making them from code: text is always text, never markup. */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [attributes] `on…` are listeners; null and false are left out, true is an empty value
 * @param {...(Child|Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === null || value === false || value === undefined) continue;
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else element.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat()) {
        if (child !== null && child !== false && child !== undefined) element.append(typeof child === "number" ? String(child) : child);
    }
    return element;
}

/**
 * The element of the page with this id.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new () => T} [type] the class that it must have
 * @returns {T}
 * @throws {Error} when the page has none
 */
export function byId(id, type) {
    return find(document, `#${CSS.escape(id)}`, type);
}

/**
 * The first element inside `root` that matches.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {ParentNode} root @param {string} selector
 * @param {new () => T} [type] the class that it must have
 * @returns {T}
 * @throws {Error} when there is none
 */
export function find(root, selector, type) {
    const found = root.querySelector(selector);
    if (!(found instanceof (type ?? HTMLElement))) throw new Error(`The page has no ${selector}.`);
    return /** @type {T} */ (found);
}

/**
 * All elements inside `root` that match.
 * @param {ParentNode} root @param {string} selector
 * @returns {HTMLElement[]}
 */
export function findAll(root, selector) {
    return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}

/** The element that an event happened on. @param {Event} event @returns {HTMLElement} */
export function targetOf(event) {
    return event.target instanceof HTMLElement ? event.target : document.documentElement;
}

/** The JSON in a `<script type="application/json">` of the page. @param {string} id @returns {any} */
export function readJson(id) {
    return JSON.parse(byId(id).textContent ?? "null");
}

/** Show a message in the line of messages, which screen readers read out. @param {string} message @param {Tone} [tone] */
export function announce(message, tone = "quiet") {
    const line = byId("mark-status");
    line.textContent = "";
    line.className = `mark-status mark-status-${tone}`;
    requestAnimationFrame(() => { line.textContent = message; });
}

/** Wait for an element to be drawn. @param {HTMLElement} root @param {string} selector @returns {Promise<HTMLElement>} */
export function appears(root, selector) {
    return new Promise((resolve) => {
        const look = () => {
            const found = root.querySelector(selector);
            if (found instanceof HTMLElement) { watcher.disconnect(); resolve(found); }
        };
        const watcher = new MutationObserver(look);
        watcher.observe(root, { childList: true, subtree: true });
        look();
    });
}
