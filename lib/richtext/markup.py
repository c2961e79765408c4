"""Sanitised HTML as a tree, and back."""

from typing import Any, Final

from lxml import etree, html

_ROOT: Final = "div"
#: Elements that begin a new line.
_BLOCKS: Final = frozenset(
    ["p", "li", "blockquote", "h3", "h4", "table", "caption", "tr", "th", "td", "figure", "figcaption"]
)


def tree(markup: str) -> Any:
    """The elements of ``markup`` under one root, which has no other use."""
    # Without huge_tree the parser drops what is nested in more than 256 elements.
    parser = html.HTMLParser(huge_tree=True)  # type: ignore[no-untyped-call]
    return html.fragment_fromstring(markup, create_parent=_ROOT, parser=parser)  # type: ignore[no-untyped-call]


def written(root: Any) -> str:
    """What is in ``root``, as HTML."""
    text: str = html.tostring(root, encoding="unicode", with_tail=False)  # type: ignore[no-untyped-call]
    return text.removeprefix(f"<{_ROOT}>").removesuffix(f"</{_ROOT}>")


def words(element: Any) -> str:
    """The text of an element in one line."""
    parts: list[str] = []
    for event, one in _walk(element):
        if event == "start":
            parts.append(" " if one.tag in ("br", *_BLOCKS) else "")
            parts.append(one.text or "")
        else:
            parts.append(" " if one.tag in _BLOCKS else "")
            parts.append(one.tail or "" if one is not element else "")
    return " ".join("".join(parts).split())


def _walk(element: Any) -> Any:
    return etree.iterwalk(element, events=("start", "end"))


def replace(element: Any, *others: Any) -> None:
    """Put ``others`` where an element stands. What follows it stays."""
    parent, tail = element.getparent(), element.tail
    place = parent.index(element)
    element.tail = None
    parent.remove(element)
    for number, other in enumerate(others):
        parent.insert(place + number, other)
    if not tail:
        return
    if others:
        others[-1].tail = (others[-1].tail or "") + tail
    elif place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def made(tag: str, text: str = "", **attributes: str) -> Any:
    """A new element."""
    element = html.Element(tag, **attributes)  # type: ignore[no-untyped-call]
    element.text = text or None
    return element
