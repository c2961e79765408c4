"""Invitations to people who do not have a password yet."""

from datetime import datetime

from django.conf import settings
from django.db import models

from accounts.credentials import Credential


class Invitation(Credential):
    """A link that works once: the invited person opens it and chooses a password. Only its digest is stored."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitation")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", help_text="Nobody: a command."
    )
    sent_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Invitation of {self.user}"

    def is_open(self, *, at: datetime) -> bool:
        """Whether the link still works at ``at``."""
        return self.accepted_at is None and self.is_live(at=at)
