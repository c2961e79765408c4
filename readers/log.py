"""The log for auditors: checkpoint, key, tiles, entries (C2SP tlog-tiles), and a proof for each revision."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.selectors.readers import log, published
from articles.selectors.readers.log import TILE_WIDTH, NoSuchTileError
from articles.services.log import checkpoints, signing_keys, witnesses
from caching import headers as cache_headers
from caching import keys
from lib.refusals import RefusedError
from readers.http.responses import readers_page

#: A checkpoint is out of date with the next record (tlog-tiles: no more than a few seconds).
_BRIEFLY = "public, max-age=0, s-maxage=5, must-revalidate"
_FOREVER = "public, max-age=31536000, immutable"
_TEXT = "text/plain; charset=utf-8"
#: Seconds after which a refused signature is worth asking for again: a replica may have caught up.
_RETRY_AFTER = "60"
#: Level or "entries", the number in groups of three digits, all but the last marked with x, and a width below 256.
_TILE = re.compile(
    r"(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The head of the log, signed, and cosigned by the witnesses that have seen it."""
    try:
        return _text(witnesses.cosigned(checkpoints.current()), _BRIEFLY)
    except RefusedError as error:
        return _unavailable(error)


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The keys that checkpoints are signed with, as verifiers want them, one a line."""
    try:
        return _text("".join(f"{signer.verifier_key()}\n" for signer in signing_keys.signers()), _BRIEFLY)
    except RefusedError as error:
        return _unavailable(error)


@require_safe
def tile(request: HttpRequest, address: str) -> HttpResponse:
    """Hashes of the tree, or the entries under it; what an address holds never changes."""
    try:
        return HttpResponse(
            _tile(address), content_type="application/octet-stream", headers={"Cache-Control": _FOREVER}
        )
    except NoSuchTileError:
        return HttpResponse(
            _("The log has no such tile, or not yet. How tiles are numbered: c2sp.org/tlog-tiles.") + "\n",
            status=404,
            content_type=_TEXT,
            headers={"Cache-Control": "no-store"},
        )


@readers_page
def proof(request: HttpRequest, slug: str, revision: int) -> HttpResponse:
    """That this revision is in the log, to be checked offline with the record's bytes."""
    record = published.revision(published.claim(slug=slug).claim_id, revision)
    try:
        response = HttpResponse(checkpoints.proof(record), content_type=_TEXT)
    except RefusedError as error:
        return _unavailable(error)
    cache_headers.mark_public(response, [keys.claim(record.claim_id)])
    return response


def _tile(address: str) -> bytes:
    parts = _TILE.fullmatch(address)
    if parts is None:
        raise NoSuchTileError
    index = int(parts["index"].replace("x", "").replace("/", ""))
    width = int(parts["width"] or TILE_WIDTH)
    if parts["index"] != tile_number(index) or (parts["width"] and width >= TILE_WIDTH):
        raise NoSuchTileError
    if parts["level"] == "entries":
        return b"".join(len(entry).to_bytes(2, "big") + entry for entry in log.entries(index, width))
    return b"".join(log.tile(int(parts["level"]), index, width))


def tile_number(index: int) -> str:
    """A tile's number as the path has it: 1234067 is ``x001/x234/067`` (C2SP tlog-tiles)."""
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03d}")
    return "/".join(groups)


def _text(body: str, cache_control: str) -> HttpResponse:
    response = HttpResponse(body, content_type=_TEXT, headers={"Cache-Control": cache_control})
    cache_headers.mark_keys(response, [keys.LOG])
    return response


def _unavailable(error: RefusedError) -> HttpResponse:
    """The refusal in its own words, uncached; the rest of the site goes on.

    404 on a site that does not sign its log: there is nothing to come back for. Else 503.
    """
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, signing_keys.NotSignedError):
        return HttpResponse(f"{error}\n", status=404, content_type=_TEXT, headers=headers)
    headers["Retry-After"] = _RETRY_AFTER
    return HttpResponse(f"{error}\n", status=503, content_type=_TEXT, headers=headers)
