"""Citations of evidence: stored by the row of the evidence, shown by its place in the list."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

#: A citation as ``cleaning.clean`` writes it.
_STORED: Final = re.compile(r'<a class="cite" data-evidence="(\d+)" rel="nofollow noopener"></a>')
_LINK: Final = re.compile(r'<a\b[^>]*\bhref="#evidence-(\d+)"[^>]*>(.*?)</a>', re.DOTALL)
_SHOWN: Final = re.compile(r"[ \u00a0]?\[(?:\d+|\?)\]")
#: What stands for evidence that is not there.
UNKNOWN: Final = "[?]"


def cited(html: str) -> list[int]:
    """The rows of evidence that a clean explanation cites, each once, in the order of the text."""
    return list(dict.fromkeys(int(found) for found in _STORED.findall(html)))


def numbered(html: str, rows: Sequence[int]) -> str:
    """A clean explanation with each citation as a link to its evidence. ``rows`` is the evidence in its order."""
    places = {row: number for number, row in enumerate(rows, 1)}

    def link(found: re.Match[str]) -> str:
        number = places.get(int(found[1]))
        if number is None:
            return UNKNOWN
        return f'<a href="#evidence-{number}" class="cite" rel="nofollow noopener">[{number}]</a>'

    return _STORED.sub(link, html)


def stored(html: str, rows: Sequence[int]) -> str:
    """A clean explanation whose links to ``#evidence-2`` became citations of the second row; words without one."""

    def citation(found: re.Match[str]) -> str:
        number = int(found[1])
        return _citation(rows[number - 1]) if number <= len(rows) else found[2]

    return _LINK.sub(citation, html)


def copied(html: str, copies: Mapping[int, int]) -> str:
    """A clean explanation for a copy of the evidence: ``copies`` says which row is the copy of which."""
    return _STORED.sub(lambda found: _citation(copies.get(int(found[1]), int(found[1]))), html)


def numbers(html: str) -> list[int]:
    """The places that an explanation cites as readers have it, each once, in the order of the text."""
    return list(dict.fromkeys(int(found[1]) for found in _LINK.finditer(html)))


def spans(text: str) -> list[tuple[int, int]]:
    """Where citations stand in the plain text of an explanation, with the blank before each."""
    return [found.span() for found in _SHOWN.finditer(text)]


def without(text: str) -> str:
    """A plain text without its citations: what stays the same when evidence is put in another order."""
    return _SHOWN.sub("", text)


def _citation(row: int) -> str:
    return f'<a class="cite" data-evidence="{row}" rel="nofollow noopener"></a>'
