"""Whether what pages follow from may have changed, without a statement: the database says so (``sql/pages.sql``)."""

import select
from typing import Any, Final
from weakref import WeakKeyDictionary

import psycopg
from django.db import connections

from articles.selectors.readers import prepared
from articles.selectors.readers.connection import ALIAS

CHANNEL: Final = "factcheck_pages"

#: False where LISTEN would be of no use: on a replica, and with a pooler in between, which gives each transaction
#: another session than the one that it told the client of.
_CAN_LISTEN = "SELECT NOT pg_is_in_recovery() AND pg_backend_pid() = %s"


class _Line:
    """How often the database said it on a connection. It does not hold the connection, which ends after a minute."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._arriving = select.poll()
        self._arriving.register(connection.pgconn.socket, select.POLLIN)
        self.heard = 0
        connection.add_notify_handler(self._hear)  # for what comes with the answer to a statement

    def has_something(self) -> bool:
        """Whether a message has arrived that nobody took, or the end of the connection."""
        return bool(self._arriving.poll(0))

    def take(self, connection: "psycopg.Connection[Any]") -> None:
        """Take what has arrived on this line's connection. Raises ``psycopg.Error`` where it has ended."""
        if self.has_something():
            connection.pgconn.consume_input()
        while connection.pgconn.notifies():
            self.heard += 1

    def _hear(self, _said: psycopg.Notify) -> None:
        self.heard += 1


#: By connection; None where the database cannot say it.
_LINES: WeakKeyDictionary["psycopg.Connection[Any]", _Line | None] = WeakKeyDictionary()


class StateListener:
    """What one thread has heard on its connection for readers' pages."""

    def __init__(self) -> None:
        self._connection: psycopg.Connection[Any] | None = None
        self._heard = 0

    def begin(self) -> None:
        """Listen from now on, where that is possible. What is asked for after it is as new as what was heard.

        Raises ``django.db.Error`` when the database does not answer.
        """
        wrapper = connections[ALIAS]
        self._connection = None
        if wrapper.in_atomic_block:  # LISTEN would begin with the end of the transaction
            return
        wrapper.ensure_connection()
        line = _line(wrapper.connection)
        if line is not None:
            with wrapper.wrap_database_errors:
                line.take(wrapper.connection)
            self._connection, self._heard = wrapper.connection, line.heard

    def is_quiet(self) -> bool:
        """Whether it is known that nothing was said since ``begin``."""
        connection = self._connection
        if connection is None or connections[ALIAS].connection is not connection or connection.closed:
            return False
        line = _LINES.get(connection)
        if line is None or line.has_something():
            return False
        try:
            line.take(connection)  # one that came with the answer to a statement may wait behind it
        except psycopg.Error:
            return False
        return line.heard == self._heard


def _line(connection: "psycopg.Connection[Any]") -> _Line | None:
    """The line of this connection, begun if need be."""
    if connection not in _LINES:
        found = prepared.row(_CAN_LISTEN, connection.info.backend_pid)
        line = _Line(connection) if found is not None and found[0] else None
        if line is not None:
            with connections[ALIAS].cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
        _LINES[connection] = line
    return _LINES[connection]
