"""Whether the database is away: one log line when it goes, and one when it is back. Whether a disk is full."""

import errno
import logging
import time
from typing import Any, Final

from django.db import InterfaceError, OperationalError
from django.db.backends.signals import connection_created

logger = logging.getLogger("factcheck.outages")
#: After so many seconds it is worth asking again.
RETRY_AFTER: Final = 10
DETAIL: Final = "The database does not answer at this moment. Nothing was changed. Try again in a few seconds."
FULL_DETAIL: Final = (
    "The server's disk is full. Nothing was saved. Tell the people who run the site, and try again later."
)
#: SQLSTATE of a full disk of PostgreSQL.
_FULL: Final = "53100"
#: SQLSTATE of a lost connection: class 08, a server that shuts down, crashed or starts, too many connections.
_LOST: Final = ("08", "57P01", "57P02", "57P03", "57P05", "53300")


class _State:
    """Since when the database has been away in this process, by the steady clock; ``None`` while it answers."""

    since: float | None = None


def is_outage(error: BaseException | None) -> bool:
    """Whether an error says that the database is away, not that a statement was wrong, refused or too slow."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or str(state).startswith(_LOST)


def is_full(error: BaseException | None) -> bool:
    """Whether an error says that there is no room on a disk, ours or PostgreSQL's."""
    if isinstance(error, OperationalError):
        return getattr(error.__cause__, "sqlstate", None) == _FULL
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the request may be answered when it is sent again later."""
    return is_outage(error) or is_full(error)


def detail_of(error: BaseException) -> str:
    """What the one who asked is told."""
    return FULL_DETAIL if is_full(error) else DETAIL


def note(error: BaseException) -> None:
    """Write the line that an outage begins, once; that a disk is full each time."""
    if is_full(error):
        logger.error("A disk is full: %s", error)
        return
    if _State.since is None:
        _State.since = time.monotonic()
        logger.error("The database is away: %s", str(error).strip().splitlines()[0] if str(error).strip() else error)


def _note_end(**_signal: Any) -> None:
    """A new connection: if there was an outage, it is over."""
    if _State.since is not None:
        logger.warning("The database answers again after %.0f seconds.", time.monotonic() - _State.since)
        _State.since = None


connection_created.connect(_note_end, dispatch_uid="factcheck.outages")


class OutageFilter(logging.Filter):
    """Keeps the tracebacks of an outage out of the log: each request would write the same one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        error = record.exc_info[1] if record.exc_info else None
        return not is_outage(error)
