"""What a newsroom says about itself: pages that are written on the desk and published revision by revision."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.choices import PageKey
from articles.models.base import Versioned, language_tag

MAX_BODY = 60_000


class Page(Versioned):
    """A page as the desk works on it, one for each language. Readers see its newest revision, never this row."""

    key = models.CharField(_("page"), max_length=20, choices=PageKey)
    language = models.CharField(max_length=16, validators=[language_tag])
    title = models.CharField(max_length=120)
    body_html = models.TextField(_("text"), blank=True, max_length=MAX_BODY)
    updated_at = models.DateTimeField(editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    published_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["key", "language"]
        permissions = [("publish_page", "Can publish a page about the newsroom")]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "language"],
                name="page_there_once_in_a_language",
                violation_error_message=_("This page is there already in this language: edit that one."),
            ),
            models.CheckConstraint(condition=~Q(title=""), name="page_has_a_title"),
            models.CheckConstraint(
                condition=Q(published_number=0, published_by=None)
                | Q(published_number__gt=0, published_by__isnull=False),
                name="page_publication_is_a_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"


class PageRevision(models.Model):
    """A page as readers saw it from ``published_at`` on. Never changed; who published it is in the desk's history.

    One without a text is a withdrawal: the page is no longer offered, ``note`` says why.
    """

    key = models.CharField(max_length=20, choices=PageKey)
    language = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    body_html = models.TextField(blank=True)
    note = models.CharField(max_length=300, help_text=_("What changed, for readers."))
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["key", "language", "-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key", "language", "number"], name="page_revision_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="page_revision_starts_at_one"),
            models.CheckConstraint(condition=~Q(note=""), name="page_revision_says_what_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language}) r{self.number}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether the page is no longer offered."""
        return not self.body_html
