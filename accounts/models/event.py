"""What happened to an account, for good."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.choices import AccountAct


class AccountEvent(models.Model):
    """A sign-in, a failure, or a change of a person's account. The database refuses to change or delete it."""

    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="account_events",
        help_text="Whose account it is; nobody when an unknown name was typed.",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who did it; nobody for a failed sign-in and for the command line.",
    )
    act = models.CharField(max_length=30, choices=AccountAct.choices)
    network = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["user", "-id"], name="account_event_of_user")]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.what}".strip()
