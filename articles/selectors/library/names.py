"""Claimants by their names, whatever case, accents and blanks."""

from articles import folding
from articles.models import Claimant


def claimants_called(name: str, *, limit: int = 2) -> list[Claimant]:
    """The claimants with this name; those that it was merged into, where it is a merged one's. Oldest first."""
    rows = Claimant.objects.filter(folded=folding.name_key(name)).select_related("merged_into")
    kept = [row.kept() for row in rows.order_by("created_at", "pk")[: 10 * limit]]
    return list({row.pk: row for row in kept}.values())[:limit]
