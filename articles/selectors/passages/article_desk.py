"""What the article desk shows: the claims of an article, their positions in a text, possible claimants of a passage."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from articles.choices import OPEN_STAGES, Stage
from articles.models import Appearance, Article, ArticleVersion, Claim, Claimant
from articles.selectors import admin_lists, suggestions
from articles.selectors.library import names

#: Articles in work are looked for among so many.
_NEWEST = 60


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
    """A short tag of the article's claims: it changes when one of them or the text changes."""
    claims = Claim.objects.filter(appearances__article_version__article=article).order_by("pk").distinct()
    rows = [*claims.values_list("pk", "version"), article.versions.values_list("pk", flat=True).first()]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:20]


def claimants_named(typed: str, *, limit: int = 8) -> QuerySet[Claimant]:
    """Known claimants whose name or role holds each word that was typed."""
    found = Claimant.objects.filter(merged_into=None).order_by("name", "role")
    for word in typed.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(role__icontains=word))
    return found[:limit]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who makes the claim by the text: a known claimant or only a ``name`` with its kind.

    ``because`` are the words in the text that say so.
    """

    claimant: Claimant | None
    name: str
    kind: str
    because: str


def likely_speaker(version: ArticleVersion, start: int, end: int) -> Suggestion | None:
    """The speaker that the suggestions find for a passage; ``None`` where they are not sure.

    Several known claimants with that name are no suggestion: the editor chooses.
    """
    speaker = suggestions.report_of(version).speaker_at(start, end)
    if speaker is None:
        return None
    rows = names.claimants_called(speaker.name)
    if len(rows) > 1:
        return None
    kind = suggestions.speaker_kind(speaker.name, is_person=speaker.is_person)
    because = _named_as(version.body, speaker.name, start, end)
    return Suggestion(rows[0] if rows else None, speaker.name, kind, because)


def _named_as(body: str, name: str, start: int, end: int) -> str:
    """How the paragraphs of a passage write a speaker's name: in full, or the surname alone."""
    left = body.rfind("\n", 0, start) + 1
    right = body.find("\n", end)
    paragraph = body[left : right if right >= 0 else len(body)]
    surname = name.split()[-1]
    return surname if name not in paragraph and surname in paragraph else name


def in_work(*, limit: int = 6) -> QuerySet[Article]:
    """Articles with claims that are not settled, and new ones without any, of the newest ones; the newest first.

    Each has ``claim_count`` and ``open_count``. Claims are counted for the articles that are shown, no others.
    """
    newest = Article.objects.order_by("-created_at").values("pk")[:_NEWEST]
    claims = Claim.objects.filter(appearances__article_version__article=OuterRef("pk")).exclude(stage=Stage.DROPPED)
    marks = Appearance.objects.filter(article_version__article=OuterRef("pk"))
    rows = Article.objects.filter(pk__in=newest).filter(
        Exists(marks.filter(claim__stage__in=OPEN_STAGES)) | ~Exists(marks)
    )
    return rows.annotate(
        claim_count=_counted(claims), open_count=_counted(claims.filter(stage__in=OPEN_STAGES))
    ).order_by("-created_at")[:limit]


def _counted(claims: QuerySet[Claim]) -> Coalesce:
    """How many claims, as a column of another statement."""
    rows = claims.order_by().values(every=Value(1)).annotate(n=Count("pk", distinct=True)).values("n")
    return Coalesce(Subquery(rows), Value(0))
