"""What the desk's menu counts, in one statement: it is on every page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from accounts.models import User
from articles.models import Address, Comment, Report, Submission
from articles.selectors.readers.scale import edited_words


@dataclass(frozen=True, slots=True)
class Counts:
    """How many comments are for this person, how many submissions and reports nobody has decided on."""

    comments: int
    submissions: int
    reports: int


def counts(user: User) -> Counts:
    """The numbers beside the lines of the menu. Labels of ratings then go by the newsroom's newest translations."""
    unseen = Address.objects.filter(user=OuterRef("pk"), seen_at=None, comment__in=Comment.objects.open())
    found = User.objects.filter(pk=user.pk).annotate(
        comments=_count(unseen),
        submissions=_count(Submission.objects.waiting()),
        reports=_count(Report.objects.open()),
        words=RawSQL(edited_words.STAMP, (), output_field=TextField()),  # noqa: S611 - no parameter
    )
    *numbers, words = found.values_list("comments", "submissions", "reports", "words").get()
    edited_words.follow(words)
    return Counts(*numbers)


def _count(rows: QuerySet[Any]) -> Any:
    """How many rows, as a column of another statement."""
    counted = rows.order_by().values(every=Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))
