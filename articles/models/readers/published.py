"""What is projected from the log for filters, lists and search.

Everything a reader can see is in these tables (and in ``Rating``), and the readers' database role can
read these tables only. None of them has a foreign key to the desk.
"""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from articles.choices import CorrectionKind, MergeKind
from articles.models.archive import Redirect
from articles.models.inexact_date import InexactDateField
from articles.models.page import PageRevision
from articles.models.readers.log import Cosignature, Head, Record, Subtree
from articles.models.readers.matching import PublishedLexeme, PublishedPosting, PublishedVector
from articles.models.readers.reading import TopicReading
from articles.models.readers.spelling import PublishedWord


class PublishedClaimQuerySet(models.QuerySet["PublishedClaim"]):
    """Claims as readers see them."""

    def not_retracted(self) -> Self:
        """Claims that are not retracted."""
        return self.filter(is_retracted=False)

    def originals(self) -> Self:
        """Each claim once, however many languages it was translated into."""
        return self.filter(original_id=None)


class CheckedOrder(models.Func):
    """One number that sorts claims by their last check, those of one day as they were published."""

    function = "factcheck_checked_order"
    output_field = models.BigIntegerField()


class PublishedClaim(models.Model):
    """The newest record of a claim, with the columns that lists, filters and search need."""

    claim_id = models.UUIDField(primary_key=True)
    record = models.OneToOneField(Record, models.DO_NOTHING, related_name="current", db_constraint=False)
    slug = models.CharField(max_length=100, unique=True)
    revision = models.PositiveIntegerField()
    is_retracted = models.BooleanField(default=False)
    text = models.CharField(max_length=500)
    headline = models.CharField(max_length=110, blank=True, db_default="")
    language = models.CharField(max_length=16)
    claimed_on = InexactDateField(null=True)
    claimant_id = models.UUIDField(null=True)
    rating_key = models.CharField(max_length=40, blank=True)
    rating_label = models.CharField(max_length=60, blank=True)
    rating_tone = models.CharField(max_length=20, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    quotes = models.TextField(
        blank=True, db_default="", help_text="Its quoted passages, one after the other: by them it is found, too."
    )
    checked_on = models.DateField(null=True)
    lead_image = models.JSONField(null=True, help_text="The picture that leads it, as its record has it.")
    topics = ArrayField(models.CharField(max_length=60), default=list)
    articles = ArrayField(models.UUIDField(), default=list)
    sources = ArrayField(models.UUIDField(), default=list)
    addresses = ArrayField(
        models.CharField(max_length=24),
        default=list,
        db_default=[],
        help_text="Keys of the addresses where it was made and of its sources (articles.address_keys).",
    )
    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)
    original_id = models.UUIDField(null=True, help_text="Of a translation: the claim it says in another language.")
    translated_revision = models.PositiveIntegerField(null=True)
    search = SearchVectorField(null=True)

    objects = PublishedClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-record_id"]
        indexes = [
            GinIndex(fields=["search"], name="published_claim_search"),
            GinIndex(fields=["articles"], name="published_claim_articles"),
            GinIndex(fields=["sources"], name="published_claim_sources"),
            GinIndex(fields=["topics"], name="published_claim_topics"),
            GinIndex(fields=["addresses"], name="published_claim_addresses"),
            models.Index(fields=["rating_key", "-record"], name="published_claim_by_rating"),
            models.Index(fields=["claimant_id", "-record"], name="published_claim_by_claimant"),
            models.Index(fields=["language", "-record"], name="published_claim_by_language"),
            models.Index(CheckedOrder("checked_on", "record_id").desc(), name="published_claim_by_check"),
            models.Index(
                fields=["original_id"], condition=models.Q(original_id__isnull=False), name="published_translations"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class PublishedPassage(models.Model):
    """A passage of an article in which a published claim was made; ``start`` gives the order of the text."""

    id = models.CharField(primary_key=True, max_length=48, help_text="Claim and place in its record: <uuid>/<n>.")
    claim = models.ForeignKey(PublishedClaim, models.CASCADE, related_name="passages", db_constraint=False)
    article_id = models.UUIDField()
    exact = models.TextField()
    start = models.PositiveIntegerField()

    class Meta:
        ordering = ["article_id", "start", "claim_id"]
        indexes = [models.Index(fields=["article_id", "start"], name="passage_in_order_of_text")]

    def __str__(self) -> str:
        return self.exact[:80]


class PublishedPicture(models.Model):
    """A picture that a record names: what the readers' role may ask for while its claim is not retracted."""

    id = models.CharField(primary_key=True, max_length=40, help_text="Record and place in it: <seq>/<n>.")
    claim_id = models.UUIDField()
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.sha256


class PublishedEntity(models.Model):
    """Something records mention, as the newest record that mentions it describes it."""

    id = models.UUIDField(primary_key=True)
    slug = models.CharField(max_length=100, unique=True)
    seq = models.BigIntegerField(help_text="The record this description comes from.")
    document = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class PublishedArticle(PublishedEntity):
    """An article in which a published claim was made."""

    class Meta:
        ordering = ["-seq", "id"]


class PublishedClaimant(PublishedEntity):
    """A claimant of a published claim."""

    class Meta:
        ordering = ["slug"]


class PublishedSource(PublishedEntity):
    """A source that served a published claim as evidence. Confidential ones are never here."""

    class Meta:
        ordering = ["slug"]


class PublishedCorrection(models.Model):
    """A correction or retraction, with the columns by which the corrections log is filtered.

    Language, topics and claimant are those of the record that corrected; a retraction names none of the latter two, so
    it is found by those of the record that it withdrew.
    """

    record = models.OneToOneField(Record, models.DO_NOTHING, primary_key=True, related_name="fix", db_constraint=False)
    claim_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=CorrectionKind)
    at = models.DateTimeField()
    language = models.CharField(max_length=16)
    topics = ArrayField(models.CharField(max_length=60), default=list)
    claimant_id = models.UUIDField(null=True)

    class Meta:
        db_table = "articles_publishedfix"  # its first name: the readers' role was granted SELECT on it
        ordering = ["-record_id"]
        indexes = [
            models.Index(fields=["kind", "-record"], name="published_fix_by_kind"),
            models.Index(fields=["claimant_id", "-record"], name="published_fix_by_claimant"),
            GinIndex(fields=["topics"], name="published_fix_topics"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.record_id}"


class PublishedMeasure(models.Model):
    """What is counted of a claim, from its newest record: a narrow row, so that counting all of them is cheap."""

    claim_id = models.UUIDField(primary_key=True)
    first_published_at = models.DateTimeField()
    language = models.CharField(max_length=16)
    is_retracted = models.BooleanField(default=False)
    rating_key = models.CharField(max_length=40, blank=True)
    sources = models.PositiveSmallIntegerField(default=0, help_text="Different sources of its evidence.")
    asked = models.PositiveSmallIntegerField(default=0, help_text="Who was asked for a reply.")
    answered = models.PositiveSmallIntegerField(default=0, help_text="How many of those answered.")

    class Meta:
        ordering = ["claim_id"]

    def __str__(self) -> str:
        return str(self.claim_id)


class PublishedMerge(models.Model):
    """A public claimant, source or topic that is one with another: where its page leads, what lists count it as.

    ``gone`` and ``stays`` are ids; for topics, which readers know by name alone, they are spellings. What stays is
    never gone itself. A row is replaced, never changed, so that the highest id names the state of the table.
    """

    kind = models.CharField(max_length=10, choices=MergeKind)
    gone = models.CharField(max_length=60)
    stays = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["kind", "gone"], name="merged_once")]
        indexes = [models.Index(fields=["kind", "stays"], name="merged_by_what_stays")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.gone} → {self.stays}"


class PublishedChange(models.Model):
    """The number of the newest record that changed what pages under a key (``caching.keys``) show.

    Pages of a topic, claimant, source or article are named by it, and pages that a process holds in memory are right
    until one of their keys is in a newer row. A key without a row was not touched since there is this table.
    """

    key = models.CharField(primary_key=True, max_length=80)
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["key"]
        default_permissions = ()
        indexes = [models.Index(fields=["seq"], name="published_change_by_number")]

    def __str__(self) -> str:
        return f"{self.key}: {self.seq}"


#: Everything the readers' role may SELECT.
PUBLISHED_MODELS: tuple[type[models.Model], ...] = (
    Record,
    Head,
    Subtree,
    Cosignature,
    PublishedClaim,
    PublishedPassage,
    PublishedArticle,
    PublishedClaimant,
    PublishedSource,
    PublishedLexeme,
    PublishedPosting,
    PublishedVector,
    PublishedWord,
    PublishedCorrection,
    PublishedMeasure,
    PublishedChange,
    PublishedMerge,
    PublishedPicture,
    Redirect,
    PageRevision,
    TopicReading,
)
