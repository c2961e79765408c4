"""The whole of what is published, at one moment: streamed from a connection of its own, in constant memory."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.utils.translation import gettext as _

from articles.selectors.readers import change_feed
from articles.selectors.readers import connection as readers_connection

#: How long one statement of an export may run: the readers' role is limited to seconds otherwise.
TIMEOUT_SECONDS = 1800
_RECORDS = (
    "COPY (SELECT r.body FROM articles_publishedclaim p JOIN articles_record r ON r.seq = p.record_id ORDER BY r.seq)"
    " TO STDOUT (FORMAT binary)"
)
#: The bytes before the body in a row of PostgreSQL's binary COPY: the number of fields and the field's length.
_ROW_HEAD = 6
_FILE_HEAD = 19
_places = threading.Semaphore(settings.EXPORTS_AT_ONCE)
#: The last place is reserved for partners, so that slow readers cannot block their copies.
_strangers = threading.Semaphore(max(1, settings.EXPORTS_AT_ONCE - 1))


class BusyError(Exception):
    """As many snapshots are being read in this process as may be. Its text says what to do."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a snapshot is a snapshot of."""

    epoch: UUID
    seq: int
    count: int

    @property
    def cursor(self) -> str:
        """Where the change feed goes on after it."""
        return change_feed.cursor(self.epoch, self.seq)


class Snapshot:
    """The published claims as they were when it was opened."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection
        row = connection.execute(
            "SELECT h.epoch, h.seq, (SELECT count(*) FROM articles_publishedclaim) FROM articles_head h"
        ).fetchone()
        assert row is not None  # noqa: S101 - a migration made the row
        self.moment = Moment(*row)

    def records(self) -> Iterator[bytes]:
        """The newest record of each claim, byte for byte, in the order of the log."""
        with self._connection.cursor() as cursor, cursor.copy(_RECORDS) as copy:
            first = True
            for data in copy:
                row = bytes(data)
                if first:
                    row, first = row[_FILE_HEAD:], False
                if len(row) > _ROW_HEAD:  # the last one is the trailer
                    yield row[_ROW_HEAD:]


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """A snapshot of the log on its own connection, which is always closed at the end."""
    with readers_connection.open_connection() as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        connection.execute(f"SET LOCAL statement_timeout = '{TIMEOUT_SECONDS}s'")
        yield Snapshot(connection)


def open_snapshot(*, is_partner: bool = False) -> tuple[Snapshot, ExitStack]:
    """A snapshot that stays open until the stack beside it is closed.

    Raises ``BusyError`` when ``EXPORTS_AT_ONCE`` are read already; to strangers, when only the last place is left.
    """
    stack = ExitStack()
    try:
        for places in (_places,) if is_partner else (_strangers, _places):
            if not places.acquire(blocking=False):
                raise BusyError(_("Several exports are being read. Come back in a moment."))
            stack.callback(places.release)
        return stack.enter_context(snapshot()), stack
    except BaseException:
        stack.close()
        raise
