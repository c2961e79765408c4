"""The history in words: columns by their labels, choices and references by the names people know them under."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from re import compile as pattern
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from articles import text
from articles.choices import FORMER_VALUES, ChangeKind, Surface
from articles.models import ArchiveRow, ArticleVersion, Change, Claim
from articles.models.base import Versioned
from articles.models.inexact_date import InexactDateField
from articles.selectors.claims import progress

#: Columns that say nothing a person would look for: keys, counters, what follows from something else.
_UNTOLD = frozenset(
    (
        *("id", "version", "updated_at", "created_by_id", "created_at", "claim_id", "slug", "number", "captured_by_id"),
        *("folded", "digest", "last_used_at", "link_id", "parent_id"),
        *("prefix", "suffix", "start", "end", "sha256", "approved_sha256", "proposed_at", "approved_at"),
    )
)
_TAGS = pattern(r"<[^>]+>")
_HAPPENED = {
    ChangeKind.INSERT: gettext_lazy("%(what)s added"),
    ChangeKind.UPDATE: gettext_lazy("%(what)s changed"),
    ChangeKind.DELETE: gettext_lazy("%(what)s removed"),
}

Names = dict[tuple[type[models.Model], str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One field that changed, in words. ``field`` is the model field's name, for who wants to point at it."""

    table: str
    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What happened to one row: "Evidence added", and its lines."""

    title: str
    kind: str
    lines: list[Line]
    change: Change


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: who, when, through which door, why, and what happened."""

    at: datetime
    who: str
    surface: str
    reason: str
    happenings: list[RowChange]


def of_claim(claim: Claim) -> list[Entry]:
    """A claim's history in words, with all that hangs on it, newest first; the import of an archive comes last."""
    entries = _entries(progress.history(claim))
    is_entered = any(
        told.change.table == "articles_claim" and told.kind == ChangeKind.INSERT
        for entry in entries
        for told in entry.happenings
    )
    return entries if is_entered else [*entries, *_import_of(claim)]


def _import_of(claim: Claim) -> list[Entry]:
    """How a claim came from an archive: its batch is in the history in place of its rows."""
    row = ArchiveRow.objects.filter(claim=claim).select_related("batch__created_by").first()
    if row is None:
        return []
    reason = f"Import of the archive {row.batch.file_name} (row {row.number}, batch {row.batch_id})"
    who = row.batch.created_by.display_name()
    return [Entry(claim.created_at, who, str(Surface.COMMAND.label), reason, [])]


def of_row(row: models.Model) -> list[Entry]:
    """The history of one row of another table in words, newest first."""
    return of_rows([row])


def of_rows(rows: Iterable[models.Model]) -> list[Entry]:
    """The history of several rows of other tables as one, newest first."""
    named = models.Q(pk__in=[])
    for row in rows:
        named |= models.Q(table=row._meta.db_table, row=str(row.pk))
    changes = Change.objects.filter(named).select_related("actor").order_by("-id")
    return _entries(progress.acts(changes[:200]))


def since(row: Versioned, *, version: int) -> list[Entry]:
    """What others did to ``row`` after ``version``, oldest first: for a user with a stale form."""
    if isinstance(row, Claim):
        own = Change.objects.filter(table="articles_claim", row=str(row.pk), after__version__gt=version)
        changes = Change.objects.of_claim(row.pk).filter(act__in=own.values("act")).order_by("id")
    else:
        changes = Change.objects.filter(table=row._meta.db_table, row=str(row.pk), after__version__gt=version).order_by(
            "id"
        )
    return [entry for entry in _entries(progress.acts(changes.select_related("actor"))) if entry.happenings]


def _entries(acts: Sequence[progress.Act]) -> list[Entry]:
    names = _names(change for act in acts for change in act.changes)
    return [
        Entry(
            at=act.first.at,
            who=act.first.actor.display_name() if act.first.actor else _("Nobody known"),
            surface=str(Surface(act.first.surface).label),
            reason=act.reason,
            happenings=[told for change in act.changes if (told := _happening(change, names)).lines],
        )
        for act in acts
    ]


def _happening(change: Change, names: Names) -> RowChange:
    model = _model(change.table)
    noun = model._meta.verbose_name if model else change.table
    title = str(_HAPPENED[ChangeKind(change.kind)]) % {"what": str(noun)}
    return RowChange(title[:1].upper() + title[1:], change.kind, _lines(change, names), change)


def _lines(change: Change, names: Names) -> list[Line]:
    model = _model(change.table)
    before, after = change.before or {}, change.after or {}
    lines = []
    for column in sorted(set(before) | set(after), key=lambda name: _place(model, name)):
        field = _field(model, column)
        if field is None or column in _UNTOLD:
            continue
        old, new = _words(field, before.get(column), names), _words(field, after.get(column), names)
        is_reworded = bool(field.choices) and old == new  # one value under its former and its present word
        if (old or new) and not is_reworded:
            label = str(getattr(field, "verbose_name", column))
            lines.append(Line(change.table, field.name, label[:1].upper() + label[1:], old, new))
    return lines


def _model(table: str) -> type[models.Model] | None:
    return next((model for model in apps.get_models() if model._meta.db_table == table), None)


def _field(model: type[models.Model] | None, column: str) -> "models.Field[Any, Any] | None":
    return next((field for field in model._meta.concrete_fields if field.column == column), None) if model else None


def _place(model: type[models.Model] | None, column: str) -> int:
    columns = [field.column for field in model._meta.concrete_fields] if model else []
    return columns.index(column) if column in columns else len(columns)


def _words(field: "models.Field[Any, Any]", value: Any, names: Names) -> str:
    match value:
        case None | "" | []:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case list():
            return ", ".join(str(item) for item in value)
    if field.related_model and isinstance(field.related_model, type):
        return names.get((field.related_model, str(value)), str(value))
    if field.choices:
        current = FORMER_VALUES.get((field.model._meta.db_table, field.name), {}).get(value, value)
        return str(dict(field.flatchoices).get(current, current))
    if isinstance(field, models.DateTimeField):
        at = datetime.fromisoformat(str(value))
        return f"{text.long_day(at)}, {at:%H:%M}"
    if isinstance(field, InexactDateField):
        return text.long_date(str(value))
    if isinstance(field, models.DateField):
        return text.long_day(date.fromisoformat(str(value)))
    return unescape(_TAGS.sub(" ", str(value))).strip() if field.name.endswith("_html") else str(value)


def _names(changes: Iterable[Change]) -> Names:
    """What everything the changes refer to is called now; one query for each kind of thing."""
    wanted: dict[type[models.Model], set[str]] = {}
    for change in changes:
        model = _model(change.table)
        for values in (change.before, change.after):
            for column, value in (values or {}).items():
                field = _field(model, column)
                if value and column not in _UNTOLD and field is not None and isinstance(field.related_model, type):
                    wanted.setdefault(field.related_model, set()).add(str(value))
    return {(model, str(row.pk)): _name(row) for model, keys in wanted.items() for row in _rows(model, keys)}


def _rows(model: type[models.Model], keys: set[str]) -> Iterable[models.Model]:
    rows = model._default_manager.filter(pk__in=keys)
    return rows.select_related("article").defer("body") if model is ArticleVersion else rows


def _name(row: models.Model) -> str:
    return row.display_name() if isinstance(row, User) else str(row)
