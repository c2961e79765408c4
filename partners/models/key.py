"""The keys partners use the API with."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from partners import rates
from partners.choices import KeyState, Scope
from partners.models.partner import Partner

PREFIX = "fcp_"
#: How much of the secret is kept readable, so that people can tell keys apart.
SHOWN = 12
#: From when on people are told that a key will expire.
SOON = timedelta(days=14)


class Key(models.Model):
    """An API key. Only its SHA-256 is kept: it holds 256 random bits, so a plain hash cannot be guessed back."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="keys")
    name = models.CharField(max_length=80, help_text="Where it is used, so that you know which one to revoke.")
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices))
    prefix = models.CharField(max_length=SHOWN, editable=False)
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    rate = models.CharField(
        max_length=20,
        blank=True,
        validators=[rates.validate],
        help_text="Its own limit, such as 6000/min; empty for the usual one.",
    )
    replaces = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(name="key_has_a_scope", condition=Q(scopes__len__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @staticmethod
    def digest_of(secret: str) -> bytes:
        """What is stored of a secret."""
        return hashlib.sha256(secret.encode("utf-8", "replace")).digest()

    @staticmethod
    def new_secret() -> str:
        """A fresh secret, to be shown once."""
        return PREFIX + secrets.token_urlsafe(32)

    def is_live(self, *, at: datetime) -> bool:
        """Whether the key itself (not its partner) may be used at ``at``."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)

    def state(self, *, at: datetime) -> KeyState:
        """How the key stands at ``at``."""
        if self.revoked_at is not None:
            return KeyState.REVOKED
        if not self.is_live(at=at):
            return KeyState.REPLACED if hasattr(self, "replaced_by") else KeyState.EXPIRED
        return KeyState.EXPIRING if self.expires_at and self.expires_at <= at + SOON else KeyState.LIVE
