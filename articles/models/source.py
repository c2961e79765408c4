"""What we know a thing from, and what exactly was seen there."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.choices import MediaType, SourceKind
from articles.folding.columns import Folded, folded_index
from articles.models.base import Referenced, web_address
from articles.models.inexact_date import HINT, InexactDateField, is_inexact_date
from articles.models.named import Named
from articles.picture_choices import IMAGES
from articles.text import long_day


class Source(Referenced, Named):
    """A document, statement, dataset or person that evidence comes from. Reusable across claims.

    A confidential source is public only as its ``public_description``. Contact data never belongs here.
    """

    slug = models.CharField(max_length=100, unique=True, editable=False)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=2000, blank=True, validators=[web_address], verbose_name=gettext_lazy("address"))
    kind = models.CharField(max_length=20, choices=SourceKind)
    is_primary = models.BooleanField(
        gettext_lazy("primary source"),
        default=False,
        help_text=gettext_lazy("First-hand: the document or person itself."),
    )
    published_on = InexactDateField(null=True, blank=True, help_text=HINT)
    interest_note = models.CharField(
        max_length=300,
        blank=True,
        help_text=gettext_lazy("What interest the source has in the matter, if any. Readers see it."),
    )
    is_confidential = models.BooleanField(gettext_lazy("confidential"), default=False)
    public_description = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("All that readers learn of a confidential source.")
    )

    class Meta:
        ordering = ["title"]
        indexes = [
            models.Index(fields=["folded"], name="source_by_folded_title"),
            folded_index(Folded("title", "publisher"), name="source_by_folded_words"),
            GinIndex(OpClass(Upper("url"), name="gin_trgm_ops"), name="source_by_part_of_address"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="source_has_a_title"),
            models.UniqueConstraint(
                fields=["reference"], condition=~models.Q(reference=""), name="source_reference_is_unique"
            ),
            is_inexact_date("published_on", name="source_published_on_is_a_date"),
            models.CheckConstraint(
                condition=models.Q(is_confidential=False) | ~models.Q(public_description=""),
                name="confidential_source_has_a_public_description",
                violation_error_message=gettext_lazy(
                    "Say what readers may know of this confidential source (public description)."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})" if self.publisher else self.title


class _Described(models.Manager["Attachment"]):
    """Files without their bytes: those are read when they are asked for, never along with a list."""

    def get_queryset(self) -> models.QuerySet["Attachment"]:
        return super().get_queryset().defer("content")


class Attachment(models.Model):
    """A file as it was seen at a source: its bytes, under their SHA-256. Never changed; kept once, however often seen.

    It is in the database so that it comes and goes with the captures that show it: no backup has one without the other.
    """

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    media_type = models.CharField(max_length=40, choices=MediaType, editable=False)
    size = models.PositiveIntegerField(editable=False, help_text="In bytes.")
    content = models.BinaryField(editable=False)
    kept_at = models.DateTimeField(editable=False)

    objects = _Described()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "file"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(media_type__in=MediaType.values), name="file_is_of_a_kept_kind"),
        ]

    def __str__(self) -> str:
        return _("%(media_type)s, %(size)s bytes") % {"media_type": self.get_media_type_display(), "size": self.size}


class Capture(models.Model):
    """What was seen at a source: an archived copy, its text, a file, with hash and time. Never changed."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="captures")
    archive_url = models.CharField(
        max_length=2000, blank=True, validators=[web_address], verbose_name=gettext_lazy("archived copy")
    )
    text = models.TextField(blank=True)
    attachment = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="captures",
        verbose_name=gettext_lazy("file"),
        editable=False,
    )
    file_name = models.CharField(max_length=120, blank=True, editable=False)
    fetched_from = models.CharField(max_length=2000, blank=True, editable=False, help_text="The address that answered.")
    sha256 = models.CharField(
        max_length=64, blank=True, help_text=gettext_lazy("SHA-256 of what was captured, in hexadecimal.")
    )
    received_sha256 = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="SHA-256 of the file as it came in: an image is made anew, and has another.",
    )
    captured_at = models.DateTimeField()
    captured_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-captured_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(archive_url="") | ~models.Q(text="") | models.Q(attachment__isnull=False),
                name="capture_holds_an_address_a_text_or_a_file",
                violation_error_message=gettext_lazy("Give the address of the archived copy, its text, or a file."),
            ),
            models.CheckConstraint(
                condition=models.Q(attachment__isnull=True) | ~models.Q(file_name=""), name="captured_file_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        said = _("%(source)s, copy of %(day)s") % {"source": self.source, "day": long_day(localdate(self.captured_at))}
        return f"{said} ({self.file_name})" if self.file_name else said

    @property
    def is_image(self) -> bool:
        """Whether what is kept is an image."""
        return self.attachment is not None and self.attachment.media_type in IMAGES
