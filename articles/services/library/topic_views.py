"""What is read about: pages wanted in a minute, added up by topic and day.

A page counts once in a minute and process, however often it was asked for. So a loop that asks all day weighs no more
than one page that is always being read, and a shared cache, which asks anew twice a minute, hides hardly anything.
Readers' addresses, cookies and the pages themselves are written nowhere. Why: docs/decisions/0030.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from threading import Lock

from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate

logger = logging.getLogger(__name__)

#: Seconds for which a process gathers what was read before it writes it down.
GATHER_SECONDS = 60
#: Days after which nobody asks for a day's readings any more.
KEEP_DAYS = 30

Counts = Counter[tuple[date, str]]

# In the order of the key, so that two processes that write at once wait for each other and never both.
_ADD = """
INSERT INTO articles_topicreading AS kept (day, topic, minutes)
SELECT * FROM unnest(%s::date[], %s::text[], %s::int[]) AS read (day, topic, minutes) ORDER BY 1, 2
ON CONFLICT (day, topic) DO UPDATE SET minutes = kept.minutes + excluded.minutes
"""
_FORGET = "DELETE FROM articles_topicreading WHERE day < %s"


class ViewCounter:
    """What was read in this process and is not written down yet. Threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0
        self._pages: set[str] = set()
        self._counts: Counts = Counter()
        self._since: datetime | None = None

    def note(self, page: str, topics: Iterable[str], *, at: datetime) -> None:
        """Somebody wants to read ``page``, which is about ``topics``. Once in a minute it counts."""
        minute = int(at.timestamp()) // 60
        with self._lock:
            if minute != self._minute:
                self._minute, self._pages = minute, set()
            if page in self._pages:
                return
            self._pages.add(page)
            self._counts.update((localdate(at), topic) for topic in topics)
            self._since = self._since or at

    def due(self, *, at: datetime) -> Counts:
        """What was gathered, once the first of it is ``GATHER_SECONDS`` old; until then nothing. Given out once."""
        if self._since is None or (at - self._since).total_seconds() < GATHER_SECONDS:
            return Counter()
        with self._lock:
            counts, self._counts, self._since = self._counts, Counter(), None
        return counts


COUNTER = ViewCounter()


def write_due(*, at: datetime) -> int:
    """Write down what this process has gathered, if it is time; returns how many minutes were added.

    What cannot be written is lost: a list of topics is not worth a reader's waiting.
    """
    counts = COUNTER.due(at=at)
    if not counts:
        return 0
    days, topics = zip(*counts, strict=True)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ADD, [list(days), list(topics), list(counts.values())])
            cursor.execute(_FORGET, [localdate(at) - timedelta(days=KEEP_DAYS)])
    except DatabaseError as error:
        logger.warning("What was read in the last minutes could not be written down: %s", error)
        return 0
    return counts.total()
