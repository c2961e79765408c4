"""What happened, for whom it has to be delivered, and how each attempt went: the truth about webhooks."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from partners.choices import DeliveryState, EventType
from partners.models.endpoint import Endpoint

#: How much of a receiver's answer is kept, in characters.
ANSWER_KEPT = 500


class Event(models.Model):
    """A public change that is announced to partners. ``body`` is posted unchanged to each endpoint, at each attempt."""

    seq = models.BigIntegerField(
        null=True,
        unique=True,
        help_text="The record's number in the log, of an archive the last one; else none.",
    )
    epoch = models.UUIDField(null=True)
    claim_id = models.UUIDField(null=True)
    type = models.CharField(max_length=20, choices=EventType)
    at = models.DateTimeField()
    body = models.BinaryField()
    topics = ArrayField(
        models.CharField(max_length=60),
        null=True,
        help_text="Those of the claim, before or now; of what is about no claim, and of old events, nothing.",
    )
    languages = ArrayField(models.CharField(max_length=16), null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="event_of_the_log_is_numbered",
                condition=Q(type__in=[EventType.PING, EventType.SUBMISSION], seq=None)
                | Q(type=EventType.IMPORTED, seq__gte=1, epoch__isnull=False, claim_id=None)
                | Q(seq__gte=1, epoch__isnull=False, claim_id__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.seq} {self.type}" if self.seq else f"{self.type} {self.pk}"


class Delivery(models.Model):
    """An event on its way to an endpoint."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    seq = models.BigIntegerField(null=True)
    claim_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, help_text="A worker is sending it; after this it is taken for dead.")
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "seq"], name="delivery_once_an_endpoint"),
            models.CheckConstraint(
                name="delivery_is_done_or_waiting",
                condition=Q(state=DeliveryState.PENDING, done_at=None)
                | Q(state__in=[DeliveryState.DELIVERED, DeliveryState.DEAD], done_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["endpoint", "seq"], condition=Q(state="pending"), name="delivery_waiting"),
            models.Index(
                fields=["endpoint", "claim_id", "seq"], condition=Q(state="pending"), name="delivery_in_order"
            ),
            models.Index(fields=["next_at"], condition=Q(state="pending"), name="delivery_next"),
            models.Index(fields=["lease_until"], condition=Q(state="pending"), name="delivery_leased"),
            models.Index(fields=["endpoint", "id"], name="delivery_log"),
            models.Index(fields=["endpoint", "id"], condition=Q(state="dead"), name="delivery_given_up"),
            models.Index(fields=["done_at"], condition=~Q(state="pending"), name="delivery_done"),
        ]

    def __str__(self) -> str:
        return self.message_id()

    def message_id(self) -> str:
        """The ``webhook-id``: the same at every attempt, so that receivers can tell a repetition. It holds no dot,
        because a dot parts it from the time in what is signed (Standard Webhooks 1.0.0)."""
        if self.seq is None:
            kind = "ping" if self.event.type == EventType.PING else "submission"
            return f"msg_{kind}_{self.event_id}_{self.endpoint_id}"
        return f"msg_{str(self.event.epoch)[:8]}_{self.seq}_{self.endpoint_id}"

    def is_in_flight(self, *, at: datetime) -> bool:
        """Whether a worker is sending it now."""
        return self.lease_until is not None and self.lease_until > at


class Attempt(models.Model):
    """One try. ``word`` is empty for a success, else what went wrong."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    word = models.CharField(max_length=30, blank=True)
    answer = models.CharField(max_length=ANSWER_KEPT, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.number}: {self.status or self.word}"
