"""What a request of the desk's scripts holds: one JSON object, whole numbers, ids."""

import json
import uuid
from typing import Any

from django.utils.translation import gettext as _

from desk.http.refusals import UnreadableRequestError


def posted(request: Any) -> dict[str, Any]:
    """The JSON object in a request's body, in the values a form reads. Raises ``UnreadableRequestError``."""
    try:
        sent = json.loads(request.body)
        json.dumps(sent, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise UnreadableRequestError(_("Send one JSON object in UTF-8.")) from error
    if not isinstance(sent, dict):
        raise UnreadableRequestError(_("Send one JSON object."))
    for name, value in sent.items():
        many = value if isinstance(value, list) else [value]
        if not all(item is None or isinstance(item, str | int | float | bool) for item in many):
            raise UnreadableRequestError(_("“%(name)s” is neither a plain value nor a list of them.") % {"name": name})
    return sent


def as_fields(sent: dict[str, Any]) -> dict[str, Any]:
    """JSON values as a form's fields are posted: lists with commas, nothing as an empty text."""
    return {
        name: ",".join(map(str, value)) if isinstance(value, list) else "" if value is None else value
        for name, value in sent.items()
    }


def whole_number(sent: dict[str, Any], name: str) -> int:
    """A whole number below 10⁹ at ``name``. Raises ``UnreadableRequestError``."""
    value = sent.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise UnreadableRequestError(_("“%(name)s” is a whole number.") % {"name": name})
    return value


def number_in(value: str) -> int | None:
    """A whole number below 10⁹ as an address or a form holds it; ``None`` for anything else."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def id_in(sent: dict[str, Any], name: str) -> uuid.UUID:
    """The id at ``name``. Raises ``UnreadableRequestError``."""
    try:
        return uuid.UUID(str(sent.get(name)))
    except ValueError as error:
        raise UnreadableRequestError(_("“%(name)s” is an id.") % {"name": name}) from error
