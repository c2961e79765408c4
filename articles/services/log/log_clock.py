"""The time of records: the database's clock, and never before the record that came before."""

import time
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from lib.refusals import NotNowError

#: Publishing waits so long at most for a clock that is a little behind; other publications wait too.
LONGEST_WAIT: Final = timedelta(seconds=2)
#: Seconds after which a refused caller is told to try again at the latest.
_RETRY_SECONDS: Final = 3600


class ClockBehindError(NotNowError):
    """The record would be dated before the one that came before it."""

    code = "clock_behind"


def now() -> datetime:
    """The time of the database, at this statement and not at the transaction's beginning."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def moment_after(seq: int, at: datetime | None) -> datetime:
    """The moment of the record after number ``seq``: ``at`` if it is given, else the database's time.

    When the database's clock is at most ``LONGEST_WAIT`` behind the record ``seq``, it waits for it. Raises
    ``ClockBehindError`` for a larger gap, and for an ``at`` before that record.
    """
    clock, before = _times(seq)
    moment = at or clock
    if before is None or moment >= before:
        return moment
    gap = before - moment
    if at is None and gap <= LONGEST_WAIT:
        time.sleep(gap.total_seconds())
        return max(now(), before)
    raise ClockBehindError(
        f"Nothing was published: the newest record is dated {before:%Y-%m-%d %H:%M:%S} UTC, and this one would be "
        f"dated {moment:%Y-%m-%d %H:%M:%S} UTC. The clock of the database is probably wrong. Tell the people who run "
        "the site.",
        retry_after=min(int(gap.total_seconds()) + 1, _RETRY_SECONDS),
    )


def _times(seq: int) -> tuple[datetime, datetime | None]:
    """The database's time, and the time of the record ``seq``; nothing for an empty log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), (SELECT at FROM articles_record WHERE seq = %s)", [seq])
        clock, before = cursor.fetchone()
    return clock, before
