"""Every claim review in one document: a schema.org DataFeed, as collectors of ClaimReview read it.

A withdrawn claim stays in it as an item with ``dateDeleted`` and no review, so that who copies the feed learns of it.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse

from articles import claim_addresses, streaming
from articles.claim_review import claim_review, first_day, publisher
from articles.selectors.readers import export, published
from articles.selectors.readers.export import Snapshot
from caching import keys
from readers.http import view_models
from readers.http.responses import conditional, readers_page

CONTENT_TYPE = "application/ld+json"


@readers_page
def datafeed(request: HttpRequest) -> HttpResponseBase:
    """The standing reviews and the withdrawals at one moment, in the order in which they were published."""
    zipped = streaming.takes_gzip(request.headers.get("Accept-Encoding", ""))

    def make() -> HttpResponseBase:
        if request.method == "HEAD":
            return HttpResponse(content_type=CONTENT_TYPE)
        try:
            snapshot, held = export.open_snapshot()
        except export.BusyError as error:
            return HttpResponse(
                str(error), status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "20"}
            )
        with held:  # until the stream is there to close it
            body = streaming.closing(_lines(snapshot), held.pop_all(), zipped=zipped)
        response = StreamingHttpResponse(body, content_type=CONTENT_TYPE)
        if zipped:
            response["Content-Encoding"] = "gzip"
        return response

    names = (request.path, settings.FEED_LICENSE, str(zipped), published.head().root)
    response = conditional(request, *names, keys=[keys.FEEDS], make=make)
    response["Vary"] = "Accept-Encoding"
    return response


def _lines(snapshot: Snapshot) -> Iterator[bytes]:
    head = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": settings.SITE_NAME,
        "url": view_models.address("datafeed"),
        "publisher": publisher(),
    } | _license("license")
    yield _packed(head)[:-1] + b',"dataFeedElement":['
    newest = None
    for number, body in enumerate(snapshot.records()):
        document = json.loads(body)
        newest = document["published_at"]
        yield (b",\n" if number else b"\n") + _packed(_item(document))
    yield b"\n]" + (b',"dateModified":' + _packed(newest) if newest else b"") + b"}\n"


def _item(document: dict[str, Any]) -> dict[str, Any]:
    """The entry of one claim: its review, or when it was withdrawn."""
    url = claim_addresses.canonical_address(document["claim"]["slug"], document["claim"]["language"])
    item = {
        "@type": "DataFeedItem",
        "url": url,
        "dateCreated": first_day(document),
        "dateModified": document["published_at"],
    }
    if document["retraction"]:
        return item | {"dateDeleted": document["published_at"], "item": []}
    review = claim_review(document, url=url)
    del review["@context"]  # the feed's own holds for all of it
    review |= {"sdPublisher": publisher(), "sdDatePublished": document["published_at"][:10]} | _license("sdLicense")
    return item | {"item": [review]}


def _license(name: str) -> dict[str, str]:
    return {name: settings.FEED_LICENSE} if settings.FEED_LICENSE else {}


def _packed(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
