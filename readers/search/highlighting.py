"""The words a search found, marked in a claim's statement and summary."""

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from articles import folding
from articles.selectors.readers.query_parser import ParsedQuery, is_prefix
from articles.selectors.readers.search_results import CLOSE, OPEN

#: Words up to this length are marked by their folded form only when nothing longer was typed: most are "the" and "of".
SHORT = 3


class Marker:
    """Marks what a search asks for."""

    def __init__(self, asked: ParsedQuery) -> None:
        exact: set[str] = set()
        prefixes: set[str] = set()
        for piece in (piece for pieces in asked.either for piece in pieces):
            words = folding.words(piece)
            (prefixes if len(words) == 1 and is_prefix(piece, words[0]) else exact).update(words)
        telling = {word for word in exact if len(word) > SHORT or word.isdigit()}
        self._exact = telling if telling or prefixes else exact
        self._prefixes = tuple(prefixes)
        self._known: dict[str, bool] = {}

    def mark(self, plain: str, headline: str) -> SafeString:
        """``plain`` as HTML, its found words in ``<b>``: the marker lies on other people's words alone.

        ``headline`` is what PostgreSQL found by stemming, between ``OPEN`` and ``CLOSE``; where it is not the same text
        otherwise (PostgreSQL takes some for markup), it counts for nothing.
        """
        places = [*_between(headline, plain), *(span for span in folding.spans(plain) if self._is_sought(plain, span))]
        pieces, at = [], 0
        for start, end in sorted(places):
            if end <= at:
                continue
            start = max(start, at)
            pieces += [conditional_escape(plain[at:start]), "<b>", conditional_escape(plain[start:end]), "</b>"]
            at = end
        return mark_safe("".join([*pieces, conditional_escape(plain[at:])]))  # noqa: S308 - escaped piece by piece

    def _is_sought(self, plain: str, span: tuple[int, int]) -> bool:
        spelled = plain[slice(*span)]
        if spelled not in self._known:
            word = "".join(folding.words(spelled))
            is_begun = bool(self._prefixes) and word.startswith(self._prefixes)
            self._known[spelled] = word in self._exact or is_begun
        return self._known[spelled]


def _between(headline: str, plain: str) -> list[tuple[int, int]]:
    """The positions of the marked words in ``plain``."""
    if headline.replace(OPEN, "").replace(CLOSE, "") != plain:
        return []
    found, at = [], 0
    first, *rest = headline.split(OPEN)
    at = len(first)
    for piece in rest:
        word, _, after = piece.partition(CLOSE)
        found.append((at, at + len(word)))
        at += len(word) + len(after)
    return found
