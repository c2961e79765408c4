"""``Idempotency-Key``: a request that is sent again is answered again, and done once."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder

from accounts.models import User
from api.http.problems import ProblemError
from partners.models import Partner
from partners.models.answer import MAX_KEY
from partners.services import idempotency
from partners.services.idempotency import KeyInUseError, KeyMismatchError

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotent-Replayed"
_KEY = re.compile(rf"[\x20-\x7e]{{1,{MAX_KEY}}}")
#: One request in so many also forgets old answers.
_SWEEP_EVERY: Final = 100


@dataclass(frozen=True, slots=True)
class IdempotentResponse:
    """An answer before it is put into bytes."""

    document: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    #: What is kept and given again, when that is not the document: one that shows a secret is kept without it.
    kept: Any = None


def idempotent(
    request: Request, caller: Partner | User, act: Callable[[datetime], IdempotentResponse], *, required: bool = True
) -> HttpResponse:
    """Do ``act`` in one transaction and keep its answer; or repeat the answer that is kept under this key.

    What ``act`` raises rolls everything back, so a refused request leaves its key free. Unless a key is ``required``,
    a request without one is simply done.
    Raises ``ProblemError``: 400 without a proper key, 409 while the first is under way, 422 for another request.
    """
    at = timezone.now()
    if not required and HEADER not in request.headers:
        return _simply(act, at)
    key = _key(request)
    mark = idempotency.fingerprint(method=request.method or "", path=request.path, body=_content(request.data))
    try:
        with transaction.atomic():
            kept = idempotency.begin(caller=caller, key=key, fingerprint=mark, at=at)
            if kept is not None:
                return _answer(kept.status or 200, {**kept.headers, REPLAYED: "true"}, bytes(kept.body))
            given = act(at)
            body = _bytes(given.document)
            again = body if given.kept is None else _bytes(given.kept)
            idempotency.keep(caller=caller, key=key, status=given.status, headers=given.headers, body=again, at=at)
            if random.randrange(_SWEEP_EVERY) == 0:  # noqa: S311 - no secret
                idempotency.sweep(at=at)
    except (KeyInUseError, KeyMismatchError) as error:
        raise _problem(error) from None
    return _answer(given.status, given.headers, body)


def _problem(error: KeyInUseError | KeyMismatchError) -> ProblemError:
    if isinstance(error, KeyInUseError):
        return ProblemError(
            409,
            "idempotency_key_in_use",
            "A request with this Idempotency-Key is still under way. Send it again in a moment.",
            headers={"Retry-After": "2"},
        )
    return ProblemError(
        422,
        "idempotency_key_mismatch",
        "This Idempotency-Key was used for another request. A new request needs a new key.",
    )


@transaction.atomic
def _simply(act: Callable[[datetime], IdempotentResponse], at: datetime) -> HttpResponse:
    given = act(at)
    return _answer(given.status, given.headers, _bytes(given.document))


def _bytes(document: Any) -> bytes:
    if document is None:
        return b""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), cls=JSONEncoder).encode()


def _content(data: Any) -> Any:
    """What a body says. A form's files count by their name and their bytes."""
    if not isinstance(data, MultiValueDict):
        return data
    return {name: [_file(one) if isinstance(one, UploadedFile) else one for one in many] for name, many in data.lists()}


def _file(upload: "UploadedFile[Any]") -> list[str]:
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return [upload.name or "", digest.hexdigest()]


def _key(request: Request) -> str:
    given = request.headers.get(HEADER)
    if given is None:
        raise ProblemError(
            400,
            "idempotency_key_required",
            f"Send an {HEADER} of your own making, such as a UUID, and the same one when you repeat the request.",
        )
    if not _KEY.fullmatch(given) or not given.strip():
        raise ProblemError(
            400, "idempotency_key_invalid", f"{HEADER} has to be 1 to {MAX_KEY} printable ASCII characters."
        )
    return given


def _answer(status: int, headers: dict[str, str], body: bytes) -> HttpResponse:
    return HttpResponse(body, status=status, content_type="application/json", headers=headers)
