"""Values that are other ones after everything that changes a page made from records, or pages under some keys."""

from typing import Any

from django.db import connections
from django.utils.timezone import localdate

from articles.selectors.readers import prepared
from articles.selectors.readers.connection import ALIAS
from articles.selectors.readers.scale import edited_words
from caching import keys

State = tuple[Any, ...]
_STATE = f"""
SELECT {edited_words.STAMP}, epoch, seq, root,
    (SELECT count(*) || '/' || max(id) FROM articles_publishedmerge),
    (SELECT count(*) || '/' || max(id) FROM articles_pagerevision),
    (SELECT md5(string_agg(r::text, '|' ORDER BY r.key, r.edition)) FROM articles_rating r),
    (SELECT md5(string_agg(p::text, '|' ORDER BY p.language)) FROM articles_frontpin p)
FROM articles_head WHERE id = 1
"""  # noqa: S608


_CHANGED = f"""
SELECT {edited_words.STAMP}, epoch,
    (SELECT coalesce(max(seq), 0) FROM articles_publishedchange WHERE key = ANY(%s)),
    (SELECT coalesce(max(id), 0) FROM articles_publishedmerge)
FROM articles_head WHERE id = 1
"""  # noqa: S608


def changed(*which: str) -> str:
    """A name for what pages under these keys (``caching.keys``) show: another one after each record that changed it.

    Changes of the whole site and merges count as well; ``services.log.changes`` notes them.
    """
    found = prepared.row(_CHANGED, [keys.SITE, *which])
    assert found is not None, "the migrations put it there"  # noqa: S101
    edited_words.follow(found[0])
    return "/".join(map(str, found[1:]))


def current() -> State:
    """What readers' pages follow from now: the log, merges, the scale, pages about the newsroom, pins, the day.

    The server that was asked is part of it: a replica that is behind says nothing about another one.
    """
    found = prepared.row(_STATE)
    assert found is not None, "the migrations put it there"  # noqa: S101
    edited_words.follow(found[0])
    return (server(), localdate(), *found)


def server() -> tuple[str, int]:
    """The host and port that readers' pages are read from in this thread; empty while there is no connection."""
    connection = connections[ALIAS].connection
    return ("", 0) if connection is None or connection.closed else (connection.info.host, connection.info.port)
