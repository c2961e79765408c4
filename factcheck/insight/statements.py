"""Counts the database statements of each request, by connection."""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from factcheck.insight import context


def _count_desk(execute: Callable[..., Any], sql: Any, params: Any, many: bool, given: dict[str, Any]) -> Any:
    if now := context.current():
        now.desk_statements += 1
    return execute(sql, params, many, given)


def _count_readers(execute: Callable[..., Any], sql: Any, params: Any, many: bool, given: dict[str, Any]) -> Any:
    if now := context.current():
        now.readers_statements += 1
    return execute(sql, params, many, given)


def _begin(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Count on this connection from now on. It belongs to one thread; Django keeps its wrappers when it reconnects."""
    count = _count_readers if connection.alias == "readers" else _count_desk
    if count not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, count)


def start() -> None:
    """Count on every connection that is made from now on."""
    connection_created.connect(_begin, dispatch_uid="factcheck.insight.statements")
