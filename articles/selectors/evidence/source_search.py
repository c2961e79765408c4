"""Finding sources in place: by words, the most cited first; and a claim's evidence with all that is shown of it.

People wait for the list while they type, so it must not cost more with 20,000 sources than with 200: the sources that
were cited last are looked at first, and the others only when those are too few.
"""

from typing import Any, Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import transaction
from django.db.models import Count, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from articles import folding
from articles.folding.columns import Folded, set_likeness
from articles.models import Capture, Claim, Evidence, Source

#: The least word similarity (pg_trgm, 0 to 1), used when no source holds the typed words.
_ALIKE: Final = 0.55
#: So many of the last citations say which sources are looked at first.
_LAST: Final = 200
#: Of the other sources with the words, so many are put in order at most.
_MOST: Final = 200
#: Words of fewer letters have no trigram by which an index finds them: they are looked for in the newest sources.
_INDEXED: Final = 3
_NEWEST: Final = 1_000
_TITLE: Final = Folded("title", "publisher")
_ONE_BY_ONE: Final = Func(_TITLE, template="(%(expressions)s || '')", output_field=TextField())


def sources_for(typed: str, *, limit: int = 8) -> list[Any]:
    """Sources whose title, publisher or address hold each word that was typed, the most cited first.

    When there are none, the most similar ones, because a name may be mistyped; with nothing typed, the most cited.
    """
    words = typed.split()[:6]
    rows = _holding(words)
    hits = _most_cited(_cited_last(rows), limit=limit)
    if len(hits) < limit:
        left = rows.exclude(pk__in=[row.pk for row in hits])
        hits += _most_cited(_few_of(left, words), limit=limit - len(hits))
    if hits or len(typed.strip()) < _INDEXED:
        return hits
    return _alike(folding.fold(typed.strip()), limit=limit)


def _cited_last(rows: QuerySet[Any]) -> QuerySet[Any]:
    last = Evidence.objects.order_by("-id").values("source")[:_LAST]
    return rows.filter(pk__in=Subquery(last))


def _kept() -> QuerySet[Any]:
    return Source.objects.filter(merged_into=None).annotate(folded_words=_TITLE)


def _holding(words: list[str]) -> QuerySet[Any]:
    rows = _kept()
    for word in words:
        rows = rows.filter(Q(folded_words__contains=folding.fold(word)) | Q(url__icontains=word))
    return rows


def _few_of(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """As many of these as can be put in order while somebody waits."""
    if not any(len(word) >= _INDEXED for word in words):
        newest = Source.objects.order_by("-created_at").values("pk")[:_NEWEST]
        rows = rows.filter(pk__in=Subquery(newest))
    return Source.objects.filter(pk__in=Subquery(rows.order_by().values("pk")[:_MOST]))


def _alike(words: str, *, limit: int) -> list[Any]:
    # A subquery, because to compare a constant with its statistics takes the planner longer than the search.
    wanted = RawSQL("(SELECT %s)", (words,))
    found = _kept().filter(folded_words__trigram_word_similar=wanted)
    # Those cited last are compared one by one: the index would go through every source that has one of the words.
    one_by_one = _cited_last(_kept().annotate(compared=_ONE_BY_ONE).filter(compared__trigram_word_similar=words))
    with transaction.atomic():
        set_likeness(_ALIKE)
        for few in (one_by_one, found):
            chosen = Source.objects.filter(pk__in=Subquery(few.order_by().values("pk")[:_MOST]))
            rows = _counted(chosen).annotate(alike=TrigramWordSimilarity(words, _TITLE))
            hits = list(rows.order_by("-alike", "-claim_count", "pk")[:limit])
            if hits:
                break
    return hits


def _most_cited(rows: QuerySet[Any], *, limit: int) -> list[Any]:
    return list(_counted(rows).order_by("-claim_count", "-created_at", "pk")[:limit])


def _counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    """These with how many claims cite each, and their copies."""
    citing = Evidence.objects.filter(source=OuterRef("pk")).order_by().values("source")
    count: Any = Subquery(citing.annotate(n=Count("claim", distinct=True)).values("n"), output_field=IntegerField())
    counted: QuerySet[Any] = rows.annotate(claim_count=Coalesce(count, Value(0)))
    return counted.prefetch_related(_captures())


def evidence_of(claim: Claim) -> QuerySet[Evidence]:
    """The evidence of a claim in its order, with sources and copies, but without the bytes and texts of those."""
    rows = claim.evidence.select_related("source", "capture__attachment")
    return rows.defer("capture__text", "capture__attachment__content").order_by("position", "id")


def captures_of(source: Source) -> QuerySet[Capture]:
    """What was seen at a source, newest first, without texts and bytes."""
    return source.captures.select_related("attachment").defer("text", "attachment__content").order_by("-captured_at")


def _captures() -> "Prefetch[Any]":
    rows = Capture.objects.select_related("attachment").defer("text", "attachment__content").order_by("-captured_at")
    return Prefetch("captures", rows, to_attr="newest_captures")
