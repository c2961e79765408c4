"""Entity tags: of stored records for readers, of versions for editors."""

import base64
import hashlib
import re
from uuid import UUID

from django.utils.http import parse_etags
from rest_framework.request import Request

from api.http.problems import ProblemError
from lib.refusals import StaleError

_ONE_TAG = re.compile(r'(?:W/)?"(?P<opaque>[\x21\x23-\x7e\x80-\xff]*)"')


def of_digest(sha256: bytes) -> str:
    """The strong tag of something whose hash is known."""
    return f'"{base64.urlsafe_b64encode(bytes(sha256)).decode()[:22]}"'


def of_content(data: bytes) -> str:
    """The strong tag of ``data``."""
    return of_digest(hashlib.sha256(data).digest())


def of_version(kind: str, pk: UUID | int, version: int) -> str:
    """The strong tag of one version of a row of the desk; ``kind`` is a, c, p, s, or e for
    a partner's endpoint."""
    return f'"{kind}{pk}-v{version}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the client holds ``tag`` already (If-None-Match, compared weakly as RFC 9110 says)."""
    held = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in held or tag in {one.removeprefix("W/") for one in held}


def required_version(request: Request, kind: str, pk: UUID | int, *, current: int) -> int:
    """The version the client's change was made on, from ``If-Match``.

    Whether it still holds is found out by the service, under the row's lock. Raises 428 without a version, 400 for
    what is no single tag, and ``StaleError`` for another object's. A weak tag counts like a strong one: a proxy that
    compresses the answer makes the tag weak, and the version is the same.
    """
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        raise ProblemError(
            428,
            "precondition_required",
            "Say which version you are changing: send If-Match with the ETag you got when you read it.",
            headers={"ETag": of_version(kind, pk, current)},
        )
    found = _ONE_TAG.fullmatch(header)
    if not found:
        raise ProblemError(400, "invalid_if_match", "If-Match has to hold exactly one entity tag, with its quotes.")
    version = re.fullmatch(rf"{kind}{pk}-v([1-9][0-9]{{0,9}})", found["opaque"])
    if not version:
        raise StaleError(current=current)
    return int(version[1])
