"""The stored version of each set of computed rows."""

from django.utils import timezone

from articles.models import ProjectionVersion


def record(name: str, version: int) -> None:
    """Store that all rows of the set ``name`` were computed by this version of the code."""
    ProjectionVersion.objects.update_or_create(name=name, defaults={"version": version, "rebuilt_at": timezone.now()})


def recorded() -> dict[str, int]:
    """The version by which each set was last computed as a whole; sets that never were are missing."""
    return dict(ProjectionVersion.objects.values_list("name", "version"))
