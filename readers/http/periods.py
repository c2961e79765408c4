"""Days in the query of an address: ``?from=2026-03-01&to=2026-03-31``."""

import re
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from readers.http.responses import BadAddressError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EARLIEST, _LATEST = 1900, 2999


def period(params: QueryDict) -> tuple[date | None, date | None]:
    """The first and the last day that an address asks for. Raises ``BadAddressError`` for what is no period."""
    since, until = _day(params, "from"), _day(params, "to")
    if since and until and since > until:
        raise BadAddressError(_("The first day of the period is after its last day. Swap the two."))
    return since, until


def _day(params: QueryDict, name: str) -> date | None:
    value = params.get(name, "").strip()
    if not value:
        return None
    try:
        day = date.fromisoformat(value) if _DAY.fullmatch(value) else date.min
    except ValueError:
        day = date.min
    if not _EARLIEST <= day.year <= _LATEST:
        raise BadAddressError(_("“%(value)s” is not a date. Write it as 2026-03-31.") % {"value": value[:40]})
    return day
