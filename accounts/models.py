"""Who works in the newsroom, and the tokens they use the desk API with."""

import hashlib
import secrets
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person of the newsroom. What they may do comes from their groups (``accounts.roles``)."""

    class Meta(AbstractUser.Meta):
        db_table = "accounts_user"

    def display_name(self) -> str:
        """The full name where one is known, else the sign-in name."""
        return self.get_full_name() or self.username


class PersonalToken(models.Model):
    """A token a person signs in to the desk API with. Only its SHA-256 is kept; the prefix tells tokens apart."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80, help_text="Where you use it, so that you know which one to revoke.")
    prefix = models.CharField(max_length=12, editable=False)
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @staticmethod
    def digest_of(secret: str) -> bytes:
        """What is stored of a secret. The secret is 256 random bits, so a plain hash cannot be guessed back."""
        return hashlib.sha256(secret.encode("utf-8", "replace")).digest()

    @staticmethod
    def new_secret() -> str:
        """A fresh secret, to be shown once."""
        return "fct_" + secrets.token_urlsafe(32)

    def is_live(self, *, at: datetime) -> bool:
        """Whether the token may be used at ``at``."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)
