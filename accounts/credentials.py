"""Secrets that people and programs sign in with: made once, kept as a digest, live until they expire or are revoked."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

#: When a credential was used is noted to this precision, so that not every request writes.
NOTED_EVERY = timedelta(minutes=1)


def digest_of(secret: str) -> bytes:
    """What is stored of a secret. The secret is 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def live(*, at: datetime, path: str = "") -> Q:
    """The condition for rows that may be used at ``at``; ``path`` leads to them from another table ("keys__")."""
    unexpired = Q(**{f"{path}expires_at": None}) | Q(**{f"{path}expires_at__gt": at})
    return Q(**{f"{path}revoked_at": None}) & unexpired


class Credential(models.Model):
    """A row that a secret identifies. Only the SHA-256 of the secret is kept."""

    #: What every secret of this kind begins with, so that people and programs can tell kinds apart.
    BEGINS_WITH: ClassVar[str] = ""

    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def assign_secret(self) -> str:
        """Give the row a new secret and return it. It is to be shown once; the row is not saved yet."""
        secret = self.BEGINS_WITH + secrets.token_urlsafe(32)
        self.digest = digest_of(secret)
        return secret

    def is_live(self, *, at: datetime) -> bool:
        """Whether the credential may be used at ``at``: at the second of ``expires_at`` it may not."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)

    def note_use(self, *, at: datetime) -> None:
        """Note that it was used, to the minute."""
        before = at - NOTED_EVERY
        if self.last_used_at is None or self.last_used_at <= before:
            unnoted = Q(last_used_at=None) | Q(last_used_at__lte=before)
            type(self)._default_manager.filter(unnoted, pk=self.pk).update(last_used_at=at)


class NamedCredential(Credential):
    """A credential that is listed by name. The first characters of its secret stay readable, to tell rows apart."""

    #: How many characters of a secret stay readable.
    SHOWN: ClassVar[int] = 12

    name = models.CharField(max_length=80, help_text="Where it is used, so that you know which one to revoke.")
    prefix = models.CharField(max_length=12, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def assign_secret(self) -> str:
        """Give the row a new secret and return it; its beginning stays readable."""
        secret = super().assign_secret()
        self.prefix = secret[: self.SHOWN]
        return secret
