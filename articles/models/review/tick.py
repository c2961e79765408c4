"""A figure or a quotation that was compared with its source."""

from django.db import models
from django.db.models import Q

from articles.models.base import DeskRow
from articles.models.claim import Claim


class Tick(DeskRow):
    """``created_by`` compared ``words``, as they stand in ``sentence``, with ``source``.

    ``key`` is the hash of the sentence, the words and the passages of the sources: when one of them changes, the
    figure has another key, and the tick does not count any more.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="ticks")
    key = models.CharField(max_length=64, editable=False)
    words = models.TextField()
    sentence = models.TextField()
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["claim", "key"], name="tick_is_set_once"),
            models.CheckConstraint(condition=~Q(words=""), name="tick_is_about_something"),
        ]

    def __str__(self) -> str:
        return self.words
