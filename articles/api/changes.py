"""The change feed: every record once, in order; a reader at its end may wait for the next."""

from typing import Final

from django.db import connections
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from articles.api import query
from articles.api.describing import many, ref
from articles.api.reading import ListView
from articles.selectors import public, public_feed
from articles.selectors.public import PAGE_SIZE, LogHead
from articles.selectors.public_feed import Position
from articles.selectors.public_watch import watch

_PARAMETERS: Final = {**query.PAGING, "wait": query.seconds}


@extend_schema(tags=["Read"])
class ChangesView(ListView):
    """The log."""

    parameters = _PARAMETERS

    @extend_schema(
        operation_id="changes_list",
        summary="The change feed: every record in the order of the log, oldest first",
        description="`seq` has no gaps. Keep `next_cursor` after you have processed a page and come back with it: "
        "nothing is missed and nothing comes twice. It is there on an empty page, too. Polling at the end with "
        "`If-None-Match` costs a 304; with `wait` the answer comes when there is something, or after that many "
        "seconds. 410 means that the log was restored: take the `snapshot` named there and go on with its cursor.",
        parameters=many(_PARAMETERS),
        responses=ref("Changes"),
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of the log: one statement for where the log stands, one for the records."""
        head = public.head()
        stands = public_feed.position(head, self.given.get("cursor", ""))
        if self.given.get("wait") and not stands.backwards:
            head = _awaited(head, stands, seconds=self.given["wait"])
            stands = public_feed.position(head, self.given.get("cursor", ""))  # the epoch may have ended meanwhile
        tag = self.tag(head)
        if unchanged := self.unchanged(tag):
            return unchanged
        feed = public_feed.feed(head, stands, size=self.given.get("page_size", PAGE_SIZE))
        more = b',"next_cursor":"%s","has_more":%s,"head_seq":%d,"epoch":"%s"' % (
            feed.resume.encode(),
            b"true" if feed.next else b"false",
            feed.head_seq,
            str(head.epoch).encode(),
        )
        return self.joined([row.body for row in feed.rows], feed, tag, more)


def _awaited(head: LogHead, stands: Position, *, seconds: int) -> LogHead:
    """Where the log stands once it goes beyond ``stands``, or when the time is over."""
    if head.seq > stands.seq:
        return head
    with watch.place() as mark:
        if mark is None:  # too many wait in this process: answered at once, as without ``wait``
            return head
        head = public.head()
        if head.seq > stands.seq:
            return head
        _give_back_connections()
        watch.wait(mark, seconds)
    return public.head()


def _give_back_connections() -> None:
    """Who waits needs no database. (Inside a transaction, which only tests have here, it stays.)"""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
