// The theme hides the page until its scripts run, so the browser's own autofocus finds nothing to focus.
const page = document.documentElement;
new MutationObserver((_changes, observer) => {
    if (page.hasAttribute("x-cloak")) return;
    observer.disconnect();
    const field = document.querySelector("[autofocus]");
    if (field instanceof HTMLElement) field.focus();
}).observe(page, { attributes: true, attributeFilter: ["x-cloak"] });
