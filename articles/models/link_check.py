"""Whether a source's address still answers."""

from django.db import models

from articles.models.readers.projection_version import ProjectionVersion
from articles.models.review.reading import Reading
from articles.models.source import Source


class LinkCheck(models.Model):
    """The latest check of a source's address. It is about the address, not about the source: no version, no history."""

    source = models.OneToOneField(Source, models.CASCADE, primary_key=True, related_name="link_check")
    url = models.CharField(max_length=2000, help_text="The address that was checked.")
    checked_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0, help_text="Checks in a row without an answer.")
    failing_since = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True, help_text="A status such as http_404, or why none came.")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["checked_at"], name="link_check_by_age")]

    def __str__(self) -> str:
        return f"{self.url}: {self.problem or 'answers'}"


#: What programs saw elsewhere or did themselves: nobody wrote it, so it has no history.
OBSERVED_MODELS: tuple[type[models.Model], ...] = (LinkCheck, ProjectionVersion, Reading)
