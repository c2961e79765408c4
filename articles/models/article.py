"""An article and the texts it has had."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.choices import CaptureMethod
from articles.folding.columns import Folded, folded_index
from articles.models.base import Referenced, Versioned, language_tag, web_address
from articles.models.inexact_date import HINT, InexactDateField, is_inexact_date

models.TextField.register_lookup(Length)
models.CharField.register_lookup(Length)


class Article(Referenced, Versioned):
    """Something published elsewhere in which claims are made."""

    slug = models.CharField(max_length=100, unique=True, editable=False)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=2000, blank=True, validators=[web_address], verbose_name=gettext_lazy("address"))
    authors = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, help_text=gettext_lazy("Separated by commas.")
    )
    published_on = InexactDateField(null=True, blank=True, help_text=HINT)
    language = models.CharField(
        max_length=16,
        default="und",
        validators=[language_tag],
        help_text=gettext_lazy("Language tag of the text, such as en, az or ar."),
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="article_has_a_title"),
            models.UniqueConstraint(
                fields=["reference"], condition=~models.Q(reference=""), name="article_reference_is_unique"
            ),
            is_inexact_date("published_on", name="article_published_on_is_a_date"),
        ]
        indexes = [folded_index(Folded("title", "publisher"), name="article_by_folded_words")]

    def __str__(self) -> str:
        return self.title

    def current_version(self) -> "ArticleVersion":
        """The newest text. Raises ``ArticleVersion.DoesNotExist`` when none was taken in, which intake never leaves."""
        return self.versions.latest("number")


class ArticleVersion(models.Model):
    """One text of an article, as it was captured. Never changed: a new text is a new version."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64, help_text="SHA-256 of the text in UTF-8.")
    captured_at = models.DateTimeField()
    captured_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=CaptureMethod)
    places = models.JSONField(
        default=list,
        blank=True,
        help_text="Where pages or moments begin: pairs of a position in code points and a locator such as “p. 3”.",
    )

    class Meta:
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_numbered_once"),
            models.UniqueConstraint(fields=["sha256"], name="article_text_taken_in_once"),
            models.CheckConstraint(condition=~models.Q(body=""), name="article_version_has_text"),
        ]

    def __str__(self) -> str:
        return _("%(article)s (text %(number)s)") % {"article": self.article, "number": self.number}

    def locator(self, position: int) -> str:
        """The page or moment that a position (in code points) of the text is on; empty where the text has none."""
        before = [locator for start, locator in self.places if start <= position]
        return before[-1] if before else ""
