"""Due days, days of re-checks and scheduled publications, day by day."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from accounts.models import User
from articles.choices import Stage
from articles.models import Claim, Schedule

#: So many claims of one kind are shown on one day.
MOST_A_DAY = 8


@dataclass(slots=True)
class Day:
    """One day: claims that are due, published claims to check again, schedules, and how many of each there are."""

    day: date
    due: list[Any] = field(default_factory=list)
    due_count: int = 0
    rechecks: list[Any] = field(default_factory=list)
    recheck_count: int = 0
    schedules: list[Any] = field(default_factory=list)
    schedule_count: int = 0


def days(first: date, *, count: int, person: User | None = None, is_unassigned: bool = False) -> list[Day]:
    """``count`` days from ``first`` on: of ``person`` alone where one is given, of nobody with ``is_unassigned``."""
    found = {first + timedelta(days=number): Day(first + timedelta(days=number)) for number in range(count)}
    last = first + timedelta(days=count - 1)
    due = Claim.objects.open().filter(due_on__range=(first, last))
    rechecks = Claim.objects.filter(stage=Stage.PUBLISHED, recheck_on__range=(first, last))
    for rows, column, claims, counts in (
        (_of(due, person, is_unassigned), "due_on", "due", "due_count"),
        (_of(rechecks, person, is_unassigned), "recheck_on", "rechecks", "recheck_count"),
    ):
        for claim in _first_of_each(rows, column):
            getattr(found[getattr(claim, column)], claims).append(claim)
        for day, number in rows.order_by().values_list(column).annotate(n=Count("pk")):
            setattr(found[day], counts, number)
    _add_schedules(found, _scheduled(first, last, person, is_unassigned))
    return list(found.values())


def _scheduled(first: date, last: date, person: User | None, is_unassigned: bool) -> QuerySet[Schedule]:
    """Publications that wait for their time, between the beginning of ``first`` and the end of ``last``, local time."""
    begin, end = (timezone.make_aware(datetime.combine(day, time())) for day in (first, last + timedelta(days=1)))
    rows = Schedule.objects.waiting().filter(publish_at__gte=begin, publish_at__lt=end)
    if is_unassigned:
        return rows.filter(claim__assignee=None)
    return rows.filter(claim__assignee=person) if person else rows


def _add_schedules(days: dict[date, Day], rows: QuerySet[Schedule]) -> None:
    on = TruncDate("publish_at", tzinfo=timezone.get_default_timezone())
    place = Window(RowNumber(), partition_by=[on], order_by=["publish_at", "pk"])
    counted = rows.annotate(on=on, place=place, of_day=Window(Count("pk"), partition_by=[on]))
    shown: QuerySet[Any] = counted.filter(place__lte=MOST_A_DAY).select_related("claim").order_by("publish_at", "pk")
    for schedule in shown:
        days[schedule.on].schedules.append(schedule)
        days[schedule.on].schedule_count = schedule.of_day


def _of(rows: QuerySet[Claim], person: User | None, is_unassigned: bool) -> QuerySet[Claim]:
    if is_unassigned:
        return rows.filter(assignee=None)
    return rows.filter(assignee=person) if person else rows


def _first_of_each(rows: QuerySet[Claim], column: str) -> list[Any]:
    """The first claims of each day; they are found by narrow rows before the claims themselves are read."""
    place = Window(RowNumber(), partition_by=[F(column)], order_by=["stage", "pk"])
    first = rows.order_by().annotate(place=place).filter(place__lte=MOST_A_DAY).values("pk")
    return list(Claim.objects.filter(pk__in=first).select_related("assignee").order_by(column, "stage", "pk"))
