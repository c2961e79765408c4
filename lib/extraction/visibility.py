"""What a reader of a page does not see, or was paid for: it stays out of the text."""

import re
from typing import Any, Final

_UNSEEN: Final = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "title",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "select",
        "button",
        "input",
        "textarea",
        "datalist",
        "audio",
        "video",
        "canvas",
        "map",
        "rp",
    ]
)
_FRAMES: Final = frozenset({"html", "body", "article", "main"})
_STRUCK: Final = frozenset({"del", "s", "strike"})
#: Classes that hide text on the screen but not from screen readers, in the frameworks that sites are made with.
_HIDDEN_CLASSES: Final = frozenset(
    [
        "visually-hidden",
        "visuallyhidden",
        "sr-only",
        "screen-reader-text",
        "screen-reader-only",
        "screenreader",
        "element-invisible",
        "u-hidden",
        "is-hidden",
        "hidden-visually",
        "show-for-sr",
        "a11y-hidden",
        "offscreen",
    ]
)
_ADVERTISING: Final = re.compile(
    r"^(?:ads?|adverts?|advertisements?|advertising|ad-?(?:slot|unit|container|wrapper|banner|box|block|label|zone)"
    r"|google-?ads?|adsbygoogle|dfp|sponsored|sponsor|promo|promoted|werbung|anzeige|publicidad|reklama?|реклама)"
    r"(?:[-_].*)?$",
    re.IGNORECASE,
)
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINE_THROUGH = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)

#: Kinds of what is left out, as notes name them.
STRUCK, HIDDEN, ADVERTISEMENTS = "struck", "hidden", "advertisements"


def left_out(element: Any, tag: str) -> str | None:
    """Why an element is left out: the kind to count it as, "" without counting; None when it stays."""
    if not tag or tag in _UNSEEN:
        return ""
    style = element.get("style") or ""
    if tag in _FRAMES:
        return None  # a page that shows itself late, or says that it has advertisements, is still the page
    if tag in _STRUCK or _LINE_THROUGH.search(style):
        return STRUCK
    classes = (element.get("class") or "").split()
    if element.get("hidden") is not None or _NO_DISPLAY.search(style) or _HIDDEN_CLASSES.intersection(classes):
        return HIDDEN
    if any(_ADVERTISING.match(name) for name in (*classes, element.get("id") or "")) and not _holds_page(element):
        return ADVERTISEMENTS
    return None


def _holds_page(element: Any) -> bool:
    """Whether an element is a wrapper of the page and no part of it: it holds the article or its heading."""
    return next(element.iter("article", "main", "h1"), None) is not None
