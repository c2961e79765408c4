"""An error that a reader reported."""

from typing import Self

from django.conf import settings
from django.core.validators import EmailValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.choices import OPEN_REPORTS, ReportState
from articles.models.claim import Claim
from articles.models.submission import plain_address, time_ordered_id, visible

MAX_WHAT, MAX_HOW, MAX_ANSWER = 4000, 2000, 2000
#: What the reader wrote. It is in no history, so that it can be erased for good.
WORDS = ("what", "how_known", "link", "email")


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports."""

    def open(self) -> Self:
        """Those that nobody has decided on."""
        return self.filter(state__in=OPEN_REPORTS)


class Report(models.Model):
    """What a reader says is wrong, and the decision about it.

    The database lets the reader's words be erased, never rewritten, and keeps them out of the history of changes.
    ``reference`` is both the number a reader may name and the secret part of the address at which they see the state.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    reference = models.CharField(max_length=24, unique=True)
    form = models.CharField(
        max_length=64, unique=True, help_text="Which form it came by: sent twice, it is there once."
    )
    received_at = models.DateTimeField()
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="reports")
    revision = models.PositiveIntegerField(_("revision that was read"), null=True, blank=True)
    page = models.CharField(
        _("page"), max_length=500, blank=True, help_text=_("For what is wrong elsewhere than on a claim.")
    )
    what = models.TextField(_("what is wrong"), max_length=MAX_WHAT, blank=True, validators=[visible])
    how_known = models.TextField(_("how they know"), max_length=MAX_HOW, blank=True, validators=[visible])
    link = models.CharField(_("where to look it up"), max_length=2000, blank=True, validators=[plain_address])
    email = models.CharField(_("e-mail"), max_length=254, blank=True, validators=[EmailValidator()])
    erased_at = models.DateTimeField(null=True, blank=True)

    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.RECEIVED)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(max_length=MAX_ANSWER, blank=True, validators=[visible])
    correction = models.PositiveIntegerField(_("revision that corrected it"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        permissions = [("handle_report", "Can decide on errors that readers report")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") | Q(erased_at__isnull=False), name="report_says_what_is_wrong"
            ),
            models.CheckConstraint(
                condition=Q(claim__isnull=False, page="") | Q(claim=None) & ~Q(page=""),
                name="report_is_about_a_claim_or_a_page",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "in_work"], decided_by=None, decided_at=None)
                | Q(state__in=["corrected", "no_change"], decided_by__isnull=False, decided_at__isnull=False),
                name="report_decision_is_a_persons",
            ),
            models.CheckConstraint(
                condition=Q(state="corrected", claim__isnull=False, correction__isnull=False)
                | ~Q(state="corrected") & Q(correction=None),
                name="report_correction_names_the_revision",
            ),
            models.CheckConstraint(
                condition=~Q(state="no_change") | ~Q(answer=""), name="report_is_turned_down_with_an_answer"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="report_by_state"),
            models.Index(fields=["claim", "-id"], name="report_by_claim"),
        ]

    def __str__(self) -> str:
        words = self.what or "(erased)"
        return words if len(words) <= 120 else words[:119] + "…"
