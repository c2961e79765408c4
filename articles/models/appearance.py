"""Where a claim was made: a passage of an article's text."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.choices import AnchorState
from articles.folding.columns import Folded, folded_index
from articles.models.article import ArticleVersion
from articles.models.base import DeskRow
from articles.models.claim import Claim


class Appearance(DeskRow):
    """Claim ⇄ article version, anchored as the W3C Web Annotation model does.

    The quote (``exact`` with ``prefix`` and ``suffix``) identifies the passage; ``start`` and ``end`` are a
    hint, in code points, end exclusive.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="appearances")
    article_version = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="appearances")
    exact = models.TextField(_("quote"), help_text=_("The exact words of the article."))
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    locator = models.CharField(
        max_length=40,
        blank=True,
        editable=False,
        help_text="The page or the time of the text that the passage is on.",
    )
    state = models.CharField(max_length=10, choices=AnchorState, default=AnchorState.EXACT)

    class Meta:
        ordering = ["article_version", "start"]
        constraints = [
            models.CheckConstraint(condition=~Q(exact=""), name="appearance_quotes_something"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="appearance_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["claim", "article_version", "start", "end"],
                name="appearance_marked_once",
                violation_error_message=_("This passage is already marked for this claim."),
            ),
        ]
        indexes = [folded_index(Folded("exact"), name="passage_by_folded_words")]

    def __str__(self) -> str:
        return f"“{self.exact[:80]}”"
