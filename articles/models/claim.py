"""A claim: the unit everything turns on."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.choices import OPEN_STAGES, ORIGINS_WITHOUT_ADDRESS, OriginKind, Stage
from articles.folding.columns import Folded, folded_index
from articles.models.base import Referenced, Versioned, language_tag, web_address
from articles.models.claimant import Claimant
from articles.models.inexact_date import InexactDateField, is_inexact_date

_KNOWN_STAGES = Q(stage__in=list(Stage.values))
_OPEN = Q(stage__in=sorted(OPEN_STAGES))
MAX_HEADLINE = 110
MAX_KEY_POINTS = 4
MAX_KEY_POINT = 240
MAX_UNKNOWNS = 6
MAX_UNKNOWN = 300
MAX_AUTHORS = 10


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims, by what the desk asks of them."""

    def open(self) -> Self:
        """Claims that still ask something of somebody."""
        return self.filter(stage__in=OPEN_STAGES)

    def assigned_to(self, user_id: int) -> Self:
        """Open claims on one person's desk."""
        return self.open().filter(assignee_id=user_id)

    def awaiting_review(self) -> Self:
        """Claims that wait for a second person."""
        return self.filter(stage=Stage.REVIEW)

    def due_for_recheck(self, day: object) -> Self:
        """Published claims whose re-check date is ``day`` or earlier."""
        return self.filter(stage=Stage.PUBLISHED, recheck_on__lte=day)


