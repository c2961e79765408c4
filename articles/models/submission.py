"""A claim that somebody outside sent in for checking."""

import secrets
import time
import uuid
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import text
from articles.choices import ClaimantKind, SubmissionState
from articles.models.base import language_tag, web_address
from articles.models.claim import Claim
from articles.models.inexact_date import InexactDateField, is_inexact_date
from partners.models import Key, Partner

MAX_TEXT = 2000
#: The statement of a tip that consists of pictures alone.
PICTURES_ALONE = "(picture)"


def time_ordered_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562, section 5.7): milliseconds first, so that newer ones sort last."""
    value = (time.time_ns() // 1_000_000) << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return uuid.UUID(int=value | 0b10 << 62 | secrets.randbits(62))


def visible(value: str) -> None:
    """Refuse a text in which nothing can be seen."""
    if value and text.is_blank(value):
        raise ValidationError(_("This text has no visible letters. Write it again."), code="blank")


def plain_address(value: str) -> None:
    """Refuse what is no http(s) address that anybody may follow: also one with a sign-in name in it."""
    web_address(value)
    parts = urlsplit(value)
    if parts.username is not None or parts.password is not None:
        raise ValidationError(_("Leave the sign-in name out of the address."), code="userinfo")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions."""

    def waiting(self) -> Self:
        """Those nobody has decided on."""
        return self.filter(state=SubmissionState.RECEIVED)


def _address(name: Any) -> "models.CharField[str, str]":
    return models.CharField(name, max_length=2000, blank=True, validators=[plain_address])


def _words(limit: int, name: str = "") -> "models.CharField[str, str]":
    return models.CharField(name or None, max_length=limit, blank=True, validators=[visible])


class Submission(models.Model):
    """What was sent, as it was sent and as we read it; who decided what about it.

    Another checker's finding (the ``review_…`` columns) is kept to be looked at. It is not ours and becomes no verdict.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.ForeignKey(Key, models.PROTECT, null=True, blank=True, related_name="+")
    reference = _words(200)
    payload = models.JSONField()
    shown_claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("shown to the sender"),
        help_text="The check that answered the sender, who sent the tip all the same.",
    )
    received_at = models.DateTimeField()

    text = models.TextField(gettext_lazy("statement"), max_length=MAX_TEXT, validators=[visible])
    language = models.CharField(max_length=16, validators=[language_tag])
    claimant_name = _words(200, "claimant")
    claimant_kind = models.CharField(max_length=15, choices=ClaimantKind, blank=True)
    claimant_url = _address(gettext_lazy("claimant's address"))
    claimant_doubtful = models.BooleanField(default=False)
    claimed_on = InexactDateField(null=True, blank=True)
    appearance_url = _address(gettext_lazy("where it was said"))
    appearance_title = _words(300)
    appearance_publisher = _words(200)
    appearance_published_on = InexactDateField(null=True, blank=True)
    quote = models.TextField(max_length=MAX_TEXT, blank=True, validators=[visible])
    reason = models.TextField(
        gettext_lazy("why it should be checked"), max_length=MAX_TEXT, blank=True, validators=[visible]
    )

    review_url = _address("review")
    review_publisher = _words(200)
    review_rating = _words(300)
    review_scale = _words(80)
    reviewed_on = models.DateField(null=True, blank=True)
    notes = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the review's address and claim.")

    state = models.CharField(max_length=10, choices=SubmissionState, default=SubmissionState.RECEIVED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(max_length=MAX_TEXT, blank=True, validators=[visible])
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="submissions")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        permissions = [("decide_submission", "Can accept or decline a submission")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="submission_has_a_statement"),
            is_inexact_date("claimed_on", name="submission_claimed_on_is_a_date"),
            is_inexact_date("appearance_published_on", name="submission_appeared_on_is_a_date"),
            models.CheckConstraint(
                condition=Q(state="received", decided_by=None, decided_at=None)
                | (~Q(state="received") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="submission_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "declined"], claim=None)
                | Q(state__in=["accepted", "duplicate"], claim__isnull=False),
                name="submission_has_a_claim_once_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decision_note=""), name="submission_is_declined_with_a_reason"
            ),
            models.UniqueConstraint(
                fields=["partner", "fingerprint"],
                condition=~Q(fingerprint=""),
                nulls_distinct=False,
                name="submission_of_a_review_is_there_once",
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "-id"], name="submission_by_partner"),
            models.Index(fields=["state", "-id"], name="submission_by_state"),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 120 else self.text[:119] + "…"

    @property
    def is_from_a_reader(self) -> bool:
        """Whether a reader suggested it by the form on the site. Reads the document that was sent."""
        return self.partner_id is None and self.payload == {"from": "reader"}
