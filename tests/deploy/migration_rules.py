"""Which operations of a migration would stop or disturb the old version while it still serves (docs/upgrading.md)."""

import re
from collections.abc import Iterator, Sequence

from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    RemoveIndexConcurrently,
)
from django.db import connection, migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field

_NEVER = (
    *(migrations.RemoveField, migrations.RenameField, migrations.DeleteModel, migrations.RenameModel),
    *(migrations.AlterModelTable, migrations.AlterUniqueTogether, migrations.AlterIndexTogether),
    migrations.AlterOrderWithRespectTo,
)
#: On a table that old processes write to, these hold a lock for as long as all rows take.
_LOCKING = (migrations.AddIndex, migrations.AddConstraint)
_WITHOUT_LOCK = (AddIndexConcurrently, RemoveIndexConcurrently, AddConstraintNotValid)
_SQL = re.compile(
    r"\b(DROP\s+(TABLE|COLUMN)|RENAME\s+(TO|COLUMN)|SET\s+NOT\s+NULL|TYPE\s+\w+\s+USING"
    r"|CREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)|TRUNCATE\s+(?!ON\b)|LOCK\s+TABLE)",
    re.IGNORECASE,
)


def offences(app: str, operations: Sequence[Operation], before: ProjectState) -> Iterator[str]:
    """Each operation that the rules refuse, with the reason. ``before`` is the state that the migration begins with."""
    state, made = before.clone(), set()
    for operation in _flat(operations):
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        elif reason := _reason(app, operation, state, made):
            yield f"{operation.describe()}: {reason}"
        operation.state_forwards(app, state)


def _flat(operations: Sequence[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)
        else:
            yield operation


def _reason(app: str, operation: Operation, state: ProjectState, made: set[str]) -> str:
    if isinstance(operation, _NEVER):
        return "the old version still uses it; remove or rename in a later release, by a new column or table"
    if isinstance(operation, migrations.RunSQL):
        found = _SQL.search(operation.sql) if isinstance(operation.sql, str) else None
        return f"“{found[0]}” disturbs the old version" if found else ""
    if getattr(operation, "model_name_lower", "") in made:
        return ""
    if isinstance(operation, _LOCKING) and not isinstance(operation, _WITHOUT_LOCK):
        return "it locks the table; use AddIndexConcurrently, or AddConstraintNotValid and ValidateConstraint"
    if isinstance(operation, migrations.AddField):
        return _addition(operation.field)
    if isinstance(operation, migrations.AlterField):
        old = state.models[app, operation.model_name_lower].fields[operation.name]
        return _alteration(old, operation.field)
    return ""


def _addition(field: Field) -> str:
    if field.many_to_many or field.null or field.has_db_default():
        return ""
    return "the old version inserts rows without this column; give it db_default, or let it be empty"


def _alteration(old: Field, new: Field) -> str:
    types = [field.db_parameters(connection)["type"] for field in (old, new)]
    if types[0] != types[1] and not _is_longer(*types):
        return f"the type {types[0]} becomes {types[1]}: the table is written anew; add a column instead"
    if old.null and not new.null:
        return "the old version may still write nothing into it"
    return "a unique column needs an index; add it concurrently" if new.unique and not old.unique else ""


def _is_longer(old: str | None, new: str | None) -> bool:
    """A longer varchar costs nothing."""
    lengths = [re.fullmatch(r"varchar\((\d+)\)", kind or "") for kind in (old, new)]
    return all(lengths) and int(lengths[0][1]) <= int(lengths[1][1])  # type: ignore[index]
