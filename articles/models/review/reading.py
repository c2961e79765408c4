"""Who opened which content of a claim to review it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from articles.models.claim import Claim


class Reading(models.Model):
    """``user`` had the claim in front of them as it was then: the content with the hash ``content_sha256``.

    Written by the page and the address that show the claim, so it has no history of its own. It is never changed.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    content_sha256 = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["claim", "user", "content_sha256"], name="reading_is_noted_once"),
        ]

    def __str__(self) -> str:
        return _("%(user)s, version %(version)s") % {"user": self.user, "version": self.version}
