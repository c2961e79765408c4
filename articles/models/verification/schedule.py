"""When an approved claim is to be published."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.choices import ScheduleState, Severity
from articles.models.base import DeskRow
from articles.models.claim import Claim


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    """Schedules."""

    def waiting(self) -> Self:
        """Those whose time has not come, or whose publication has not been tried yet."""
        return self.filter(state=ScheduleState.WAITING)

    def due(self, at: datetime) -> Self:
        """Those whose time has come, the earliest first."""
        return self.waiting().filter(publish_at__lte=at).order_by("publish_at", "id")


class Schedule(DeskRow):
    """The last schedule of a claim; the history has the earlier ones. ``created_by`` is who set this time.

    ``approved_sha256`` is the approval it is for: another content is not published by it. ``version`` counts changes,
    so that nobody's change is lost.
    """

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="schedule")
    publish_at = models.DateTimeField(_("time of publication"))
    is_embargo = models.BooleanField(_("embargo"), default=False, help_text=_("Nobody can publish the claim earlier."))
    approved_sha256 = models.CharField(max_length=64)
    severity = models.CharField(_("severity of the correction"), max_length=10, choices=Severity, blank=True)
    note = models.CharField(_("note to readers"), max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=ScheduleState, default=ScheduleState.WAITING)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(_("why it was not published"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # everyone who may publish
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ScheduleState.WAITING, ended_at=None)
                | ~Q(state=ScheduleState.WAITING) & Q(ended_at__isnull=False),
                name="schedule_has_ended_or_waits",
            ),
            models.CheckConstraint(
                condition=Q(severity="", note="") | ~Q(severity="") & ~Q(note=""),
                name="schedule_has_a_whole_correction_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(problem="") | ~Q(state=ScheduleState.REFUSED), name="schedule_says_why_it_was_refused"
            ),
        ]
        indexes = [models.Index(fields=["publish_at"], condition=Q(state="waiting"), name="schedule_waiting")]

    def __str__(self) -> str:
        return f"{self.claim}: {self.publish_at:%Y-%m-%d %H:%M %Z}, {self.get_state_display().lower()}"
