"""Two ways to use the desk in a browser: a mouse, and a keyboard alone. A story is told once and lived with either.

Both type words with the keys. ``Keyboard`` never clicks and never sets a focus: it goes there with Tab, Shift+Tab,
arrows, the desk's own keys and Ctrl+K. ``Mouse`` presses no key that is not part of a word or a date.
"""

import os
from datetime import date, time
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Page, expect

#: How long a page may take on a busy machine, in milliseconds.
PATIENCE: Final = 30_000
#: How many times Tab is pressed at most: more is no way to get anywhere.
_FAR: Final = 60
#: Which key leads from what has the focus to a field or button.
_WAY: Final = """(node) => {
    const active = document.activeElement;
    if (active === node) return "here";
    if (active?.type === "radio" && active.name === node.name && active.form === node.form) return "ArrowDown";
    const tabs = node.closest("[role=tablist]");
    if (tabs?.contains(active)) return "ArrowRight";
    if (!active || active === document.body) return "unknown";
    return node.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING ? "Shift+Tab" : "Tab";
}"""
#: The middle of the first and last character of words in a text on the page.
_ENDS: Final = """(root, words) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), nodes = [];
    let whole = "";
    while (walker.nextNode()) {
        nodes.push([walker.currentNode, whole.length]);
        whole += walker.currentNode.data;
    }
    const box = (at) => {
        const [node, start] = nodes.findLast(([, before]) => before <= at), range = document.createRange();
        range.setStart(node, at - start);
        range.setEnd(node, at - start + 1);
        node.parentElement.scrollIntoView({ block: "center" });
        return range.getBoundingClientRect();
    };
    const at = whole.indexOf(words);
    if (at < 0) return null;
    box(at + words.length - 1);
    const first = box(at), last = box(at + words.length - 1);
    const middle = (one) => one.top + one.height / 2;
    return [first.left + 1, middle(first), last.right - 1, middle(last)];
}"""


class Hands:
    """What both can do: read, wait, type, and leave a picture of each step where ``JOURNEY_PICTURES`` says."""

    def __init__(self, page: Page, site: str, name: str) -> None:
        self.page, self.site, self.name = page, site, name
        self._pictures = 0

    def visit(self, path: str) -> None:
        """By an address that is typed into the browser."""
        self.page.goto(self.site + path)

    def see(self, words: str) -> None:
        """Wait until the page says ``words``."""
        self.page.get_by_text(words).locator("visible=true").first.wait_for()
        self.picture()

    def picture(self) -> None:
        """A screenshot for people to look at."""
        folder = os.environ.get("JOURNEY_PICTURES", "")
        if folder:
            self._pictures += 1
            story = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[2].partition(" ")[0]
            self.page.screenshot(path=Path(folder) / f"{story}-{self.name}-{self._pictures:02}.png")

    def use(self, target: str | Locator) -> None:
        """Press a button or follow a link."""
        raise NotImplementedError

    def tick(self, target: str | Locator) -> None:
        """Change a checkbox, or choose a radio button."""
        raise NotImplementedError

    def write(self, target: str | Locator, words: str) -> None:
        """Put ``words`` into a field, in place of what is there."""
        raise NotImplementedError

    def choose(self, target: str | Locator, label: str) -> None:
        """Choose the option with this label."""
        raise NotImplementedError

    def act(self, key: str, target: str | Locator) -> None:
        """Do what the desk has a key for: with the key, or with its button."""
        raise NotImplementedError

    def go(self, title: str) -> None:
        """To a page of the desk."""
        raise NotImplementedError

    def open_row(self, group: str, text: str = "") -> None:
        """The first row of a group of the inbox, or the one that has ``text``."""
        self.go("Inbox")
        row = self.page.locator(f"#{group} .inbox-row", has_text=text).first
        self.open_inbox_row(row)

    def open_inbox_row(self, row: Locator) -> None:
        """Its one button, once it is there."""
        row.wait_for()
        self.picture()
        self._open_row(row.locator("[data-open]"))

    def open_claim(self, statement: str) -> None:
        """A claim's page, by its statement."""
        raise NotImplementedError

    def choose_row(self, text: str) -> None:
        """Choose a claim of the list, for a change of several."""
        raise NotImplementedError

    def _open_row(self, row: Locator) -> None:
        raise NotImplementedError

    def select_words(self, within: str, words: str, *, steps: str = "") -> None:
        """Select ``words`` of a text on the page; ``steps`` are the keys that do it."""
        raise NotImplementedError

    def set_date(self, target: str | Locator, day: date) -> None:
        """Type a day into a date field of the browser's own or of the desk."""
        is_own = self._locator(target).evaluate("node => node.type === 'date'")
        self._into(target, f"{day:%m%d%Y}" if is_own else day.isoformat())

    def set_time(self, target: str | Locator, at: time) -> None:
        """Type a time of the day."""
        is_own = self._locator(target).evaluate("node => node.type === 'time'")
        self._into(target, f"{at:%I%M%p}" if is_own else f"{at:%H:%M}")

    def _into(self, target: str | Locator, keys: str) -> None:
        raise NotImplementedError

    def _locator(self, target: str | Locator) -> Locator:
        return self.page.locator(target) if isinstance(target, str) else target


