"""Relations between claims."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.choices import RelationKind
from articles.models.base import DeskRow
from articles.models.claim import Claim


class Relation(DeskRow):
    """Claim ⇄ claim. Readers see it once both are public."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=15, choices=RelationKind)
    other = models.ForeignKey(Claim, models.PROTECT, related_name="related_from")

    class Meta:
        ordering = ["claim", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "kind", "other"],
                name="relation_stated_once",
                violation_error_message=_("This relation is already there."),
            ),
            models.CheckConstraint(
                condition=~Q(claim=F("other")),
                name="relation_is_to_another_claim",
                violation_error_message=_("A claim cannot be related to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} “{self.other}”"
