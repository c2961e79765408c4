"""Days in the query of an address: ``?from=2026-03-01&to=2026-03-31``."""

from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from lib.parsing.days import parse_day
from lib.parsing.errors import ParseError
from readers.http.responses import BadAddressError

_EARLIEST: Final = date(1900, 1, 1)
_LATEST: Final = date(2999, 12, 31)


def period(params: QueryDict) -> tuple[date | None, date | None]:
    """The first and the last day that an address asks for. Raises ``BadAddressError`` for what is no period."""
    since, until = read_day(params, "from"), read_day(params, "to")
    check_order(since, until)
    return since, until


def check_order(since: date | None, until: date | None) -> None:
    """Raise ``BadAddressError`` when the first day is after the last."""
    if since and until and since > until:
        raise BadAddressError(_("The first day of the period is after its last day. Swap the two."))


def read_day(params: QueryDict, name: str) -> date | None:
    """The day that a parameter names; None when it is left out. Raises ``BadAddressError``."""
    value = params.get(name, "").strip()
    if not value:
        return None
    try:
        return parse_day(value, earliest=_EARLIEST, latest=_LATEST)
    except ParseError:
        raise BadAddressError(_("“%(value)s” is not a date. Write it as 2026-03-31.") % {"value": value[:40]}) from None
