"""Numbers for editors, over a chosen period: tables with bars, and the same as CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from articles import csv_safety
from articles.choices import CorrectionKind, Stage
from articles.selectors.collaboration import numbers
from desk.http.views import Page
from desk.http.widgets import day
from lib.refusals import NotAllowedError

#: The period that is shown first, in days.
USUAL = 30
#: Days that a calendar of any database has, with room for time zones.
_IN_REACH = [
    MinValueValidator(date(1900, 1, 1), gettext_lazy("Choose a day from 1900 on.")),
    MaxValueValidator(date(2900, 1, 1), gettext_lazy("Choose a day up to the year 2900.")),
]


class PeriodForm(forms.Form):
    """From which day to which."""

    first = forms.DateField(label=gettext_lazy("From"), widget=day(), validators=_IN_REACH)
    last = forms.DateField(label=gettext_lazy("To"), widget=day(), validators=_IN_REACH)

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins."""
        given = super().clean() or {}
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            self.add_error("last", _("This day is before the first one."))
        return given


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; ``share`` is the length of its bar, from 0 to 100."""

    label: str
    values: list[str]
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One number in words, and its lines."""

    key: str
    title: str
    meaning: str
    columns: list[str]
    lines: list[Line]


class NumbersPage(Page):
    """The tables."""

    template_name = "desk/landing/numbers.html"

    def check_permission(self) -> None:
        """Editors: who may assign work. Raises ``NotAllowedError``."""
        super().check_permission()
        if not self.request.user.has_perm("articles.assign_claim"):
            raise NotAllowedError(_("Only editors see the numbers of the whole desk."))

    @cached_property
    def form(self) -> PeriodForm:
        """The period that was asked for."""
        usual = {"first": localdate() - timedelta(days=USUAL - 1), "last": localdate()}
        return PeriodForm({**usual, **self.request.GET.dict()})

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day; the usual ones where what was asked for is no period."""
        if self.form.is_valid():
            return self.form.cleaned_data["first"], self.form.cleaned_data["last"]
        return localdate() - timedelta(days=USUAL - 1), localdate()

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Count."""
        first, last = self.period
        csv = f"{reverse('admin:numbers_csv')}?first={first}&last={last}"
        return self.show(title=_("Numbers"), form=self.form, tables=self.tables(), first=first, last=last, csv=csv)

    def tables(self) -> list[Table]:
        """All tables."""
        first, last = self.period
        found = numbers.count(first, last, today=localdate())
        return [_open(found), _times(found.times), _corrections(found), _replies(found.replies), _overdue(found)]


class NumbersFile(NumbersPage):
    """The same as CSV."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """One line for each value."""
        first, last = self.period
        answer = HttpResponse(b"".join(_file(self.tables(), first, last)), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="numbers-{first}-{last}.csv"'
        return answer


def _file(tables: list[Table], first: date, last: date) -> Iterator[bytes]:
    yield csv_safety.row(["number", "line", "column", "value", "from", "to", "meaning"])
    for table in tables:
        for line in table.lines:
            for column, value in zip(table.columns, line.values, strict=True):
                yield csv_safety.row([table.title, line.label, column, value, first, last, table.meaning])


def _lines(found: dict[str, int], labels: Any) -> list[Line]:
    most = max(found.values(), default=0)
    return [Line(str(labels(key).label), [str(n)], _share(n, most)) for key, n in found.items()]


def _share(n: int, most: int) -> int:
    return round(100 * n / most) if most else 0


def _age_columns() -> list[str]:
    return [_("Up to 7 days"), _("8 to 30 days"), _("Older"), _("Total")]


def _age_line(label: str, ages: numbers.Ages, most: int) -> Line:
    return Line(label, [str(n) for n in (ages.week, ages.month, ages.older, ages.total)], _share(ages.total, most))


def _open(found: numbers.Numbers) -> Table:
    most = max((ages.total for ages in found.open), default=0)
    return Table(
        "open",
        _("Open claims"),
        _("Claims in work today, by stage, and by the days since they were marked or entered."),
        _age_columns(),
        [_age_line(str(Stage(ages.key).label), ages, most) for ages in found.open],
    )


def _times(times: numbers.Times) -> Table:
    return Table(
        "times",
        _("From marked to published"),
        _(
            "Claims published for the first time in the period, without imported ones: from the moment they were "
            "marked or entered to their first publication. Half took at most the median, nine in ten at most the 90th "
            "percentile."
        ),
        [_("Value")],
        [
            Line(_("Claims"), [str(times.count)]),
            Line(_("Median"), [_duration(times.median)]),
            Line(_("90th percentile"), [_duration(times.p90)]),
        ],
    )


def _duration(value: timedelta | None) -> str:
    if value is None:
        return "–"
    hours, minutes = divmod(round(value.total_seconds() / 60), 60)
    days, hours = divmod(hours, 24)
    if days:
        return _("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}


def _corrections(found: numbers.Numbers) -> Table:
    return Table(
        "corrections",
        _("Corrections"),
        _("Corrections and retractions published in the period, by severity."),
        [pgettext("how many", "Number")],
        _lines(found.corrections, CorrectionKind),
    )


def _replies(replies: numbers.Ages) -> Table:
    return Table(
        "replies",
        _("Outstanding replies"),
        _("People and organisations that were asked about a claim in work and have not answered, by days since asked."),
        _age_columns(),
        [_age_line(_("Right of reply"), replies, replies.total)],
    )


def _overdue(found: numbers.Numbers) -> Table:
    return Table(
        "overdue",
        _("Overdue claims"),
        _("Claims in work whose due day is before today, by stage."),
        [pgettext("how many", "Number")],
        _lines(found.overdue, Stage),
    )
