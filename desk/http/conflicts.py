"""A stale form beside what came first: who changed what, from what to what, and what was typed here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from articles.models.base import Versioned
from articles.selectors.claims import timeline
from desk.http import dates

#: Other tables whose columns are fields of the page's main form.
_ON_THE_SAME_FORM = ("articles_verdict",)


@dataclass(frozen=True, slots=True)
class Row:
    """One field that somebody else changed in the meantime; ``yours`` is ``None`` where the form has no such field."""

    who: str
    at: datetime
    what: str
    label: str
    field: str
    theirs_before: str
    theirs_after: str
    yours: str | None


def rows(row: Versioned, version: int, form: Any) -> list[Row]:
    """What came to ``row`` after ``version``, beside what is in ``form``."""
    mine = (row._meta.db_table, *_ON_THE_SAME_FORM)
    return [
        Row(
            who=entry.who,
            at=entry.at,
            what=happening.title,
            label=line.label,
            field=line.field if line.table in mine and line.field in form.fields else "",
            theirs_before=line.before,
            theirs_after=line.after,
            yours=typed(form, line.field) if line.table in mine and line.field in form.fields else None,
        )
        for entry in timeline.since(row, version=version)
        for happening in entry.happenings
        for line in happening.lines
    ]


def typed(form: Any, name: str) -> str:
    """What is in a posted form at ``name``, as people read it."""
    value = form.cleaned_data.get(name, form[name].value()) if hasattr(form, "cleaned_data") else form[name].value()
    match value:
        case None | "":
            return ""
        case bool():
            return _("yes") if value else _("no")
        case date():
            return dates.day(value)
        case list() | tuple():
            return ", ".join(map(str, value))
    return str(value)
