"""Who did what about a partner, for good."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partners.choices import Act
from partners.models.key import Key
from partners.models.partner import Partner


class PartnerChange(models.Model):
    """One act on a partner or its keys. The database refuses to change or delete it."""

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Nobody: the partner itself with a key, or somebody at the command line.",
    )
    with_key = models.ForeignKey(
        Key, null=True, on_delete=models.PROTECT, related_name="+", help_text="The key the partner itself acted with."
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="changes")
    key = models.ForeignKey(
        Key, null=True, on_delete=models.PROTECT, related_name="changes", help_text="The key that it is about."
    )
    act = models.CharField(max_length=20, choices=Act.choices)
    what = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="change_has_one_author", condition=Q(by=None) | Q(with_key=None)),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.what}".strip()
