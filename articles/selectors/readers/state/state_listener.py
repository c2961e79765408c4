"""Whether what pages follow from may have changed, without a statement: the database says so (``sql/pages.sql``)."""

import select
from typing import Any, Final

import psycopg
from django.db import connections

from articles.selectors.readers import prepared
from articles.selectors.readers.connection import ALIAS

CHANNEL: Final = "factcheck_pages"

#: False where LISTEN would be of no use: on a replica, and with a pooler in between, which gives each transaction
#: another session than the one that it told the client of.
_CAN_LISTEN = "SELECT NOT pg_is_in_recovery() AND pg_backend_pid() = %s"


class StateListener:
    """What one thread has heard on its connection for readers' pages."""

    def __init__(self) -> None:
        self._connection: psycopg.Connection[Any] | None = None  # the one that was prepared last
        self._can_listen, self._heard = False, True
        self._arriving = select.poll()

    def begin(self) -> None:
        """Listen from now on, where that is possible. What is asked for after it is as new as what was heard.

        Raises ``django.db.Error`` when the database does not answer.
        """
        wrapper = connections[ALIAS]
        if wrapper.in_atomic_block:  # LISTEN would begin with the end of the transaction
            self._connection = None
            return
        wrapper.ensure_connection()
        if wrapper.connection is not self._connection:
            self._connection, self._can_listen = None, False
            self._prepare(wrapper.connection)
        self._take_what_came()
        self._heard = False

    def is_quiet(self) -> bool:
        """Whether it is known that nothing was said since ``begin``."""
        connection = self._connection
        if connection is None or not self._can_listen or self._heard:
            return False
        if connections[ALIAS].connection is not connection or connection.closed:
            return False
        if self._arriving.poll(0):  # a message, or the end of the connection
            return False
        try:
            return connection.pgconn.notifies() is None  # one that came with the answer to a statement
        except psycopg.Error:
            return False

    def _prepare(self, connection: "psycopg.Connection[Any]") -> None:
        self._arriving = select.poll()
        found = prepared.row(_CAN_LISTEN, connection.info.backend_pid)
        self._can_listen = found is not None and found[0]
        if self._can_listen:
            connection.add_notify_handler(self._hear)
            with connections[ALIAS].cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
            self._arriving.register(connection.pgconn.socket, select.POLLIN)
        self._connection = connection

    def _take_what_came(self) -> None:
        if self._connection is None or not self._arriving.poll(0):
            return
        with connections[ALIAS].wrap_database_errors:
            self._connection.pgconn.consume_input()
            while self._connection.pgconn.notifies():
                pass

    def _hear(self, _said: psycopg.Notify) -> None:
        self._heard = True
