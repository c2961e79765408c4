"""The calendar: due days, days of re-checks and scheduled publications, and moving a due day."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from articles import rules
from articles.models import Claim
from articles.selectors.collaboration import activity, calendar
from articles.services.claims import claims
from desk.http import dates, refusals, versions
from desk.http.refusals import RefusedFormError, as_form_errors
from desk.http.views import Page
from lib.parsing.days import parse_day

#: Phones see so many days; screens show the first 7, 10 or 14 of them.
SHOWN = 31
#: The arrows move by a week.
STEP = timedelta(days=7)
NOBODY = "nobody"


class MoveForm(forms.Form):
    """Another due day for one claim; empty takes it off the calendar."""

    claim = forms.UUIDField()
    due_on = forms.DateField(required=False)


class CalendarPage(Page):
    """``?from=`` is the first day, ``?person=`` a colleague's id or ``nobody``. What means nothing is ignored."""

    template_name = "desk/landing/calendar.html"

    def back_address(self) -> str:
        """The same days of the same person."""
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        return address(_first(sent.get("from", "")), sent.get("person", ""))

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The days."""
        first = _first(request.GET.get("from", ""))
        colleagues = list(activity.colleagues())
        chosen = request.GET.get("person", "")
        person = next((one for one in colleagues if str(one.pk) == chosen), None)
        days = calendar.days(first, count=SHOWN, person=person, is_unassigned=chosen == NOBODY)
        for day in days:
            for claim in day.due:
                claim.signed_version = versions.sign(claim)
        kept = chosen if person or chosen == NOBODY else ""
        return self.show(
            title=_("Calendar"),
            days=days,
            first=first,
            today=localdate(),
            before=address(first - STEP, kept),
            after=address(first + STEP, kept),
            this_week=address(localdate(), kept),
            colleagues=colleagues,
            person=kept,
            nobody=NOBODY,
            may_move=rules.may_edit_claims(request.user),
        )


class MovePage(CalendarPage):
    """POST: move a due day."""

    http_method_names = ["post"]

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Move it, and show the calendar again."""
        form = MoveForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Nothing was moved: choose a day."))
            return HttpResponseRedirect(self.back_address())
        self.row = get_object_or_404(Claim, pk=form.cleaned_data["claim"])
        version = versions.of_form(request, self.row, "_claim_version")
        try:
            with as_form_errors(passing=refusals.NOT_OF_A_FIELD):
                self._move(form.cleaned_data["due_on"], version)
        except RefusedFormError as refused:
            messages.warning(request, str(refused))
        return HttpResponseRedirect(self.back_address())

    def _move(self, due_on: date | None, version: int) -> None:
        claims.edit(claim=self.row, by=self.request.user, at=timezone.now(), version=version, due_on=due_on)  # type: ignore[arg-type]
        if due_on is None:
            said = _("Without a due day now: %(claim)s") % {"claim": self.row}
        else:
            said = _("Due on %(day)s now: %(claim)s") % {"day": dates.day(due_on), "claim": self.row}
        messages.success(self.request, said)


def address(first: date, person: str) -> str:
    """The calendar from ``first`` on, of one person."""
    query = {"from": first.isoformat()} | ({"person": person} if person else {})
    return f"{reverse('admin:calendar')}?{urlencode(query)}"


def _first(given: str) -> date:
    """The first day that the address names, else today; not so far away that a calendar has no such day."""
    try:
        return parse_day(given, earliest=date(1900, 1, 1), latest=date(2900, 1, 1))
    except ValueError:
        return localdate()
