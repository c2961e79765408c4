"""What the newsroom found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.folding.columns import Folded, FoldedMarkup, folded_index
from articles.models.claim import Claim
from articles.models.rating import Rating


class Verdict(models.Model):
    """A proposed or approved finding on a claim. A claim has many over its life; the newest one counts.

    ``approved_sha256`` is the hash of everything a reader would see at the moment of approval: when the content no
    longer has that hash, the approval is stale.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="verdicts")
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="verdicts")
    summary = models.CharField(max_length=300, blank=True, help_text=_("What was found, in one sentence."))
    explanation_html = models.TextField(_("explanation"), blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["claim", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None, approved_sha256="")
                | Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_sha256=""),
                name="verdict_approval_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("proposed_by")),
                name="verdict_is_approved_by_somebody_else",
            ),
        ]
        indexes = [
            folded_index(Folded("summary"), name="verdict_by_folded_summary"),
            folded_index(FoldedMarkup("explanation_html"), name="verdict_by_folded_explanation"),
        ]

    def __str__(self) -> str:
        return f"{self.rating}: {self.summary}" if self.summary else str(self.rating)
