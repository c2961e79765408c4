"""What the article desk shows: the claims of an article, where they stand in a text, who might have said a passage."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, Prefetch, Q, QuerySet, TextField, Value

from articles.choices import OPEN_STAGES, ClaimantKind, Stage
from articles.models import Appearance, Article, ArticleVersion, Claim, Claimant
from articles.selectors import admin_lists

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SENTENCE_END = re.compile(r"[.!?…؟۔]+[\"'”’»)]*\s")
#: Surnames shorter than this, in characters, are words of too many sentences.
_SHORTEST_NAME = 3


def at(version: ArticleVersion, start: int, end: int) -> list[Appearance]:
    """The marks of exactly this passage (code points), but for those of dropped claims; oldest first."""
    marks = version.appearances.filter(start=start, end=end).exclude(claim__stage=Stage.DROPPED)
    return list(marks.select_related("claim", "created_by").order_by("id"))


def claims_with_passages(article: Article) -> list[Any]:
    """Every claim of the article that was not dropped, with its passages as ``marks``, in the order of the text."""
    marks = Appearance.objects.filter(article_version__article=article).select_related("article_version")
    marks = marks.defer("article_version__body").order_by("-article_version__number", "start", "id")
    rows = admin_lists.claims().filter(appearances__article_version__article=article).exclude(stage=Stage.DROPPED)
    rows = rows.select_related("claimant", "assignee", "created_by").distinct()
    found = list(rows.prefetch_related(Prefetch("appearances", marks, to_attr="marks")))
    return sorted(found, key=lambda claim: (-claim.marks[0].article_version.number, claim.marks[0].start, claim.pk))


def state_tag(article: Article) -> str:
    """A short name for the article's claims as they are now: it differs once any of them, or the text, changed."""
    claims = Claim.objects.filter(appearances__article_version__article=article).order_by("pk").distinct()
    rows = [*claims.values_list("pk", "version"), article.versions.values_list("pk", flat=True).first()]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:20]


def claimants_named(typed: str, *, limit: int = 8) -> QuerySet[Claimant]:
    """Known claimants whose name or role holds each word that was typed."""
    found = Claimant.objects.order_by("name", "role")
    for word in typed.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(role__icontains=word))
    return found[:limit]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who may have made the claim, and the words in the text that say so."""

    claimant: Claimant
    because: str


def likely_speaker(version: ArticleVersion, start: int, end: int) -> Suggestion | None:
    """The known claimant who is named nearest to a passage, in the paragraphs it lies in; best in its sentence."""
    left = version.body.rfind("\n", 0, start) + 1
    right = version.body.find("\n", end)
    paragraph = version.body[left : right if right >= 0 else len(version.body)]
    words = {word for word in _WORD.findall(paragraph) if len(word) >= _SHORTEST_NAME}
    words |= {word.removesuffix("'s").removesuffix("’s") for word in words}
    surname = Func(F("name"), Value(" "), Value(-1), function="split_part", output_field=TextField())
    rows = Claimant.objects.annotate(surname=surname).filter(surname__in=words)
    named = [
        (*_distance(paragraph, match.span(), (start - left, end - left)), -len(match.group()), row.name, row, match)
        for row in rows[:200]
        for name in {row.name, row.name.split(" ")[-1] if row.kind == ClaimantKind.PERSON else row.name}
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", paragraph)
    ]
    if not named:
        return None
    *_, row, match = min(named, key=lambda item: item[:4])
    return Suggestion(row, match.group())


def _distance(paragraph: str, name: tuple[int, int], passage: tuple[int, int]) -> tuple[int, int]:
    """How far a name stands from a passage: ends of sentences between them, then characters."""
    between = paragraph[name[1] : passage[0]] if name[1] <= passage[0] else paragraph[passage[1] : name[0]]
    return len(_SENTENCE_END.findall(between)), len(between)


def in_work(*, limit: int = 6) -> QuerySet[Article]:
    """Articles with claims that are not settled (``open_count``), and new ones without any; the newest first."""
    opened = Q(versions__appearances__claim__stage__in=OPEN_STAGES)
    kept = ~Q(versions__appearances__claim__stage=Stage.DROPPED)
    claims = "versions__appearances__claim"
    rows = admin_lists.articles().annotate(
        open_count=Count(claims, distinct=True, filter=opened), kept_count=Count(claims, distinct=True, filter=kept)
    )
    return rows.filter(Q(open_count__gt=0) | Q(kept_count=0)).order_by("-created_at")[:limit]
