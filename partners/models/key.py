"""The keys partners use the API with."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.credentials import NamedCredential
from partners import rates
from partners.choices import KeyState, Scope
from partners.models.partner import Partner

PREFIX = "fcp_"
#: When partners get a notice that a key will expire.
SOON = timedelta(days=14)


class Key(NamedCredential):
    """An API key."""

    BEGINS_WITH = PREFIX

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="keys")
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices))
    rate = models.CharField(
        max_length=20,
        blank=True,
        validators=[rates.validate],
        help_text=_("Its own limit, such as 6000/min; empty for the usual one."),
    )
    replaces = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(name="key_has_a_scope", condition=Q(scopes__len__gt=0)),
        ]

    def state(self, *, at: datetime) -> KeyState:
        """The state of the key at ``at``."""
        if self.revoked_at is not None:
            return KeyState.REVOKED
        if not self.is_live(at=at):
            return KeyState.REPLACED if hasattr(self, "replaced_by") else KeyState.EXPIRED
        return KeyState.EXPIRING if self.expires_at and self.expires_at <= at + SOON else KeyState.LIVE
