"""Closed word lists of the partners' side."""

from django.db import models


class Scope(models.TextChoices):
    """What a key may be used for."""

    READ = "read", "Read: higher limits for the read API"
    SUBMIT = "submit", "Submit: send claims for checking"
    WEBHOOKS = "webhooks", "Webhooks: manage its organisation's endpoints"


class KeyState(models.TextChoices):
    """How a key stands; worked out, never stored."""

    LIVE = "live", "Live"
    EXPIRING = "expiring", "Expires soon"
    EXPIRED = "expired", "Expired"
    REPLACED = "replaced", "Replaced"
    REVOKED = "revoked", "Revoked"


class Act(models.TextChoices):
    """What was done about a partner."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    ISSUED = "issued", "Issued"
    ROTATED = "rotated", "Rotated"
    REVOKED = "revoked", "Revoked"
