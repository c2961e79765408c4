"""What the desk does not want suggested again."""

from django.db import models
from django.db.models import Q

from articles.models.article import Article
from articles.models.base import DeskRow


class Dismissal(DeskRow):
    """A sentence of an article that somebody decided not to check: ``created_by``, at ``created_at``.

    It is known by its words (``key``, see ``suggestions.key``), not by its place, so that a newer text of the same
    article keeps it. Taking it back deletes the row; the history keeps both.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="dismissals")
    key = models.CharField(max_length=64, help_text="SHA-256 of the sentence's words.")
    exact = models.TextField("sentence")

    class Meta:
        ordering = ["-created_at"]
        default_permissions = ()  # everyone who may edit claims may dismiss and take back
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="sentence_dismissed_once"),
            models.CheckConstraint(condition=~Q(exact=""), name="dismissal_names_a_sentence"),
        ]

    def __str__(self) -> str:
        return f"“{self.exact[:80]}”"
