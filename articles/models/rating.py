"""The vocabulary of verdicts."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.choices import Tone
from articles.models.base import DeskRow

#: How long the desk lets a definition be, and a translation of it: one or two sentences beside a verdict.
MAX_DEFINITION = 500


class RatingQuerySet(models.QuerySet["Rating"]):
    """Ratings."""

    def current(self) -> Self:
        """The editions a new verdict may use."""
        return self.filter(retired_on=None)


class Rating(models.Model):
    """One edition of one rating. An edition never changes, save that it can be retired: verdicts keep the words they
    were given under. ``value`` runs from ``worst`` (1) to ``best`` (5); a rating that measures nothing has none."""

    key = models.SlugField(max_length=40)
    edition = models.PositiveIntegerField(default=1)
    label = models.CharField(max_length=60)
    definition = models.TextField()
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    best = models.PositiveSmallIntegerField(default=5)
    worst = models.PositiveSmallIntegerField(default=1)
    tone = models.CharField(max_length=20, choices=Tone)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    introduced_on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["position", "key", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["key", "edition"], name="rating_edition_numbered_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(retired_on=None), name="rating_has_one_current_edition"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=F("worst"), value__lte=F("best")),
                name="rating_value_is_on_its_scale",
            ),
            models.CheckConstraint(condition=Q(worst__gte=1, best__gt=F("worst")), name="rating_scale_starts_at_one"),
        ]

    def __str__(self) -> str:
        return self.label


class RatingTranslation(DeskRow):
    """What a rating's label or definition says in another language of the site, in the newsroom's own words.

    ``words`` is the text that is translated: a translation holds for every edition that has these words. Without
    ``said``, the texts that come with the product hold. ``version`` goes up by one with every change.
    """

    language = models.CharField(max_length=35)
    words = models.CharField(max_length=MAX_DEFINITION)
    said = models.CharField(max_length=MAX_DEFINITION, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["language", "words"], name="rating_words_translated_once"),
        ]

    def __str__(self) -> str:
        return f"{self.words} ({self.language})"