class Claim(Referenced, Versioned):
    """One checkable statement and its stage."""

    slug = models.CharField(max_length=100, unique=True, editable=False)
    text = models.CharField(
        _("statement"),
        max_length=500,
        help_text=_("The claim in checkable words, without a verdict. Aim for under 75 characters."),
    )
    language = models.CharField(max_length=16, default="en", validators=[language_tag])
    claimant = models.ForeignKey(Claimant, models.PROTECT, null=True, blank=True, related_name="claims")
    is_unattributed = models.BooleanField(
        _("unattributed"), default=False, help_text=_("Nobody in particular is named as having said this.")
    )
    claimed_on = InexactDateField(
        null=True,
        blank=True,
        help_text=_(
            "When it was said, not when it was checked. A day, a month or a year: 2020-10-04, 2020-10 or 2020."
        ),
    )
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text=_("Separated by commas."))
    origin = models.CharField(
        max_length=500,
        blank=True,
        help_text=_("Where it was said, when no article with its passage is at hand. Readers see it."),
    )
    origin_kind = models.CharField(
        max_length=20, choices=OriginKind, blank=True, help_text=_("What it was said in, when it was not an article.")
    )
    origin_url = models.CharField(
        _("origin's address"),
        max_length=2000,
        blank=True,
        validators=[web_address],
        help_text=_("Where it can be seen. Only a speech or a message can be without an address."),
    )
    headline = models.CharField(
        _("headline"),
        max_length=MAX_HEADLINE,
        blank=True,
        default="",
        db_default="",
        help_text=_("What the check found, as a title. Without it, pages show the statement in quotation marks."),
    )
    key_points = ArrayField(
        models.CharField(max_length=MAX_KEY_POINT),
        size=MAX_KEY_POINTS,
        default=list,
        db_default=[],
        blank=True,
        verbose_name=_("key points"),
        help_text=_("What readers should remember: up to four, each on a line of its own."),
    )
    unknowns = ArrayField(
        models.CharField(max_length=MAX_UNKNOWN),
        size=MAX_UNKNOWNS,
        default=list,
        db_default=[],
        blank=True,
        verbose_name=_("what we don’t know"),
        help_text=_("What the check could not find out: up to six, each on a line of its own."),
    )
    chosen_authors = ArrayField(
        models.BigIntegerField(),
        size=MAX_AUTHORS,
        default=list,
        db_default=[],
        blank=True,
        verbose_name=_("authors"),
        help_text=_("The authors that readers see. Nobody chosen: the person who wrote the verdict."),
    )
    why_chosen = models.TextField(_("why this claim"), blank=True, help_text=_("Why it is worth checking."))
    single_source_reason = models.CharField(
        max_length=300, blank=True, help_text=_("Needed with fewer than two sources: why one source is enough here.")
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assigned"
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    recheck_on = models.DateField(
        _("check again"),
        null=True,
        blank=True,
        help_text=_("The day on which to check the claim again. Readers see it from the next publication on."),
    )
    translation_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="translations"
    )
    translated_revision = models.PositiveIntegerField(
        null=True, blank=True, editable=False, help_text=_("The revision of the original that this translates.")
    )
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.DRAFT, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        permissions = [
            ("review_claim", "Can approve or send back a claim"),
            ("publish_claim", "Can publish, correct and retract a claim"),
            ("recheck_claim", "Can start a re-check"),
            ("assign_claim", "Can assign a claim to somebody"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="claim_has_a_statement"),
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="claim_reference_is_unique"),
            is_inexact_date("claimed_on", name="claim_claimed_on_is_a_date"),
            models.CheckConstraint(
                condition=Q(origin_kind__in=["", *ORIGINS_WITHOUT_ADDRESS]) | ~Q(origin_url=""),
                name="claim_origin_has_an_address",
                violation_error_message=_("Give the origin's address. Only a speech or a message can be without one."),
            ),
            models.CheckConstraint(
                condition=Q(origin_url="") | ~Q(origin_kind=""),
                name="claim_origin_with_an_address_has_a_kind",
                violation_error_message=_("Choose what kind of origin the address leads to."),
            ),
            models.CheckConstraint(condition=_KNOWN_STAGES, name="claim_stage_is_known"),
            models.CheckConstraint(
                condition=Q(claimant=None) | Q(is_unattributed=False),
                name="claim_is_attributed_or_unattributed_not_both",
                violation_error_message=_("Either choose a claimant or mark the claim as unattributed, not both."),
            ),
            models.CheckConstraint(
                condition=Q(translation_of=None, translated_revision=None)
                | Q(translation_of__isnull=False, translated_revision__gte=1) & ~Q(translation_of=F("id")),
                name="translation_is_of_a_revision_of_another_claim",
            ),
            models.UniqueConstraint(
                fields=["translation_of", "language"],
                condition=Q(translation_of__isnull=False) & ~Q(stage=Stage.DROPPED),
                name="claim_is_translated_once_into_a_language",
                violation_error_message=_("There is a translation into this language already."),
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "due_on"], name="claim_by_stage_and_due"),
            models.Index(fields=["assignee", "stage"], name="claim_by_assignee"),
            models.Index(fields=["assignee", "stage", "due_on"], condition=_OPEN, name="claim_open_of_person"),
            models.Index(fields=["due_on"], condition=_OPEN & Q(due_on__isnull=False), name="claim_open_by_due"),
            models.Index(fields=["recheck_on"], condition=Q(stage=Stage.PUBLISHED), name="claim_by_recheck"),
            GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="claim_text_trigrams"),
            folded_index(Folded("text"), name="claim_by_folded_text"),
            folded_index(Folded("headline"), name="claim_by_folded_headline"),
            models.Index(fields=["-updated_at"], name="claim_by_update"),
            models.Index(fields=["-created_at"], name="claim_by_entry"),
        ]

    def __str__(self) -> str:
        return self.text


#: The columns an approval is about; the others (assignee, dates, stage) are about the work.
CONTENT_FIELDS = (
    "text",
    "language",
    "claimant_id",
    "is_unattributed",
    "claimed_on",
    "topics",
    "origin",
    "origin_kind",
    "origin_url",
    "single_source_reason",
    "headline",
    "key_points",
    "unknowns",
    "chosen_authors",
    "translation_of_id",
    "translated_revision",
)
