"""Who follows what, by e-mail or on a device.

All of it is private: the readers' database role cannot read it, and no history is kept of it.
"""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from followers.choices import FollowKind, Rhythm
from notifications.models import Message


class Follower(models.Model):
    """An e-mail address that somebody gave. The row is deleted, with everything below it, when it follows nothing."""

    email = models.CharField(max_length=254, help_text="The domain as it is sent: punycode.")
    refusals = models.PositiveSmallIntegerField(
        default=0, help_text="E-mails in a row that the mail server refused for good."
    )

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(Lower("email"), name="follower_has_one_address")]

    def __str__(self) -> str:
        return f"Follower {self.pk}"


class FollowQuerySet(models.QuerySet["Follow"]):
    """Follows, by what is known of the reader's will."""

    def confirmed(self) -> Self:
        """Those that the owner of the address confirmed."""
        return self.filter(confirmed_at__isnull=False)

    def waiting(self) -> Self:
        """Those that ask for something that is not confirmed yet."""
        return self.exclude(asked="")


class Follow(models.Model):
    """One thing that one address follows, or that somebody asked for in its name and nobody confirmed yet."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=12, choices=FollowKind)
    target = models.CharField(max_length=60, blank=True, help_text="Id of the claim or claimant; the topic's name.")
    language = models.CharField(max_length=16, help_text="Of the page on which the reader asked, and of the e-mails.")
    rhythm = models.CharField(max_length=10, choices=Rhythm)
    after_seq = models.BigIntegerField(default=0, help_text="Records up to this number are no news to the follower.")
    confirmed_at = models.DateTimeField(null=True)
    asked = models.CharField(max_length=10, blank=True, help_text="The rhythm that waits to be confirmed.")
    asked_at = models.DateTimeField()

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["follower", "kind", "target"], name="followed_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | ~Q(asked=""), name="follow_is_confirmed_or_asked_for"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "target"], name="follow_by_target"),
            models.Index(fields=["asked_at"], condition=~Q(asked=""), name="follow_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}".strip()


class DigestEntry(models.Model):
    """A record that goes into a follower's next weekly e-mail, because of one of their follows."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="entries")
    follow = models.ForeignKey(Follow, models.CASCADE, related_name="+")
    seq = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["follower", "seq"], name="digested_once")]

    def __str__(self) -> str:
        return f"#{self.seq}"


class Mailing(models.Model):
    """An e-mail to a follower, so that it can be erased with them."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="mailings")
    message = models.OneToOneField(Message, models.CASCADE, related_name="+")
    is_counted = models.BooleanField(default=False, help_text="Whether how it went is in the follower's refusals.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"E-mail {self.message_id}"


class Device(models.Model):
    """A browser that somebody lets show notifications. The row is deleted, with everything below it, when it follows
    nothing, and when its push service says that it is gone."""

    endpoint = models.CharField(max_length=1500, unique=True, help_text="Its address at the push service. Secret.")
    service = models.CharField(max_length=255, help_text="The host of the endpoint.")
    public = models.BinaryField(help_text="Its public key, to encrypt with: 65 bytes.")
    secret = models.BinaryField(help_text="What it shares with us: 16 bytes.")
    site_key = models.CharField(max_length=87, help_text="Our public key under which it follows.")
    refusals = models.PositiveSmallIntegerField(
        default=0, help_text="Messages in a row that the push service refused for good."
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Device {self.pk}"


class DeviceFollow(models.Model):
    """One thing that one device follows. It is told at once, always."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=12, choices=FollowKind)
    target = models.CharField(max_length=60, blank=True, help_text="Id of the claim or claimant; the topic's name.")
    language = models.CharField(max_length=16, help_text="Of the page on which the reader asked, and of the messages.")
    after_seq = models.BigIntegerField(help_text="Records up to this number are no news to the device.")

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["device", "kind", "target"], name="device_follows_once")]
        indexes = [models.Index(fields=["kind", "target"], name="device_follow_by_target")]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}".strip()


class PushMessage(models.Model):
    """One notification on its way to one device: deleted when the push service has it, or when it is given up."""

    #: Nobody wants older news at once.
    LIFETIME: ClassVar = timedelta(hours=24)

    device = models.ForeignKey(Device, models.CASCADE, related_name="messages")
    seq = models.BigIntegerField(help_text="Of the record that it is about.")
    subject = models.CharField(max_length=36, help_text="The claim: a newer message about it replaces this one.")
    content = models.JSONField(help_text="What the device shows, before it is encrypted.")
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["device", "seq"], name="pushed_once")]
        indexes = [models.Index(fields=["next_at"], name="push_message_due")]

    def __str__(self) -> str:
        return f"#{self.seq}"


class FollowState(models.Model):
    """The one row that says up to which record followers were told, and how many addresses have left."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    left = models.PositiveBigIntegerField(default=0, help_text="Addresses erased because they follow nothing more.")

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(id=1), name="follow_state_is_a_single_row")]

    def __str__(self) -> str:
        return f"told up to {self.seq}"


class AnswerRequest(models.Model):
    """The sender of a tip or report wants one e-mail with the answer. Once that is sent, the row is deleted."""

    reference = models.CharField(max_length=24, unique=True, help_text="Of the tip.")
    email = models.CharField(max_length=254, help_text="The domain as it is sent: punycode.")
    language = models.CharField(max_length=16, help_text="Of the page on which the reader asked, and of the e-mail.")
    asked_at = models.DateTimeField()
    message = models.OneToOneField(Message, models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Answer request {self.pk}"
