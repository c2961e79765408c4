"""Numbers for editors: one definition of each, counted in one statement each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.timezone import get_current_timezone

from articles.choices import OPEN_STAGES, CorrectionKind, Stage
from articles.models import ArchiveRow, Claim, PublishedCorrection, Record
from articles.selectors.collaboration import activity

#: Ages in days: up to a week, up to a month, older.
WEEK, MONTH = 7, 30


@dataclass(frozen=True, slots=True)
class Ages:
    """How many of something there are, by age."""

    key: str
    week: int
    month: int
    older: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.week + self.month + self.older


@dataclass(frozen=True, slots=True)
class Times:
    """The time from marking to the first publication, of ``count`` claims; ``None`` where there is none."""

    count: int
    median: timedelta | None
    p90: timedelta | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers: those of the period, and those of today."""

    open: list[Ages]
    times: Times
    corrections: dict[str, int]
    replies: Ages
    overdue: dict[str, int]


class _Percentile(Aggregate):
    """The duration below which this share of all durations is."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def count(first: date, last: date, *, today: date) -> Numbers:
    """The numbers from ``first`` to ``last``, both included; what is open, outstanding and overdue is counted today."""
    since, until = _midnight(first), _midnight(last + timedelta(days=1))
    ages, overdue = _open(today)
    return Numbers(
        open=ages,
        times=_times(since, until),
        corrections=_corrections(since, until),
        replies=_ages("replies", activity.unanswered(), "asked_on", today),
        overdue=overdue,
    )


def _open(today: date) -> tuple[list[Ages], dict[str, int]]:
    """The open claims of each stage by age, and how many are overdue.

    One statement with a part for each stage: with very many claims, that is a third cheaper than to group them.
    """
    stages = [stage for stage in Stage.values if stage in OPEN_STAGES]
    first, *others = [_of_stage(stage, today) for stage in stages]
    rows = sorted(first.union(*others, all=True), key=lambda row: stages.index(row["key"]))
    ages = [_of_counts(row["key"], **{name: row[name] for name in ("week", "month", "every")}) for row in rows]
    return ages, {row["key"]: row["late"] for row in rows}


def _of_stage(stage: str, today: date) -> QuerySet[Any, Any]:
    """The counts of one stage, in one row."""
    late = Count("pk", filter=Q(due_on__lt=today))
    rows = Claim.objects.filter(stage=stage).order_by().values(key=Value(stage))
    return rows.annotate(late=late, **_by_age("created_at", today, _midnight))


def _ages(key: str, rows: QuerySet[Any], column: str, today: date) -> Ages:
    return _of_counts(key, **rows.order_by().aggregate(**_by_age(column, today)))


def _of_counts(key: str, *, week: int, month: int, every: int) -> Ages:
    """Ages by how many are of the last week, of the last month, and there at all."""
    return Ages(key, week, month - week, every - month)


def _midnight(day: date) -> datetime:
    """When a day begins where the newsroom is."""
    return datetime.combine(day, time.min, get_current_timezone()).astimezone(UTC)


def _by_age(column: str, today: date, begin: Callable[[date], Any] = lambda day: day) -> dict[str, Count]:
    """Counts as ``_of_counts`` takes them. ``begin`` makes of a day what the column is compared with."""
    week, month = begin(today - timedelta(days=WEEK)), begin(today - timedelta(days=MONTH))
    return {
        "week": Count("pk", filter=Q(**{f"{column}__gte": week})),
        "month": Count("pk", filter=Q(**{f"{column}__gte": month})),
        "every": Count("*"),
    }


def _times(since: datetime, until: datetime) -> Times:
    imported = ArchiveRow.objects.filter(claim_id=OuterRef("claim_id"))
    marked = Claim.objects.filter(pk=OuterRef("claim_id")).values("created_at")
    rows = Record.objects.filter(~Exists(imported), revision=1, at__gte=since, at__lt=until).order_by()
    took = rows.annotate(took=F("at") - Subquery(marked))
    found = took.aggregate(count=Count("pk"), median=_Percentile("took", share=0.5), p90=_Percentile("took", share=0.9))
    return Times(**found)


def _corrections(since: datetime, until: datetime) -> dict[str, int]:
    rows = PublishedCorrection.objects.filter(at__gte=since, at__lt=until).order_by()
    found = dict(rows.values_list("kind").annotate(n=Count("pk")))
    return {kind: found.get(kind, 0) for kind in CorrectionKind.values}
