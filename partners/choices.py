"""Closed word lists of the partners' side."""

from django.db import models


class Scope(models.TextChoices):
    """What a key may be used for."""

    READ = "read", "Read: higher limits for the read API"
    SUBMIT = "submit", "Submit: send claims for checking"
    WEBHOOKS = "webhooks", "Webhooks: manage its organisation's endpoints"
