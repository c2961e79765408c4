"""What speaks for or against a claim."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.choices import Stance
from articles.evidence_fields import help_text
from articles.folding.columns import Folded, folded_index
from articles.models.base import DeskRow
from articles.models.claim import Claim
from articles.models.source import Capture, Source


class Evidence(DeskRow):
    """Claim ⇄ source: what the source says about it, and where to look it up.

    ``articles.evidence_fields`` describes the fields that people fill in.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence")
    source = models.ForeignKey(Source, models.PROTECT, related_name="evidence")
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, blank=True, related_name="evidence")
    stance = models.CharField(max_length=10, choices=Stance)
    quote = models.TextField(blank=True, help_text=help_text("quote"))
    locator = models.CharField(max_length=120, blank=True, help_text=help_text("locator"))
    note = models.TextField(blank=True, help_text=help_text("note"))
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["claim", "position", "id"]
        verbose_name_plural = "evidence"
        indexes = [folded_index(Folded("quote", "locator", "note"), name="evidence_by_folded_words")]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.source}"
