"""HTML to plain paragraphs that mean the same: raised digits stay raised, struck-through text stays out.

Flattened naively, ``10<sup>6</sup>`` becomes "106" and ``<del>10</del> <ins>12</ins>`` becomes "10 12": figures that
nobody wrote. What is left out is counted, so that a note can name it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from lxml import etree, html

from lib.extraction import visibility

#: Superscripts and subscripts that Unicode has (Superscripts and Subscripts, U+2070; Latin-1 Supplement).
_RAISED: Final = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_FIGURES = re.compile(r"[0-9+\-−=()]+")
_FOOTNOTE = re.compile(r"\[?\s*([0-9]{1,3}|[a-z*†‡§])\s*\]?")
_NOTE_MARK = re.compile(r"foot-?note|end-?note|reference|citation|cite|(?:^|[\s_-])fn(?:$|[\s_-])", re.IGNORECASE)

_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
#: A clock time alone, as the entries of a live blog begin.
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?", re.IGNORECASE)
#: What ``clean`` counts in addition to what is left out.
PICTURES = "pictures"


def tree_of(source: str) -> Any | None:
    """The page as a tree; None where there is nothing that could be one."""
    if not source.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)  # type: ignore[no-untyped-call]
    try:
        return html.fromstring(source.encode("utf-8", "replace"), parser=parser)  # type: ignore[no-untyped-call]
    except (etree.LxmlError, ValueError):  # a comment, a declaration, nothing else
        return None


def clean(root: Any) -> Counter[str]:
    """Take out of ``root`` what a reader does not see, and write raised and lowered figures as such.

    Returns how many passages of each kind were left out, and how many pictures there are.
    """
    counts: Counter[str] = Counter()
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "img":
            counts[PICTURES] += 1
        kind = visibility.left_out(element, tag)
        if kind is not None:
            if kind and _has_text(element):
                counts[kind] += 1
            element.drop_tree()
        elif tag == "sup":
            _write(element, raised(element))
        elif tag == "sub":
            _write(element, _moved(element.text_content(), _LOWERED))
        elif tag == "rt":
            _write(element, f"（{element.text_content().strip()}）" if _has_text(element) else "")
        else:
            waiting.extend(reversed(element))
    return counts


def paragraphs(root: Any) -> list[str]:
    """The text below ``root`` as paragraphs in their order; the cells of a table row with tabs between them."""
    lines: list[str] = []
    for text in _blocks(root):
        line = "\n".join(" ".join(part.split(" ")).strip() for part in text.split("\n"))
        line = re.sub(r"[ \u00a0]{2,}", " ", line).strip("\n ")
        if line.strip():
            lines.append(line)
    return lines


def written_out(root: Any) -> Any:
    """A copy of ``root`` in which the numbers of lists are text, and clock times are not marked up.

    For a library that keeps text but neither numbers nor ``<time>`` elements.
    """
    copy = deepcopy(root)
    numbers: dict[Any, int] = {}
    for item in copy.iter("li"):
        prefix = _prefix(item, "li", numbers)
        if prefix:
            item.text = prefix + (item.text or "").lstrip()
    for time in list(copy.iter("time")):
        if _CLOCK.fullmatch(time.text_content().strip()):
            time.drop_tag()
    return copy


def raised(element: Any) -> str:
    """The text of a ``<sup>``: a footnote's mark or an exponent as raised figures, letters ("1st") unchanged."""
    said = element.text_content().strip()
    mark = _FOOTNOTE.fullmatch(said)
    if mark and _is_note_mark(element):
        return f" [{mark.group(1)}]" if said.startswith("[") or not mark.group(1).isdigit() else _moved(said, _RAISED)
    return _moved(element.text_content(), _RAISED, sign="^")


def _moved(said: str, table: Any, sign: str = "") -> str:
    bare = said.strip()
    if _FIGURES.fullmatch(bare):
        return bare.translate(table)
    if sign and any(char.isdigit() for char in bare) and not bare.startswith("["):
        return f"{sign}({bare})" if len(bare) > 1 else f"{sign}{bare}"
    return said


def _is_note_mark(element: Any) -> bool:
    around = [element, *element.iter("a"), element.getparent()]
    names = " ".join(f"{e.get('class', '')} {e.get('id', '')} {e.get('role', '')} {e.get('href', '')}" for e in around)
    return bool(_NOTE_MARK.search(names)) or any((a.get("href") or "").startswith("#") for a in element.iter("a"))


def _has_text(element: Any) -> bool:
    return bool(element.text_content().strip())


def _write(element: Any, text: str) -> None:
    """Put plain text in the place of an element's content."""
    for child in list(element):
        element.remove(child)
    element.text = text
    element.drop_tag()


def _blocks(root: Any) -> Iterator[str]:
    """Runs of inline text between block elements, in the order of the document. Iterative: pages nest deeply."""
    run: list[str] = []
    numbers: dict[Any, int] = {}
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, is_end = stack.pop()
        if is_end:
            yield from _closed(node, run)
            if node is not root and node.tail:
                run.append(_folded(node.tail))
            continue
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag:
            run.append(_folded(node.tail or ""))
            continue
        if tag == "br":
            run.append("\n" + _folded(node.tail or ""))
            continue
        if tag == "tr":
            yield from _taken(run)
            yield "\t".join(cell for cell in (_cell(child) for child in node if _is_cell(child)) if cell)
            run.append(_folded(node.tail or ""))
            continue
        if tag in _BLOCKS:
            yield from _taken(run)
        run.append(_prefix(node, tag, numbers))
        run.append(node.text or "" if tag == "pre" else _folded(node.text or ""))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    yield from _taken(run)


def _closed(node: Any, run: list[str]) -> Iterator[str]:
    if node.tag in _BLOCKS:
        yield from _taken(run)


def _taken(run: list[str]) -> Iterator[str]:
    text = "".join(run)
    run.clear()
    if text.strip():
        yield text


def _folded(text: str) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text)


def _is_cell(element: Any) -> bool:
    return element.tag in ("td", "th")


def _cell(element: Any) -> str:
    return " ".join(" ".join(part.split()) for part in _blocks(element)).strip()


def _prefix(node: Any, tag: str, numbers: dict[Any, int]) -> str:
    """The number of a list's item, as browsers draw it; ``numbers`` holds the last one of each list."""
    parent = node.getparent()
    if tag != "li" or parent is None or parent.tag != "ol":
        return ""
    given = node.get("value") or ""
    if re.fullmatch(r"[0-9]{1,6}", given):
        number = int(given)
    elif parent in numbers:
        number = numbers[parent] + 1
    else:
        start = parent.get("start") or "1"
        number = int(start) if re.fullmatch(r"-?[0-9]{1,6}", start) else 1
    numbers[parent] = number
    return f"{number}. "
