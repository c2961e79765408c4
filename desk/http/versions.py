"""The version of a row that somebody saw: in a signed hidden field of a form, in ``If-Match``, or in a JSON body."""

import re
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from articles.models.base import Versioned
from desk.http.refusals import UnreadableRequestError
from desk.http.requests import whole_number
from lib.refusals import StaleError

FIELD = "_version"
_SALT = "desk.version"
_TAG = re.compile(r'"(?:\w+-v)?(\d{1,9})"')


def sign(row: Versioned) -> str:
    """The hidden field's value for the current ``row``. Signed, so that another version cannot be forged."""
    return signing.dumps([str(row.pk), row.version], salt=_SALT)


def read(value: str | None, row: Versioned) -> int | None:
    """The version of ``row`` that a posted value names; ``None`` when it is missing, altered or another row's."""
    try:
        pk, version = signing.loads(value or "", salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(version) if pk == str(row.pk) else None


def of_form(request: Any, row: Versioned, field: str = FIELD) -> int:
    """The version of ``row`` in the hidden field of a posted form. Raises ``StaleError``."""
    version = read(request.POST.get(field), row)
    if version is None:
        raise StaleError(current=row.version)
    return version


def of_json(request: Any, sent: dict[str, Any]) -> int:
    """The version in ``If-Match`` (``"7"`` or ``"claim-v7"``, as the API writes it), else in ``version`` of the body.

    Raises ``UnreadableRequestError``.
    """
    if header := request.headers.get("If-Match"):
        found = _TAG.fullmatch(header)
        if found is None:
            raise UnreadableRequestError(_("“If-Match” names the version the change was made on."))
        return int(found[1])
    return whole_number(sent, "version")
