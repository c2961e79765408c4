"""Everything that is published, in one answer: JSON lines that are the records themselves, or a table."""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from api.http import etags
from api.http.base import ReadView
from api.http.problems import ProblemError
from articles import csv_safety, streaming
from articles.selectors.readers import export, published
from articles.selectors.readers.export import Moment, Snapshot
from lib.transparency import canonical_json

COLUMNS: Final[dict[str, Callable[[dict[str, Any]], Any]]] = {
    "id": lambda d: d["claim"]["id"],
    "slug": lambda d: d["claim"]["slug"],
    "url": lambda d: d["claim"]["url"],
    "seq": lambda d: d["seq"],
    "revision": lambda d: d["revision"],
    "kind": lambda d: d["kind"],
    "first_published_at": lambda d: d["first_published_at"],
    "published_at": lambda d: d["published_at"],
    "language": lambda d: d["claim"]["language"],
    "text": lambda d: d["claim"]["text"],
    "claimant": lambda d: (d["claim"]["claimant"] or {}).get("name"),
    "claimed_on": lambda d: d["claim"]["claimed_on"],
    "topics": lambda d: "; ".join(d["claim"]["topics"]),
    "rating_key": lambda d: _rating(d).get("key"),
    "rating": lambda d: _rating(d).get("label"),
    "rating_value": lambda d: _rating(d).get("value"),
    "summary": lambda d: (d["verdict"] or {}).get("summary"),
    "checked_on": lambda d: (d["verdict"] or {}).get("checked_on"),
    "appearances": lambda d: " ".join(a["article"]["url"] for a in d["appearances"]),
    "evidence": lambda d: len(d["evidence"]),
    "corrections": lambda d: len(d["corrections"]),
    "retraction": lambda d: (d["retraction"] or {}).get("note"),
    "recheck_on": lambda d: d.get("recheck_on"),
    "headline": lambda d: d.get("headline"),
    "key_points": lambda d: " | ".join(d.get("key_points", [])),
    "unknowns": lambda d: " | ".join(d.get("unknowns", [])),
    "authors": lambda d: "; ".join(person["name"] for person in d.get("authors", [])),
    "checked_by": lambda d: "; ".join(person["name"] for person in d.get("checked_by", [])),
    "lead_image": lambda d: (d.get("lead_image") or {}).get("sha256"),
}


def _rating(document: dict[str, Any]) -> dict[str, Any]:
    return dict((document["verdict"] or {}).get("rating") or {})


class _Given(BaseRenderer):
    """A type that can be asked for. Nothing is rendered: the views put their answers into bytes themselves."""

    def __init__(self, media_type: str) -> None:
        self.media_type, self.format = media_type, media_type


class _ExportView(ReadView):
    """A snapshot in one format. It holds a database connection of its own while it is read."""

    content_type = ""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, and let go of the answer: kept here, as the framework does, one that is never sent would wait with
        its place for Python's collector of cycles (view, request and view again)."""
        response = super().dispatch(request, *args, **kwargs)
        del self.response
        return response

    def get_renderers(self) -> list[BaseRenderer]:
        """What ``Accept`` may name: the type that is given, and JSON as everywhere."""
        return [_Given(self.content_type), JSONRenderer()]

    @staticmethod
    def lines(snapshot: Snapshot) -> Iterator[bytes]:
        """The bytes of the answer, in pieces of any size. Not the view's own: an answer never sent is gone at once."""
        raise NotImplementedError

    def give(self, request: Request) -> HttpResponseBase:
        """304, or the stream. Raises a 503 when too many are being read."""
        head = published.head()
        zipped = streaming.takes_gzip(request.headers.get("Accept-Encoding", ""))
        tag = etags.of_content(f"{head.epoch} {head.seq} {self.content_type} {zipped}".encode())
        if unchanged := self.unchanged(tag):
            unchanged["Vary"] = "Accept-Encoding"  # what the whole answer would say (RFC 9110, 15.4.5)
            return unchanged
        if request.method == "HEAD":
            return self._described(HttpResponse(content_type=self.content_type), tag, zipped)
        try:
            snapshot, held = export.open_snapshot(is_partner=request.auth is not None)
        except export.BusyError as error:
            raise ProblemError(503, "busy", str(error), headers={"Retry-After": "20"}) from error
        with held:  # until the stream is there to close it
            moment = snapshot.moment
            body = streaming.closing(self.lines(snapshot), held.pop_all(), zipped=zipped)
        response = StreamingHttpResponse(body, content_type=self.content_type)
        response["X-As-Of-Seq"], response["X-Epoch"] = str(moment.seq), str(moment.epoch)
        response["X-Next-Cursor"] = moment.cursor
        return self._described(response, tag, zipped)

    def _described(self, response: HttpResponseBase, tag: str, zipped: bool) -> HttpResponseBase:
        self._marked(response, tag)  # type: ignore[arg-type]
        response["Vary"] = "Accept-Encoding"
        if zipped:
            response["Content-Encoding"] = "gzip"
        return response


_HEADERS_TEXT = "X-As-Of-Seq and X-Epoch say which moment it is; X-Next-Cursor goes on with the change feed from there."


@extend_schema(tags=["Read"])
class JSONLinesView(_ExportView):
    """The newest record of every claim, a line each."""

    content_type = "application/x-ndjson"

    @extend_schema(
        operation_id="export_jsonl",
        summary="Every published claim as of one moment: its newest record, verbatim, a line each",
        description="In the order of the log, retracted ones included. The last line is "
        '`{"schema":"factcheck.export/1","as_of_seq":…,"epoch":…,"next_cursor":…,"count":…}`: without it the download '
        f"was cut off. {_HEADERS_TEXT} Send `Accept-Encoding: gzip`.",
        responses={(200, "application/x-ndjson"): OpenApiResponse(OpenApiTypes.STR, "The snapshot")},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The stream."""
        return self.give(request)

    @staticmethod
    def lines(snapshot: Snapshot) -> Iterator[bytes]:
        """Record, line end, and so on; then the moment."""
        for body in snapshot.records():
            yield body
            yield b"\n"
        yield _last_line(snapshot.moment)


def _last_line(moment: Moment) -> bytes:
    document = {
        "schema": "factcheck.export/1",
        "as_of_seq": moment.seq,
        "epoch": str(moment.epoch),
        "next_cursor": moment.cursor,
        "count": moment.count,
    }
    return canonical_json.canonical(document) + b"\n"


@extend_schema(tags=["Read"])
class CSVView(_ExportView):
    """The newest record of every claim, a row each."""

    content_type = "text/csv"

    @extend_schema(
        operation_id="export_csv",
        summary="Every published claim as of one moment, as a table",
        description=f"Columns: {', '.join(COLUMNS)}. RFC 4180, UTF-8 without a byte order mark. A cell that a "
        f"spreadsheet would take for a formula begins with an apostrophe. {_HEADERS_TEXT}",
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, "The snapshot")},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The stream."""
        return self.give(request)

    @staticmethod
    def lines(snapshot: Snapshot) -> Iterator[bytes]:
        """The names of the columns, then a row a claim."""
        yield csv_safety.row(list(COLUMNS))
        for body in snapshot.records():
            document = json.loads(body)
            yield csv_safety.row([cell(document) for cell in COLUMNS.values()])
