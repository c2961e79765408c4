"""The change feed: every record once, in order; a reader at its end may wait for the next."""

from typing import Final

from django.db import connections
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.claims.read_views import ListView
from api.http import query
from api.http.openapi_helpers import many, ref
from articles.selectors.readers import change_feed, published
from articles.selectors.readers.change_feed import Position
from articles.selectors.readers.change_notifier import watch
from articles.selectors.readers.published import PAGE_SIZE, LogHead
from caching import keys

_PARAMETERS: Final = {**query.PAGING, "wait": query.seconds}


@extend_schema(tags=["Read"])
class ChangesView(ListView):
    """The log."""

    parameters = _PARAMETERS
    cache_keys = (keys.FEEDS,)

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
        """A page of the log: one statement for the head of the log, one for the records."""
        head = published.head()
        stands = change_feed.position(head, self.given.get("cursor", ""))
        if self.given.get("wait") and not stands.backwards:
            head = _awaited(head, stands, seconds=self.given["wait"])
            stands = change_feed.position(head, self.given.get("cursor", ""))  # the epoch may have ended meanwhile
        tag = self.tag(head)
        if unchanged := self.unchanged(tag):
            return unchanged
        feed = change_feed.feed(head, stands, size=self.given.get("page_size", PAGE_SIZE))
        more = b',"next_cursor":"%s","has_more":%s,"head_seq":%d,"epoch":"%s"' % (
            feed.resume.encode(),
            b"true" if feed.next else b"false",
            feed.head_seq,
            str(head.epoch).encode(),
        )
        return self.json_list([row.body for row in feed.rows], feed, tag, more)


def _awaited(head: LogHead, stands: Position, *, seconds: int) -> LogHead:
    """The head of the log once it is beyond ``stands``, or when the time is over."""
    if head.seq > stands.seq:
        return head
    with watch.subscribe() as mark:
        if mark is None:  # too many wait in this process: answered at once, as without ``wait``
            return head
        head = published.head()
        if head.seq > stands.seq:
            return head
        _give_back_connections()
        watch.wait(mark, seconds)
    return published.head()


def _give_back_connections() -> None:
    """Who waits needs no database. (Inside a transaction, which only tests have here, it stays.)"""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
