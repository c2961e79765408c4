"""What the page on which a claim is published asks for: what it is, when, and at which address."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from articles import workflow
from articles.choices import ScheduleState
from articles.models import Claim, PublishedClaim, Schedule
from desk.http import dates
from desk.verification.forms import StepForm
from lib.parsing.local_times import RepeatedTimeError, SkippedTimeError, Which, resolve

NOW, SCHEDULE, EMBARGO = "now", "schedule", "embargo"
_TIMES = [
    (NOW, gettext_lazy("Now")),
    (SCHEDULE, gettext_lazy("Schedule")),
    (EMBARGO, gettext_lazy("Embargo")),
]


class PublishForm(StepForm):
    """The publication of one claim."""

    when = forms.ChoiceField(label=gettext_lazy("When"), choices=_TIMES, widget=forms.RadioSelect)
    day = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Write the day as 2026-12-31.")},
    )
    time = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "time"}),
        error_messages={"invalid": gettext_lazy("Write the time as 09:30.")},
    )
    which = forms.ChoiceField(
        label=gettext_lazy("Which of the two"),
        required=False,
        choices=[(key, key) for key in ("first", "second")],
        widget=forms.RadioSelect,
    )
    slug = forms.CharField(
        label=gettext_lazy("Public address"),
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget(
            attrs={"aria-labelledby": "address-heading address-start", "aria-describedby": "id_slug_help"}
        ),
    )
    schedule_version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    #: Whether the time comes twice, so that one has to be chosen.
    is_repeated = False
    #: The chosen moment, in UTC.
    publish_at: dt.datetime | None = None

    def __init__(self, *args: Any, claim: Claim, face: PublishedClaim | None, schedule: Schedule | None, **more: Any):
        super().__init__(*args, transition=workflow.get("publish"), claim=claim, face=face, **more)
        initial: dict[str, Any] = {
            "when": NOW,
            "slug": claim.slug,
            "schedule_version": schedule.version if schedule else 0,
        }
        if face is not None:
            del self.fields["slug"]
        if schedule is not None and schedule.state == ScheduleState.WAITING:
            local = timezone.localtime(schedule.publish_at)
            initial |= {
                "when": EMBARGO if schedule.is_embargo else SCHEDULE,
                "day": f"{local:%Y-%m-%d}",
                "time": f"{local:%H:%M}",
            }
            if schedule.severity:
                initial |= {"change": "correction", "severity": schedule.severity, "note": schedule.note}
        self.initial = {**self.initial, **initial}

    def clean(self) -> dict[str, Any]:
        """The moment, where a time was chosen; what is wrong with it is said beside it."""
        given = cast(dict[str, Any], super().clean())
        if given.get("when") in (None, NOW) or self.errors.keys() & {"day", "time"}:
            return given
        day, hour = given.get("day"), given.get("time")
        if day is None:
            self.add_error("day", ValidationError(_("Choose the day."), code="required"))
        if hour is None:
            self.add_error("time", ValidationError(_("Choose the time."), code="required"))
        if day is not None and hour is not None:
            self._resolve(day, hour)
        return given

    def _resolve(self, day: dt.date, hour: dt.time) -> None:
        local = dt.datetime.combine(day, hour.replace(second=0, microsecond=0, tzinfo=None))
        which = cast(Which, self.data.get("which", "") if self.data.get("which") in ("first", "second") else "")
        shown = {"day": dates.day(day), "time": f"{local:%H:%M}"}
        try:
            self.publish_at = resolve(local, timezone.get_default_timezone(), which=which)
        except SkippedTimeError as error:
            words = _(
                "On %(day)s there is no %(time)s: the clocks go forward over it. Choose %(instead)s or another time."
            )
            self.add_error("time", words % {**shown, "instead": f"{error.instead:%H:%M}"})
        except RepeatedTimeError as error:
            self.is_repeated = True
            choices = {"first": error.first, "second": error.second}
            field = cast(forms.ChoiceField, self.fields["which"])
            field.choices = [(key, f"{local:%H:%M}, UTC{at.isoformat()[-6:]}") for key, at in choices.items()]
            words = _("On %(day)s the clocks go back, so %(time)s comes twice. Choose which one is meant.")
            self.add_error("which", words % shown)
        except (OverflowError, ValueError):
            self.add_error("day", _("There is no such day on the calendar of the worker. Choose another day."))
