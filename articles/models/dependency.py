"""What a claim waits for."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.choices import DependencyKind, DependencyOutcome
from articles.models.base import DeskRow
from articles.models.claim import Claim


class DependencyQuerySet(models.QuerySet["Dependency"]):
    """Dependencies."""

    def open(self) -> Self:
        """Those that were neither received nor abandoned."""
        return self.filter(outcome="")


class Dependency(DeskRow):
    """Somebody else has to do something before the claim goes on: since when, until when, what exactly.

    Who was asked to reply is a ``RightOfReply``; one without an answer is waited for without a row here.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="dependencies")
    kind = models.CharField(_("waiting for"), max_length=10, choices=DependencyKind)
    note = models.CharField(_("what exactly"), max_length=300, blank=True)
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=DependencyOutcome, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = DependencyQuerySet.as_manager()

    class Meta:
        db_table = "articles_wait"  # its first name, which the history and the database's own rules keep
        verbose_name_plural = "dependencies"
        ordering = ["id"]
        default_permissions = ()  # everyone who may edit claims
        constraints = [
            models.CheckConstraint(
                condition=~Q(note="") | Q(colleague__isnull=False),
                name="wait_says_for_what",
                violation_error_message=_("Say what exactly is waited for, or choose the colleague."),
            ),
            models.CheckConstraint(
                condition=Q(colleague=None) | Q(kind="review"),
                name="wait_names_a_colleague_for_a_review_alone",
                violation_error_message=_("A colleague is chosen for a colleague's review only."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="wait_ends_after_it_begins",
                violation_error_message=_("This day is before the waiting began."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_by=None, settled_at=None)
                | (~Q(outcome="") & Q(settled_by__isnull=False, settled_at__isnull=False)),
                name="wait_is_settled_as_a_whole",
            ),
        ]
        indexes = [models.Index(fields=["until", "since"], condition=Q(outcome=""), name="wait_open_by_day")]

    def __str__(self) -> str:
        exactly = self.note or (self.colleague.display_name() if self.colleague else "")
        return f"{self.get_kind_display()}: {exactly}"
