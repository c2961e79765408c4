"""How tests hold a page against axe's rules.

In the first look of a page all rules are asked. Another look can change the answers of some only: dark colours those
of the rules about colours, the other direction those of the rest. All rules in all looks: ``make walk``,
``make walk-desk``.
"""

from typing import Any, Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_COLOURS: Final = ("color-contrast", "link-in-text-block")
_ASKED: Final[dict[str, dict[str, Any]]] = {
    "all": {},
    "colours": {"runOnly": {"type": "rule", "values": _COLOURS}},
    "all but colours": {"rules": {name: {"enabled": False} for name in _COLOURS}},
}
Asked = Literal["all", "colours", "all but colours"]
_SCRIPT: Final = Axe()


def violations(page: Page, within: str | None = None, *, asked: Asked = "all") -> list[str]:
    """The rule and the first places of each thing that is wrong on the page, or in the part that ``within`` selects.

    What was passed is not described: that takes a third of the time.
    """
    options = {"resultTypes": ["violations"], **_ASKED[asked]}
    found = _SCRIPT.run(page, context=within, options=options).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in found]


def change_look(page: Page, *, is_dark: bool = False, direction: str = "ltr") -> None:
    """Show a page of the desk in other colours or in the other direction."""
    page.evaluate(
        "([dark, dir]) => { document.documentElement.classList.toggle('dark', dark);"
        " document.documentElement.dir = dir; }",
        [is_dark, direction],
    )


def violations_in_each_look(page: Page, within: str | None = None) -> list[str]:
    """What is wrong on a page of the desk: light, dark, and from right to left."""
    found = violations(page, within)
    change_look(page, is_dark=True)
    found += [f"dark {fault}" for fault in violations(page, within, asked="colours")]
    change_look(page, direction="rtl")
    found += [f"rtl {fault}" for fault in violations(page, within, asked="all but colours")]
    change_look(page)
    return found
