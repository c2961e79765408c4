"""Lists and single rows of the desk, with everything that is shown of them, in a fixed number of queries."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from articles.models import Appearance, Article, Claim, Claimant, Evidence, Picture, PublishedClaim, Relation, Source
from articles.models.base import Versioned
from articles.selectors import lookups
from articles.selectors.keyset import Page, page

Row = TypeVar("Row", bound=Versioned)


def claims(*, stage: str = "", assignee: str = "", cursor: str = "", size: int, **wanted: str) -> Page[Claim]:
    """Claims in the order of their slugs, by stage, by the assignee's sign-in name and by what is ``wanted``.

    ``wanted`` of this and the other lists is what ``lookups.narrow`` takes. Raises ``CursorError``.
    """
    rows = Claim.objects.select_related("claimant", "assignee", "created_by")
    if stage:
        rows = rows.filter(stage=stage)
    if assignee:
        rows = rows.filter(assignee__username=assignee)
    return _page(rows, cursor, size, ["desk claims", stage, assignee], wanted)


def claim(pk: UUID) -> Claim:
    """A claim with all that hangs on it. Raises ``Claim.DoesNotExist``."""
    evidence = Evidence.objects.select_related("source", "capture", "created_by")
    appearances = Appearance.objects.select_related("article_version__article")
    return (
        Claim.objects.select_related("claimant", "assignee", "created_by")
        .prefetch_related(
            "replies",
            Prefetch("evidence", evidence),
            Prefetch("appearances", appearances),
            Prefetch("relations", Relation.objects.select_related("other")),
        )
        .get(pk=pk)
    )


def public_state(pk: UUID) -> PublishedClaim | None:
    """What readers find for a claim now, with its record; None when it was never published."""
    return PublishedClaim.objects.select_related("record").defer("search").filter(claim_id=pk).first()


def articles(*, cursor: str = "", size: int, **wanted: str) -> Page[Article]:
    """Articles in the order of their slugs. Raises ``CursorError``."""
    return _page(Article.objects.select_related("created_by"), cursor, size, "desk articles", wanted)


def sources(*, cursor: str = "", size: int, **wanted: str) -> Page[Source]:
    """Sources that were not merged, in the order of their slugs. Raises ``CursorError``."""
    return _page(Source.objects.filter(merged_into=None), cursor, size, "desk sources", wanted)


def claimants(*, cursor: str = "", size: int, **wanted: str) -> Page[Claimant]:
    """Claimants that were not merged, in the order of their slugs. Raises ``CursorError``."""
    return _page(Claimant.objects.filter(merged_into=None), cursor, size, "desk claimants", wanted)


def pictures(*, cursor: str = "", size: int) -> Page[Picture]:
    """Pictures, newest first. Raises ``CursorError``."""
    return page(Picture.objects.all(), key="id", cursor=cursor, size=size, scope="desk pictures")


def _page(rows: QuerySet[Row], cursor: str, size: int, name: object, wanted: dict[str, str]) -> Page[Row]:
    given = {key: value for key, value in wanted.items() if value}
    rows, scope = lookups.narrow(rows, **given), [name, given] if given else name
    return page(rows, key="slug", cursor=cursor, size=size, scope=scope, descending=False)
