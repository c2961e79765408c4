"""Claims that were dropped because another says the same, and the passages that wait on them."""

from django.db.models import Exists, OuterRef, QuerySet

from articles.choices import ChangeKind, RelationKind, Stage
from articles.models import Appearance, Change, Claim, Relation


def of(claim: Claim) -> Relation | None:
    """As a repeat of which claim ``claim`` was dropped: the relation, with the other claim; ``None`` if it was not."""
    if claim.stage != Stage.DROPPED:
        return None
    rows = claim.relations.filter(kind=RelationKind.REPEATS).select_related("other")
    return rows.order_by("-id").first()


def waiting(claim: Claim) -> QuerySet[Appearance]:
    """The passages of dropped repeats of ``claim`` that are not marked on it, in the order they were marked."""
    doubles = Relation.objects.filter(kind=RelationKind.REPEATS, other=claim, claim__stage=Stage.DROPPED).values(
        "claim_id"
    )
    marked_here = Appearance.objects.filter(
        claim=claim,
        article_version=OuterRef("article_version"),
        start=OuterRef("start"),
        end=OuterRef("end"),
    )
    return (
        Appearance.objects.filter(claim__in=doubles)
        .exclude(Exists(marked_here))
        .select_related("article_version__article", "claim")
        .defer("article_version__body")
        .order_by("id")
    )


def moved(claim: Claim, other: Claim) -> list[str]:
    """The passages of ``other`` that once hung on ``claim``, by id: the history knows."""
    there = [str(pk) for pk in other.appearances.values_list("pk", flat=True)]
    changes = Change.objects.filter(
        table=Appearance._meta.db_table, row__in=there, kind=ChangeKind.UPDATE, before__claim_id=str(claim.pk)
    )
    return list(changes.values_list("row", flat=True))
