"""What an editor puts at the top of the front page."""

from django.conf import settings
from django.db import models


class FrontPin(models.Model):
    """The claim at the top of the front page in one language of the site, up to and including the day ``until``.

    Readers see neither who pinned it nor when. ``version`` goes up by one with every change.
    """

    language = models.CharField(max_length=35, unique=True)
    claim_id = models.UUIDField()
    until = models.DateField()
    version = models.PositiveIntegerField(default=1)
    pinned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pinned_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.claim_id} ({self.language}) until {self.until}"
