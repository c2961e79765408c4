"""What an explanation may hold. Everything else is taken out; the words in it stay."""

import re
from typing import Final

import nh3

from lib.richtext import structure

_TAGS: Final = frozenset(
    [
        "p",
        "br",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "sub",
        "sup",
        "a",
        "blockquote",
        "h3",
        "h4",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "img",
    ]
)
_SPAN: Final = re.compile(r"[2-9]|[1-4]\d|50", re.ASCII)
#: The attributes that may stay, each with what its value has to look like.
_VALUES: Final[dict[str, dict[str, re.Pattern[str]]]] = {
    "a": {
        "href": re.compile(r"\s*https?:.*|#evidence-[1-9]\d{0,3}", re.ASCII | re.IGNORECASE | re.DOTALL),
        "class": re.compile("cite"),
        "data-evidence": re.compile(r"[1-9]\d{0,17}", re.ASCII),
        "rel": re.compile(".*"),
    },
    "th": {"scope": re.compile("col|row"), "colspan": _SPAN, "rowspan": _SPAN},
    "td": {"colspan": _SPAN, "rowspan": _SPAN},
    "img": {
        "src": re.compile(r"/pictures/[0-9a-f]{64}/[1-9]\d{1,3}\.jpg", re.ASCII),
        "alt": re.compile(r".{1,1000}", re.DOTALL),
        "width": re.compile(r"[1-9]\d{0,3}", re.ASCII),
        "height": re.compile(r"[1-9]\d{0,4}", re.ASCII),
    },
    "figure": {
        "data-chart": re.compile(r"[a-z]{1,20}", re.ASCII),
        "data-unit": re.compile(r".{1,200}"),
    },
}
_ATTRIBUTES: Final = {tag: set(values) - {"rel"} for tag, values in _VALUES.items()}
#: Where none of these is, the sanitiser's answer is the last word.
_STRUCTURED: Final = re.compile(r"<(?:table|img|fig|caption|t[hdr]\b|thead|tbody)|data-evidence|class=.cite")
#: No document of XML, and no database, holds these characters.
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: So many elements may stand in each other. What reads explanations goes one step deeper for each.
_DEEPEST: Final = 32
_TAG: Final = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
#: Elements that do not belong in each other are moved apart by the next reader; two rounds are enough for most.
_MOST_ROUNDS: Final = 5
#: What the editor leaves behind a table, so that somebody can write there.
_END: Final = re.compile(r"(?<=>)(?:\s*<p></p>)+\s*$")


def clean(html: str) -> str:
    """``html`` with only what an explanation needs, in one spelling.

    Links keep http(s) addresses, or lead to a piece of evidence on the same page, and get ``rel=nofollow``. A citation
    keeps the number of its evidence's row and no words. A table has a head, and no table in it; a chart is a
    ``<figure>`` with the table of its figures, and a picture of the newsroom's own one with its credit.
    """
    cleaned = _flattened(_sanitize(html))
    for _round in range(_MOST_ROUNDS):
        is_structured = _STRUCTURED.search(cleaned)
        before, cleaned = cleaned, _sanitize(structure.mend(cleaned) if is_structured else cleaned)
        if cleaned == before:
            break
    return cleaned


def _sanitize(html: str) -> str:
    cleaned = nh3.clean(
        _UNWRITABLE.sub("", html),
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_filter,
        url_schemes={"http", "https"},
        url_relative="pass_through",
        link_rel="nofollow noopener",
    )
    return _END.sub("", _UNWRITABLE.sub("", cleaned)).strip()


def _flattened(cleaned: str) -> str:
    """``cleaned`` without the elements that are nested too deep; the words in them stay."""
    if cleaned.count("<") <= _DEEPEST:
        return cleaned
    depth = 0

    def tag(found: re.Match[str]) -> str:
        nonlocal depth
        if found[2] in ("br", "img"):
            return found[0]
        depth -= bool(found[1])
        is_kept = depth < _DEEPEST
        depth += not found[1]
        return found[0] if is_kept else ""

    return _TAG.sub(tag, cleaned)


def _filter(tag: str, name: str, value: str) -> str | None:
    pattern = _VALUES.get(tag, {}).get(name)
    return value if pattern is not None and pattern.fullmatch(value) else None
