"""The words of a claim's page that a comment is about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.comment import Comment

MAX_QUOTED = 500


class CommentPassage(models.Model):
    """``comment`` is about ``exact`` in one part of the claim, anchored as passages of articles are.

    The quote (``exact`` with ``prefix`` and ``suffix``) finds the words again in a text that was edited since.
    """

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="passage")
    part = models.CharField(
        max_length=12,
        choices=[
            ("statement", _("Statement")),
            ("summary", _("Summary")),
            ("explanation", _("Explanation")),
            ("headline", _("Headline")),
            ("key_points", _("Key points")),
            ("unknowns", _("What we don’t know")),
        ],
    )
    exact = models.CharField(_("quoted words"), max_length=MAX_QUOTED)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(exact=""), name="comment_passage_quotes_something")]

    def __str__(self) -> str:
        return f"“{self.exact[:80]}”"
