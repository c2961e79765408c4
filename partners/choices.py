"""Closed word lists of the partners' side."""

from django.db import models


class Scope(models.TextChoices):
    """What a key may be used for."""

    READ = "read", "Read: higher limits for the read API"
    SUBMIT = "submit", "Submit: send claims for checking"
    WEBHOOKS = "webhooks", "Webhooks: manage its organisation's endpoints"


class KeyState(models.TextChoices):
    """The state of a key; computed, never stored."""

    LIVE = "live", "Live"
    EXPIRING = "expiring", "Expires soon"
    EXPIRED = "expired", "Expired"
    REPLACED = "replaced", "Replaced"
    REVOKED = "revoked", "Revoked"


class Act(models.TextChoices):
    """What was done about a partner, its keys or its endpoints."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    ISSUED = "issued", "Issued"
    ROTATED = "rotated", "Rotated"
    REVOKED = "revoked", "Revoked"
    PAUSED = "paused", "Paused"
    RESUMED = "resumed", "Resumed"
    DISABLED = "disabled", "Disabled"
    REMOVED = "removed", "Removed"
    REPLAYED = "replayed", "Sent again"
    TESTED = "tested", "Tested"


class EventType(models.TextChoices):
    """What happened in public, to a claim or with an archive, or to the partner's own submission.

    ``ping`` is a test event, which is not subscribed to.
    """

    PUBLISHED = "published", "Published: a claim's first record"
    UPDATED = "updated", "Updated: more to say, nothing was wrong"
    CORRECTED = "corrected", "Corrected: something published was wrong"
    RETRACTED = "retracted", "Retracted: the verdict is withdrawn"
    IMPORTED = "imported", "Imported: the records of an archive were published as one batch"
    SUBMISSION = "submission", "Submission: the state of one of the partner's own submissions changed"
    PING = "ping", "Ping: a test"


#: What an endpoint may ask for.
SUBSCRIBABLE = [choice for choice in EventType.choices if choice[0] != EventType.PING]


class EndpointState(models.TextChoices):
    """Whether an endpoint is sent to."""

    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused: events are kept until it is resumed"
    DISABLED = "disabled", "Disabled: nothing new is kept for it"


class Scheme(models.TextChoices):
    """How messages are signed, by the names Standard Webhooks 1.0.0 gives the signatures."""

    HMAC = "v1", "HMAC-SHA256 with a secret that both sides hold (v1)"
    ED25519 = "v1a", "Ed25519: the partner holds a public key and no secret (v1a)"


class DeliveryState(models.TextChoices):
    """The state of a delivery."""

    PENDING = "pending", "Waiting"
    DELIVERED = "delivered", "Delivered"
    DEAD = "dead", "Given up"


class NoticeKind(models.TextChoices):
    """The kinds of e-mail notices."""

    DISABLED = "disabled", "An endpoint was disabled"
    GIVEN_UP = "given_up", "An event was given up"
    KEY_EXPIRES = "key_expires", "A key is about to expire"
