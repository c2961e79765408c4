"""What each filter of the list of claims narrows it to, and what its values are called."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.choices import OPEN_STAGES, DependencyKind, Stage
from articles.models import Claim
from articles.selectors import admin_lists, translations
from articles.selectors.collaboration import activity
from articles.selectors.passages import passage_review

Rows = QuerySet[Claim]
Options = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Applied:
    """A value that was understood: what it is called, and how it narrows claims."""

    label: Any
    narrow: Callable[[Rows], Rows]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: the parameter of the address, its name, the values it offers, and how it reads one.

    ``read`` gives ``None`` for a value that means nothing (any more). ``is_typed``: other values than the offered
    ones can be typed.
    """

    key: str
    label: Any
    options: Callable[[User], Options]
    read: Callable[[str, User], Applied | None]
    is_typed: bool = False


def choice(key: str, label: Any, values: dict[str, tuple[Any, Callable[[Rows, User], Rows]]]) -> Filter:
    """A filter with a closed list of values."""

    def read(value: str, user: User) -> Applied | None:
        if value not in values:
            return None
        name, narrow = values[value]
        return Applied(name, lambda rows: narrow(rows, user))

    return Filter(key, label, lambda user: [(value, name) for value, (name, _narrow) in values.items()], read)


# --- The stage, and what is due or waited for ---------------------------------------------------------
def _in_stage(stage: str) -> Callable[[Rows, User], Rows]:
    return lambda rows, user: rows.filter(stage=stage)


#: The claims that ask something of somebody: what the list shows when nothing else is asked for.
OPEN = Applied(_("not published"), lambda rows: rows.filter(stage__in=OPEN_STAGES))
STAGE = choice(
    "stage",
    _("Stage"),
    {
        "open": (OPEN.label, lambda rows, user: OPEN.narrow(rows)),
        **{str(value): (label, _in_stage(value)) for value, label in Stage.choices},
        "all": (_("any"), lambda rows, user: rows),
    },
)
DUE = choice(
    "overdue",
    _("Due"),
    {
        "yes": (_("overdue"), lambda rows, user: admin_lists.overdue(rows, today=timezone.localdate())),
        "week": (
            _("in the next seven days"),
            lambda rows, user: activity.due_soon(rows, today=timezone.localdate()),
        ),
        "none": (_("no due date"), lambda rows, user: rows.filter(due_on=None)),
        "open": (_("open, due or not"), lambda rows, user: rows.filter(stage__in=OPEN_STAGES)),
    },
)


def _waiting_for(kind: str) -> Callable[[Rows, User], Rows]:
    return lambda rows, user: activity.waiting_claims(rows, kind=kind)


WAITING = choice(
    "waiting",
    _("Waiting for"),
    {
        "yes": (_("anything"), lambda rows, user: activity.waiting_claims(rows)),
        "late": (
            _("what is late"),
            lambda rows, user: activity.waiting_claims(rows, late_on=timezone.localdate()),
        ),
        **{str(value): (label, _waiting_for(value)) for value, label in DependencyKind.choices},
    },
)
FOR_ME = choice(
    "for_me",
    _("For me"),
    {
        "comments": (
            _("comments and reviews"),
            lambda rows, user: rows.filter(pk__in=activity.mentions_for(user).order_by().values("pk")),
        ),
        "notes": (
            _("notes from outside"),
            lambda rows, user: rows.filter(pk__in=activity.with_notes_for(user).order_by().values("pk")),
        ),
    },
)
PASSAGES = choice(
    "passages",
    _("Passages"),
    {
        "unsettled": (
            _("to confirm: the article's text changed"),
            lambda rows, user: rows.filter(pk__in=passage_review.unsettled().values("claim")),
        )
    },
)
TRANSLATIONS = choice(
    "translations",
    _("Translations"),
    {
        "behind": (
            _("behind their original"),
            lambda rows, user: rows.filter(pk__in=translations.behind().values("pk")),
        )
    },
)


# --- How old, how fresh -------------------------------------------------------------------------------
def _older(days: int) -> Callable[[Rows, User], Rows]:
    return lambda rows, user: rows.filter(created_at__lt=timezone.now() - timedelta(days=days))


def _updated(days: int) -> Callable[[Rows, User], Rows]:
    return lambda rows, user: rows.filter(updated_at__gte=timezone.now() - timedelta(days=days))


AGE = choice(
    "age",
    _("Age"),
    {
        "7": (_("more than 7 days"), _older(7)),
        "30": (_("more than 30 days"), _older(30)),
        "90": (_("more than 90 days"), _older(90)),
    },
)
UPDATED = choice(
    "updated",
    _("Updated"),
    {
        "1": (_("in the last day"), _updated(1)),
        "7": (_("in the last 7 days"), _updated(7)),
        "30": (_("in the last 30 days"), _updated(30)),
        "not30": (
            _("not in the last 30 days"),
            lambda rows, user: rows.filter(updated_at__lt=timezone.now() - timedelta(days=30)),
        ),
    },
)
