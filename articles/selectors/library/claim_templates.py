"""Templates for new claims, as the form of one offers them."""

from uuid import UUID

from articles.models import ClaimTemplate


def offered() -> list[ClaimTemplate]:
    """The templates that are in use, by name."""
    return list(ClaimTemplate.objects.filter(is_retired=False).select_related("assignee"))


def named(rows: list[ClaimTemplate], given: str) -> ClaimTemplate | None:
    """The one among ``rows`` whose id an address gives; ``None`` for any other text."""
    try:
        wanted = UUID(given)
    except ValueError:
        return None
    return next((row for row in rows if row.pk == wanted), None)
