"""Rows for the desk's lists: each with what its columns show, so that a list costs the same at any length."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from accounts.models import User
from articles.models import (
    Appearance,
    Article,
    ArticleVersion,
    Claim,
    PublishedClaim,
    Rating,
    Record,
    SecondVerdict,
    Source,
    Topic,
    Verdict,
)


def claims() -> QuerySet[Claim]:
    """Claims with the rating of their newest verdict as ``rating_key``, ``rating_label`` and ``rating_tone``."""
    return with_rating(Claim.objects.select_related("claimant", "assignee"))


def with_rating(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """These claims with the rating of their newest verdict.

    While a second, independent verdict is asked for and not given, lists show the rating to nobody.
    """
    asked = SecondVerdict.objects.filter(claim=OuterRef("claim"), rated_at=None, withdrawn_at=None)
    newest = Verdict.objects.filter(~Exists(asked), claim=OuterRef("pk")).order_by("-id")
    return rows.annotate(
        rating_key=Subquery(newest.values("rating__key")[:1]),
        rating_label=Subquery(newest.values("rating__label")[:1]),
        rating_tone=Subquery(newest.values("rating__tone")[:1]),
    )


def articles() -> QuerySet[Article]:
    """Articles with the number of claims marked in them as ``claim_count``."""
    return Article.objects.annotate(claim_count=Count("versions__appearances__claim", distinct=True))


def with_claim_count(sources: QuerySet[Source]) -> QuerySet[Source]:
    """These sources with the number of claims they serve, ``claim_count``, and the latest check of their addresses."""
    return sources.select_related("link_check").annotate(claim_count=Count("evidence__claim", distinct=True))


def with_topic_count(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """These topics with the number of claims that name them as ``claim_count``."""
    name = "(SELECT count(*) FROM articles_claim c WHERE c.topics @> ARRAY[articles_topic.name]::varchar[])"
    return topics.annotate(claim_count=RawSQL(name, (), output_field=IntegerField()))  # noqa: S611


def passages_in(version: ArticleVersion) -> list[Appearance]:
    """The passages marked in a text, in its order, each with its claim and the claim's current rating."""
    rated = {claim.pk: claim for claim in claims().filter(appearances__article_version=version)}
    appearances = list(version.appearances.order_by("start", "end"))
    for appearance in appearances:
        appearance.claim = rated[appearance.claim_id]
    return appearances


def texts_of(article: Article) -> list[Any]:
    """The texts an article has had, newest first, with passages looked for and undecided: ``asked``, ``waiting``."""
    waiting = Count(
        "anchor_checks", filter=Q(anchor_checks__decision="pending", anchor_checks__appearance__isnull=False)
    )
    texts = article.versions.defer("body").select_related("captured_by").order_by("-number")
    return list(texts.annotate(asked=Count("anchor_checks"), waiting=waiting))


def claims_of_article(article: Article) -> list[Any]:
    """The claims marked in any text of an article, in the order of the text."""
    firsts = Appearance.objects.filter(article_version__article=article).order_by("start", "id")
    order = {pk: place for place, pk in enumerate(dict.fromkeys(firsts.values_list("claim_id", flat=True)))}
    return sorted(claims().filter(pk__in=order), key=lambda claim: order[claim.pk])


def ratings_for(claim: Claim | None) -> QuerySet[Rating]:
    """The ratings a verdict on ``claim`` may use: the current editions, and the one it already has."""
    usable = Rating.objects.current()
    if claim is None:
        return usable
    own = Rating.objects.filter(verdicts__claim=claim)
    return Rating.objects.filter(pk__in=usable.values("pk").union(own.values("pk")))


def current_publication(claim_id: UUID) -> PublishedClaim | None:
    """What readers see of a claim now, for the desk to compare with; ``None`` before its first publication."""
    return PublishedClaim.objects.select_related("record").filter(claim_id=claim_id).first()


def records() -> QuerySet[Record]:
    """The log without the bytes of its records, for a list."""
    return Record.objects.defer("body")


def assignees() -> QuerySet[User]:
    """Everybody who has a claim on their desk."""
    return User.objects.filter(pk__in=Claim.objects.values("assignee_id")).order_by("first_name", "username")


def languages() -> list[str]:
    """The languages in which there are claims."""
    return list(Claim.objects.order_by("language").values_list("language", flat=True).distinct())


def overdue(rows: QuerySet[Claim], *, today: date) -> QuerySet[Claim]:
    """Those of ``rows`` that are still open after their due date."""
    return rows.filter(pk__in=Claim.objects.open().filter(due_on__lt=today).values("pk"))
