"""What colleagues say to each other about a claim or an article. Never public, never part of what is approved."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.folding.columns import Folded, folded_index
from articles.models.article import Article
from articles.models.base import DeskRow
from articles.models.claim import Claim

MAX_COMMENT = 4_000


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, by what the desk asks of them."""

    def open(self) -> Self:
        """Those that still ask something of somebody: of threads that are not resolved."""
        return self.filter(resolved_at=None, removed_at=None).exclude(parent__resolved_at__isnull=False)


class Comment(DeskRow):
    """Said by ``created_by`` at ``created_at``. One that was removed stays as an empty place; history has its words.

    It is about a claim or about an article, and belongs to the work, not to the row: it counts no version up and no
    dossier holds it. A comment with a ``parent`` is a reply: it is about the same, and the thread is resolved as one.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="comments")
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="comments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    text = models.TextField(
        _("comment"), max_length=MAX_COMMENT, blank=True, validators=[MaxLengthValidator(MAX_COMMENT)]
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        default_permissions = ()  # everyone who may see the desk may comment
        constraints = [
            models.CheckConstraint(
                condition=(Q(removed_at=None) & ~Q(text="")) | (Q(removed_at__isnull=False) & Q(text="")),
                name="comment_has_words_until_removed",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolution_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(claim__isnull=False, article=None) | Q(claim=None, article__isnull=False),
                name="comment_is_about_a_claim_or_an_article",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(resolved_at=None), name="comment_thread_is_resolved_as_one"
            ),
        ]
        indexes = [folded_index(Folded("text"), name="comment_by_folded_words")]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 120 else self.text[:119] + "…"


class Address(models.Model):
    """A comment is addressed to somebody, who has seen it or not: it is "for you" until then."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="addresses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("addressed to"))
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "addresses"
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="comment_addresses_somebody_once"),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(seen_at=None), name="address_not_seen"),
        ]

    def __str__(self) -> str:
        return f"@{self.user.username}"
