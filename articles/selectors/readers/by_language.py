"""Claims in a reader's own language first, and those in other languages apart."""

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef

from articles.models import PublishedClaim
from articles.selectors.keyset import CursorError, Page
from articles.selectors.readers import languages, published, query_parser
from articles.selectors.readers.claim_filters import Filters, filtered
from articles.selectors.readers.connection import ALIAS

#: Claims in other languages that a page shows below those in its own.
OTHERS = 3
#: So many times as many of the newest are looked at for one in each language.
_LOOKED_AT = 8


@dataclass(frozen=True, slots=True)
class ByLanguage:
    """A page of claims in one language, newest record first, and the newest in other languages.

    ``tags`` are those of the language that claims have. Where no claim is in the language, ``own`` has the claims in
    all languages.
    """

    own: Page[PublishedClaim]
    others: list[PublishedClaim]
    tags: list[str]

    @property
    def is_missing(self) -> bool:
        """Whether no claim is in the language."""
        return not self.tags


def claims_by_language(
    filters: Filters, language: str, *, cursor: str = "", size: int = published.PAGE_SIZE, others: int = OTHERS
) -> ByLanguage:
    """The claims that ``filters`` leave, of which none is for a language. Raises ``CursorError``."""
    every = query_parser.languages()
    tags = languages.spoken_in(language, every)
    own = _in_language(replace(filters, language=language), cursor, size) if tags else None
    if own is not None and (own.rows or cursor):
        has_others = others and not cursor and len(tags) < len(every)
        rest = in_other_languages(filters, tags, size=others) if has_others else []
        return ByLanguage(own, rest, tags)
    return ByLanguage(published.claims(filters, cursor=cursor, size=size, originals=True), [], [])


def _in_language(filters: Filters, cursor: str, size: int) -> Page[PublishedClaim] | None:
    """None for a cursor of the list in all languages."""
    try:
        return published.claims(filters, cursor=cursor, size=size)
    except CursorError:
        return None


def in_other_languages(filters: Filters, tags: list[str], *, size: int = OTHERS) -> list[PublishedClaim]:
    """New claims that are in none of the languages ``tags`` and not translated into one of them.

    One of each language comes first, so that no language fills the list.
    """
    translated = PublishedClaim.objects.using(ALIAS).filter(original_id=OuterRef("claim_id"), language__in=tags)
    rows = filtered(replace(filters, language=""), originals=True).exclude(language__in=tags)
    newest = rows.filter(~Exists(translated)).values_list("pk", "language", "record_id")[: size * _LOOKED_AT]
    turns: dict[str, int] = {}
    placed = []
    for pk, language, number in newest:
        turns[language] = turns.get(language, 0) + 1
        placed.append((turns[language], -number, pk))
    chosen = [pk for _turn, _number, pk in sorted(placed)[:size]]
    found = PublishedClaim.objects.using(ALIAS).defer("search").select_related("record").in_bulk(chosen)
    return [found[pk] for pk in chosen if pk in found]
