"""What colleagues are notified of, what each of them chose, and the messages on their way."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from notifications.choices import DEFAULTS, Channel, Frequency, Kind


class NotificationSettings(models.Model):
    """What one person chose. There is no row until they choose something."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notification_settings"
    )
    language = models.CharField(max_length=16, blank=True, help_text="Of the e-mails; empty: the site's own language.")
    choices = models.JSONField(default=dict, help_text="For each kind that was chosen: now, daily or none.")

    class Meta:
        default_permissions = ()
        verbose_name_plural = "notification settings"

    def __str__(self) -> str:
        return f"Notifications of {self.user}"

    def frequency(self, kind: str) -> str:
        """How this person gets notices of ``kind``."""
        chosen = self.choices.get(kind)
        return str(chosen if chosen in Frequency.values else DEFAULTS[kind])


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, by their state."""

    def waiting(self) -> Self:
        """Those that are still to be sent."""
        return self.filter(sent_at=None, failed_at=None)

    def failed(self) -> Self:
        """Those that are not tried again. A refused e-mail to a reader is no failure: the address is at fault."""
        return self.filter(failed_at__isnull=False).exclude(refused=True)


class Message(models.Model):
    """One e-mail or chat message: a row first, sent afterwards by the worker, and again until it has left."""

    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True, help_text="Why the latest attempt failed.")
    refused = models.BooleanField(
        null=True,
        help_text="Whether the server refuses the address for good; empty: a refusal is tried again.",
    )
    secret_until = models.DateTimeField(
        null=True, help_text="Until when the link in the text works; empty when the text has no secret link."
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(sent_at=None) | Q(failed_at=None), name="message_is_sent_or_failed"),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(sent_at=None, failed_at=None), name="message_waiting"),
            models.Index(fields=["created_at"], name="message_by_age"),
        ]

    def __str__(self) -> str:
        return self.subject


class Notice(models.Model):
    """One thing that one person is notified of, written in the transaction of the act itself."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    frequency = models.CharField(max_length=10, choices=Frequency)
    title = models.CharField(max_length=500)
    detail = models.TextField(blank=True)
    path = models.CharField(max_length=300, help_text="Where it can be seen on the desk.")
    once = models.CharField(max_length=120, null=True, unique=True, help_text="Two notices never have the same.")  # noqa: DJ001 - several have none
    created_at = models.DateTimeField()
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="notices")

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(user=models.F("actor")), name="nobody_is_notified_of_their_own_act"),
        ]
        indexes = [
            models.Index(fields=["frequency", "id"], condition=Q(message=None), name="notice_not_sent"),
            models.Index(fields=["created_at"], name="notice_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"
