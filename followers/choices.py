"""What readers can follow, and how often they are written to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FollowKind(models.TextChoices):
    """What is followed."""

    CLAIM = "claim", "a claim"
    TOPIC = "topic", "a topic"
    CLAIMANT = "claimant", "a claimant"
    CORRECTIONS = "corrections", "all corrections"


class Rhythm(models.TextChoices):
    """How often a follower is written to."""

    NOW = "now", _("At once")
    WEEKLY = "weekly", _("Once a week, all in one e-mail")
