"""Words for spelling suggestions: those of published claims, in their original spelling."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class PublishedWord(models.Model):
    """A word of statements, summaries, topics and claimants' names of published claims.

    Kept with the projection (``services.spelling``); a search that finds little offers the words nearest to what was
    typed.
    """

    word = models.CharField(primary_key=True, max_length=60, help_text="Folded (articles.folding).")
    shown = models.CharField(max_length=60, help_text="As the newest claim that brought it in writes it.")
    claims = models.PositiveIntegerField(help_text="How many published claims have it.")

    class Meta:
        ordering = ["word"]
        indexes = [GinIndex(fields=["word"], name="published_word_by_trigrams", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.shown
