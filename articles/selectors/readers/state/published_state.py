"""Values that are other ones after everything that changes a page made from records, or pages under some keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import connections

from articles.selectors.readers import prepared
from articles.selectors.readers.connection import ALIAS
from articles.selectors.readers.scale import edited_words
from caching import keys

#: A look forgets what it knew of earlier changes when it knows of so many keys.
MOST_KEYS: Final = 20_000


@dataclass(frozen=True, slots=True)
class State:
    """What readers' pages follow from at one moment: the last number of the log, and everything beside the log.

    ``server`` is the one that was asked: a replica that is behind says nothing about another one. ``beside`` has
    the epoch of the log, merges, the scale, pages about the newsroom, and pins.
    """

    seq: int
    server: tuple[str, int]
    beside: str


@dataclass(slots=True)
class Look:
    """What was seen of the state so far, and the number of the newest record that changed each key since ``since``."""

    state: State
    since: int
    changed: dict[str, int] = field(default_factory=dict)

    def is_unchanged(self, state: State, shown: Sequence[str]) -> bool:
        """Whether a page made under ``state`` is the same now; ``shown`` are its keys, of which it has at least one."""
        if not self._is_comparable(state) or not self.since <= state.seq or not shown:
            return False
        return all(self.changed.get(key, 0) <= state.seq for key in (*shown, keys.SITE))

    def is_older(self, state: State) -> bool:
        """Whether ``state`` is of before the first look, so that the database has to be asked what changed since."""
        return self._is_comparable(state) and state.seq < self.since

    def _is_comparable(self, state: State) -> bool:
        return (state.server, state.beside) == (self.state.server, self.state.beside) and state.seq <= self.state.seq


_STATE = f"""
SELECT {edited_words.STAMP}, seq, epoch,
    (SELECT count(*) || '/' || max(id) FROM articles_publishedmerge),
    (SELECT count(*) || '/' || max(id) FROM articles_pagerevision),
    (SELECT md5(string_agg(r::text, '|' ORDER BY r.key, r.edition)) FROM articles_rating r),
    (SELECT md5(string_agg(p::text, '|' ORDER BY p.language)) FROM articles_frontpin p)
FROM articles_head WHERE id = 1
"""  # noqa: S608


_CHANGED = f"""
SELECT {edited_words.STAMP}, epoch,
    CASE WHEN seq <= (SELECT max(seq) FROM articles_publishedchange)
        THEN (SELECT coalesce(max(seq), 0) FROM articles_publishedchange WHERE key = ANY(%s)) ELSE seq END,
    (SELECT coalesce(max(id), 0) FROM articles_publishedmerge)
FROM articles_head WHERE id = 1
"""  # noqa: S608


_CHANGED_LAST = """
SELECT coalesce(max(seq) FILTER (WHERE key = ANY(%s)), 0), coalesce(max(seq), 0) FROM articles_publishedchange
WHERE seq > %s
"""
_CHANGED_SINCE = "SELECT key, seq FROM articles_publishedchange WHERE seq > %s"


def changed(*which: str) -> str:
    """A name for what pages under these keys (``caching.keys``) show: another one after each record that changed it.

    Changes of the whole site and merges count as well; ``services.log.changes`` notes them. While the newest record
    is not noted, it counts as a change of everything.
    """
    found = prepared.row(_CHANGED, [keys.SITE, *which])
    assert found is not None, "the migrations put it there"  # noqa: S101
    edited_words.follow(found[0])
    return "/".join(map(str, found[1:]))


def current() -> State:
    """The state now."""
    found = prepared.row(_STATE)
    assert found is not None, "the migrations put it there"  # noqa: S101
    edited_words.follow(found[0])
    stamp, seq, *rest = found
    return State(seq, server(), "|".join(map(str, (stamp, *rest))))


def look(before: Look | None) -> Look:
    """What is known after another look at the state; ``before`` is what the last one gave."""
    state = current()
    is_next = before is not None and before.state.server == state.server and before.state.seq <= state.seq
    if before is None or not is_next or len(before.changed) > MOST_KEYS:
        return Look(state, since=state.seq)
    if before.state.seq < state.seq:
        found = dict(prepared.rows(_CHANGED_SINCE, before.state.seq))
        if max(found.values(), default=0) < state.seq:  # a record that nobody noted may have changed anything
            found[keys.SITE] = state.seq
        before.changed.update(found)
    before.state = state
    return before


def is_unchanged_since(state: State, look: Look, shown: Sequence[str]) -> bool:
    """What ``Look.is_unchanged`` says, for a ``state`` of before the first look; it asks the database."""
    if not shown or not look.is_older(state):
        return False
    found = prepared.row(_CHANGED_LAST, [*shown, keys.SITE], state.seq)
    return found is not None and found[0] == 0 and found[1] >= look.state.seq


def server() -> tuple[str, int]:
    """The host and port that readers' pages are read from in this thread; empty while there is no connection."""
    connection = connections[ALIAS].connection
    return ("", 0) if connection is None or connection.closed else (connection.info.host, connection.info.port)
