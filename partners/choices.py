"""Closed word lists of the partners' side."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a key may be used for."""

    READ = "read", _("Read: higher limits for the read API")
    SUBMIT = "submit", _("Submit: send claims for checking")
    WEBHOOKS = "webhooks", _("Webhooks: manage its organisation's endpoints")


class KeyState(models.TextChoices):
    """The state of a key; computed, never stored."""

    LIVE = "live", _("Live")
    EXPIRING = "expiring", _("Expires soon")
    EXPIRED = "expired", _("Expired")
    REPLACED = "replaced", _("Replaced")
    REVOKED = "revoked", _("Revoked")


class Act(models.TextChoices):
    """What was done about a partner, its keys or its endpoints."""

    ADDED = "added", _("Added")
    CHANGED = "changed", _("Changed")
    ISSUED = "issued", _("Issued")
    ROTATED = "rotated", _("Rotated")
    REVOKED = "revoked", _("Revoked")
    PAUSED = "paused", _("Paused")
    RESUMED = "resumed", _("Resumed")
    DISABLED = "disabled", _("Disabled")
    REMOVED = "removed", _("Removed")
    REPLAYED = "replayed", _("Sent again")
    TESTED = "tested", _("Tested")


class EventType(models.TextChoices):
    """What happened in public, to a claim or with an archive, or to the partner's own submission.

    ``ping`` is a test event, which is not subscribed to.
    """

    PUBLISHED = "published", _("Published: a claim's first record")
    UPDATED = "updated", _("Updated: more to say, nothing was wrong")
    CORRECTED = "corrected", _("Corrected: something published was wrong")
    RETRACTED = "retracted", _("Retracted: the verdict is withdrawn")
    IMPORTED = "imported", _("Imported: the records of an archive were published as one batch")
    SUBMISSION = "submission", _("Submission: the state of one of the partner's own submissions changed")
    PING = "ping", _("Ping: a test")


#: What an endpoint may ask for.
SUBSCRIBABLE = [choice for choice in EventType.choices if choice[0] != EventType.PING]


class EndpointState(models.TextChoices):
    """Whether an endpoint is sent to."""

    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused: events are kept until it is resumed")
    DISABLED = "disabled", _("Disabled: nothing new is kept for it")


class Scheme(models.TextChoices):
    """How messages are signed, by the names Standard Webhooks 1.0.0 gives the signatures."""

    HMAC = "v1", _("HMAC-SHA256 with a secret that both sides hold (v1)")
    ED25519 = "v1a", _("Ed25519: the partner holds a public key and no secret (v1a)")


class DeliveryState(models.TextChoices):
    """The state of a delivery."""

    PENDING = "pending", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    DEAD = "dead", _("Given up")


class NoticeKind(models.TextChoices):
    """The kinds of e-mail notices."""

    DISABLED = "disabled", _("An endpoint was disabled")
    GIVEN_UP = "given_up", _("An event was given up")
    KEY_EXPIRES = "key_expires", _("A key is about to expire")
