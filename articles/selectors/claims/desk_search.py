"""Search over everything that the desk knows about claims, tolerant of typing errors.

Words are compared folded (``articles.folding``) by their trigrams; each is looked for in every place of
``search_places``, and a claim is found when each word is in one of them. Words that occur in very many rows would cost
more the more claims there are: they are only looked for in claims that the other words found. When all words are
frequent, the search shows what has them in one text, and the newest claims that have them anywhere, and says that it
does not show all. Even to count the rows of such a word in an index costs more the more there are: with many claims,
the newest tell first which words are frequent. So a search costs about the same with 200 claims and with 20,000.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection, models, transaction

from articles import folding
from articles.folding.columns import set_likeness
from articles.models import Claim
from articles.selectors.claims import search_places

#: More words, and longer queries, are not looked for.
MAX_WORDS: Final = 6
MAX_QUERY: Final = 200
#: A word in more rows of one place than this is frequent.
FREQUENT: Final = 100
#: So many of the newest claims are looked at when all words are frequent.
NEWEST: Final = 100
#: With fewer claims than this, an index tells soon enough how many rows have a word.
MANY: Final = 2_000
#: A word is taken for frequent when so many of the newest ``NEWEST`` claims have it in the statement or a passage.
TELLING: Final = 20
#: A search gives so many claims at most.
MOST_FOUND: Final = 400
#: How alike a word and the words of a text must be (``word_similarity`` of pg_trgm): one wrong letter in five or six.
LIKENESS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """The claims of a search, best first. ``is_cut`` when there are more than are shown."""

    ids: list[UUID]
    words: list[str]
    is_cut: bool = False
    #: Words that were not looked for, because there were too many.
    unread: list[str] = field(default_factory=list)
    #: Whether not all are found: every word is in very many claims.
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a claim was found: the place, and its text."""

    key: str
    label: Any
    text: str


def search(query: str, *, among: models.QuerySet[Claim] | None = None) -> Found:
    """The claims in which each word of ``query`` is found, the best first.

    ``among`` are those that pass the filters: of them the newest are looked at when all words are frequent.
    """
    every = list(dict.fromkeys(folding.words(query[:MAX_QUERY].replace("\x00", " "))))
    words, unread = every[:MAX_WORDS], every[MAX_WORDS:]
    if not words:
        return Found([], [])
    with transaction.atomic():
        set_likeness(LIKENESS)
        told = _told_frequent(words)
        hits = _by_index([word for word in words if word not in told])
        rare = {word: claims for word, (claims, is_frequent) in hits.items() if not is_frequent}
        chosen = _all_of(rare.values()) if rare else _newest(among)
        frequent = [word for word in words if word not in rare]
        if frequent and chosen:
            within = _best(frequent, search_places.within(frequent, list(chosen)))
            chosen = _all_of([chosen, *within.values()])
        if not rare and not told:
            in_one = search_places.in_one_text(words, limit=FREQUENT) if len(words) > 1 else hits[words[0]][0]
            chosen |= in_one
    ranked = sorted(chosen, key=lambda pk: (-chosen[pk], str(pk)))
    return Found(ranked[:MOST_FOUND], words, len(ranked) > MOST_FOUND, unread, is_partial=not rare)


def reasons(words: Sequence[str], claims: Sequence[UUID]) -> dict[UUID, Reason]:
    """For each of these claims of a search the place where its words are found best, and the text there."""
    if not claims:
        return {}
    best: dict[UUID, tuple[float, Reason]] = {}
    with transaction.atomic():
        set_likeness(LIKENESS)
        scores: dict[tuple[UUID, str, str], float] = defaultdict(float)
        for row in search_places.within(words, claims, with_text=True):
            scores[row.claim, row.place, row.text] += row.score
    for (claim, key, shown), score in scores.items():
        if claim not in best or score > best[claim][0]:
            best[claim] = (score, Reason(key, search_places.BY_KEY[key].label, shown))
    return {claim: reason for claim, (_score, reason) in best.items()}


def _all_of(groups: Iterable[dict[UUID, float]]) -> dict[UUID, float]:
    """The claims that are in every group, with the sum of what they count there."""
    first, *others = groups
    return {
        pk: score + sum(other[pk] for other in others)
        for pk, score in first.items()
        if all(pk in other for other in others)
    }


def _newest(among: models.QuerySet[Claim] | None) -> dict[UUID, float]:
    rows = Claim.objects.all() if among is None else among
    newest = rows.order_by("-updated_at").values_list("pk", flat=True)[:NEWEST]
    return dict.fromkeys(newest, 0.0)


def _told_frequent(words: list[str]) -> set[str]:
    """Words that the newest claims show to be frequent, where there are so many claims that counting rows costs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [Claim._meta.db_table])
        if cursor.fetchone()[0] < MANY:
            return set()
    having: dict[str, set[UUID]] = defaultdict(set)
    for row in search_places.within(words, list(_newest(None)), places=search_places.TELLING_PLACES):
        having[row.word].add(row.claim)
    return {word for word, claims in having.items() if len(claims) >= TELLING}


def _by_index(words: list[str]) -> dict[str, tuple[dict[UUID, float], bool]]:
    """For each word the claims it is found in with how well, and whether it is frequent: some place had more rows."""
    rows = search_places.by_index(words, limit=FREQUENT + 1)
    found = _best(words, rows)
    counted = Counter((row.word, row.place) for row in rows)
    frequent = {word for (word, _place), count in counted.items() if count > FREQUENT}
    return {word: (claims, word in frequent) for word, claims in found.items()}


def _best(words: list[str], rows: list[search_places.Row]) -> dict[str, dict[UUID, float]]:
    """For each word the claims it is found in, with how well at best."""
    found: dict[str, dict[UUID, float]] = {word: {} for word in words}
    for row in rows:
        found[row.word][row.claim] = max(row.score, found[row.word].get(row.claim, 0.0))
    return found
