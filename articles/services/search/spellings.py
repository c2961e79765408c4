"""The words of published claims, kept for those who misspell them: a function of the log, like the projection."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django.db import connection
from django.db.models import F

from articles import folding
from articles.models import PublishedWord, Record

Document = dict[str, Any]
#: Shorter words are not worth a suggestion: nearly everything is near to them.
MIN_LETTERS: Final = 3


def store_words(row: Record, document: Document) -> None:
    """Take in the words that ``row`` brings to its claim, and let go of those it takes away.

    Only one who holds the log's head may call this: counts are additions to rows that others would have to wait for.
    """
    before = Record.objects.filter(claim_id=row.claim_id, revision=row.revision - 1).first()
    old, new = _words(before.document()) if before else {}, _words(document)
    come = sorted(new.keys() - old.keys())
    gone = sorted(old.keys() - new.keys())
    if come:
        _count_up(come, [new[word] for word in come], [1] * len(come))
    if gone:
        rows = PublishedWord.objects.filter(word__in=gone)
        rows.filter(claims__lte=1).delete()
        rows.update(claims=F("claims") - 1)


def store_new_words(documents: Iterable[Document]) -> None:
    """``store_words`` for the first records of many claims, in one statement, under the same condition."""
    shown: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for document in documents:
        words = _words(document)
        shown.update(words)
        counts.update(words.keys())
    if shown:
        come = sorted(shown)
        _count_up(come, [shown[word] for word in come], [counts[word] for word in come])


_COME = """
INSERT INTO articles_publishedword (word, shown, claims)
SELECT word, shown, claims FROM unnest(%s::text[], %s::text[], %s::int[]) AS come (word, shown, claims)
ON CONFLICT (word) DO UPDATE
SET shown = excluded.shown, claims = articles_publishedword.claims + excluded.claims
"""


def _count_up(words: list[str], shown: list[str], claims: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COME, [words, shown, claims])


def _words(document: Document) -> dict[str, str]:
    """The words of a record, folded, each as it stands there first."""
    claim, verdict = document["claim"], document["verdict"] or {}
    claimant = claim["claimant"] or {}
    found: dict[str, str] = {}
    quotes = [one["quote"]["exact"] for one in document["appearances"]]
    titles = (claim["text"], document.get("headline", ""), verdict.get("summary", ""), claimant.get("name", ""))
    for spelled in (*titles, *claim["topics"], *quotes):
        for start, end in folding.spans(spelled):
            [word] = folding.words(spelled[start:end]) or [""]
            if MIN_LETTERS <= end - start <= folding.MAX_WORD and word and not any(map(str.isdigit, word)):
                found.setdefault(word, spelled[start:end])
    return found