class Mouse(Hands):
    """Points and clicks; types words."""

    def use(self, target: str | Locator) -> None:
        """Click it."""
        self._locator(target).click()

    def tick(self, target: str | Locator) -> None:
        """Click it, or the label around it."""
        found = self._locator(target)
        found.click(force=True) if found.is_visible() else found.locator("xpath=ancestor::label").click()

    def write(self, target: str | Locator, words: str) -> None:
        """Click into the field three times, which takes the line that is there, and type."""
        found = self._locator(target)
        found.click(click_count=3)
        self.page.keyboard.type(words)

    def choose(self, target: str | Locator, label: str) -> None:
        """The list of a select is drawn by the system, where no click of a test gets."""
        self._locator(target).select_option(label=label)

    def act(self, key: str, target: str | Locator) -> None:
        """Its button."""
        self.use(target)

    def go(self, title: str) -> None:
        """By the menu."""
        self.page.locator("#nav-sidebar li a", has_text=title).first.click()

    def open_claim(self, statement: str) -> None:
        """By the list of claims."""
        self.go("Claims")
        self.page.locator(".desk-views a", has_text="Everything").first.click()
        self.page.locator(".desk-grid a", has_text=statement).first.click()
        self.page.wait_for_selector(".claim-ready")

    def choose_row(self, text: str) -> None:
        """By its box."""
        self.page.locator(".desk-grid tbody tr", has_text=text).locator("[type=checkbox]").click()

    def _open_row(self, row: Locator) -> None:
        row.click()

    def select_words(self, within: str, words: str, *, steps: str = "") -> None:
        """Pull over them."""
        ends = self._locator(within).evaluate(_ENDS, words)
        assert ends, f"“{words}” is not in {within}"
        left, top, right, bottom = ends
        self.page.mouse.move(left, top)
        self.page.mouse.down()
        self.page.mouse.move(right, bottom, steps=4)
        self.page.mouse.up()

    def _into(self, target: str | Locator, keys: str) -> None:
        found = self._locator(target)
        if found.evaluate("node => node.type === 'date' || node.type === 'time'"):
            found.click(position={"x": 16, "y": 12})
        else:
            found.click(click_count=3)
        self.page.keyboard.type(keys)


class Keyboard(Hands):
    """Presses keys; the pointer is not on the desk."""

    def use(self, target: str | Locator) -> None:
        """Tab there, and Enter."""
        self.reach(target)
        self.page.keyboard.press("Enter")

    def tick(self, target: str | Locator) -> None:
        """Tab there, and Space; inside a group of radio buttons with arrows."""
        found = self._locator(target)
        self.reach(found)
        if found.evaluate("node => !(node.type === 'radio' && node.checked)"):
            self.page.keyboard.press("Space")

    def write(self, target: str | Locator, words: str) -> None:
        """Tab there, take all, and type."""
        self.reach(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def choose(self, target: str | Locator, label: str) -> None:
        """Tab there, and type the beginning of the option."""
        found = self._locator(target)
        self.reach(found)
        self.page.keyboard.type(label)
        chosen = found.evaluate("node => node.selectedOptions[0]?.label.trim()")
        assert chosen == label, f"typing “{label}” chose “{chosen}”"

    def act(self, key: str, target: str | Locator) -> None:
        """The key, once what it does can be done."""
        expect(self._locator(target)).to_be_enabled(timeout=PATIENCE)
        self.page.keyboard.press(key)

    def go(self, title: str) -> None:
        """By the command palette."""
        self.page.wait_for_load_state()  # its script listens then
        self.page.keyboard.press("Control+k")
        self.page.wait_for_selector("#desk-palette[open] [role=option]")
        self.page.keyboard.type(title)
        first = self.page.locator("#desk-palette [role=option][aria-selected=true]", has_text=title)
        first.wait_for()
        self.page.keyboard.press("Enter")

    def open_claim(self, statement: str) -> None:
        """By the command palette."""
        self.go(statement)
        self.page.wait_for_selector(".claim-ready")

    def choose_row(self, text: str) -> None:
        """With j as far as it is the current one, and x."""
        row = self.page.locator(".desk-grid tbody tr", has_text=text)
        for key in "j" * 20 + "k" * 20:
            self.page.keyboard.press(key)
            if row.evaluate("node => node.contains(document.activeElement) || node.classList.contains('is-current')"):
                self.page.keyboard.press("x")
                return
        raise AssertionError(f"j and k do not lead to the row of {text}")

    def _open_row(self, row: Locator) -> None:
        for _ in range(_FAR):
            self.page.keyboard.press("j")
            if row.evaluate("node => node === document.activeElement"):
                self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"j does not lead to {row}")

    def select_words(self, within: str, words: str, *, steps: str = "") -> None:
        """With ``steps``, which the story knows; without any, they are selected as soon as the text has the focus."""
        if not steps:
            self.reach(within)
        for key in steps.split():
            self.page.keyboard.press(key)

    def _into(self, target: str | Locator, keys: str) -> None:
        found = self._locator(target)
        self.reach(found)
        if not found.evaluate("node => node.type === 'date' || node.type === 'time'"):
            self.page.keyboard.press("Control+a")
        self.page.keyboard.type(keys)

    def reach(self, target: str | Locator) -> None:
        """With Tab or Shift+Tab; from the top of a page over its link to the content."""
        found = self._locator(target)
        found.wait_for(timeout=PATIENCE)
        for _ in range(_FAR):
            way = found.evaluate(_WAY)  # found anew each time: parts of a page are drawn again
            if way == "here":
                return
            if way == "unknown":
                self.page.keyboard.press("Tab")
                if self._skips(found):
                    self.page.keyboard.press("Enter")
            else:
                self.page.keyboard.press(way)
        focused = self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        raise AssertionError(f"Tab does not lead to {found}: after {_FAR} times it is at {focused}")

    def _skips(self, target: Locator) -> bool:
        """Whether the focus is on the link that leads over the menu, and the way goes there."""
        skipping = "node => document.activeElement.matches('.desk-skip') && document.querySelector('#content')"
        return bool(target.evaluate(f"{skipping}.contains(node)"))
