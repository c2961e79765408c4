"""A keyboard whose keys, clicks and page loads the browser counts itself, so that no hand can forget one."""

from collections import Counter
from typing import Final

from playwright.sync_api import BrowserContext

from tests.journeys.desk.hands import Keyboard

#: Kept for the tab: a page that is loaded again counts on.
COUNTING: Final = """
(() => {
    if (window !== window.top) return;
    const add = (name) => sessionStorage.setItem(name, String(Number(sessionStorage.getItem(name) ?? 0) + 1));
    add("count.loads");
    addEventListener("pointerdown", () => add("count.clicks"), true);
    addEventListener("keydown", (event) => {
        if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
        const field = event.target.closest?.("textarea, [contenteditable], input:not([type=radio], [type=checkbox])");
        const isTyped = field && event.key.length === 1 && !event.ctrlKey && !event.metaKey;
        add(isTyped ? "count.typed" : "count.keys");
    }, true);
})();
"""
NAMES: Final = ("keys", "clicks", "loads", "typed")


def count_in(context: BrowserContext) -> None:
    """Count in every page of ``context``."""
    context.add_init_script(COUNTING)


class CountedKeyboard(Keyboard):
    """The keyboard, and what it took so far."""

    def counts(self) -> Counter[str]:
        """Keys beside typing, clicks, page loads, and characters that were typed."""
        read = "names => names.map((name) => Number(sessionStorage.getItem(`count.${name}`) ?? 0))"
        return Counter(dict(zip(NAMES, self.page.evaluate(read, list(NAMES)), strict=True)))
