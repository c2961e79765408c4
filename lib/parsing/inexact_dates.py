"""Calendar dates of which the day, or the day and the month, may be unknown: EDTF (ISO 8601-2) level 0."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Self

from lib.parsing.errors import ParseError

Precision = Literal["year", "month", "day"]
_EDTF: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_PRECISIONS: Final[dict[int, Precision]] = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True, order=True)
class InexactDate:
    """A year, a month or a day, as EDTF writes it: ``2020``, ``2020-10``, ``2020-10-04``.

    The order is that of the first days; of two dates with the same first day the less precise one comes first. The
    texts have the same order. Make one with ``parse_inexact_date`` or ``from_day``: both check it.
    """

    edtf: str

    @classmethod
    def from_day(cls, day: date) -> Self:
        """An exact day."""
        return cls(date(day.year, day.month, day.day).isoformat())

    @classmethod
    def least_from(cls, day: date) -> Self:
        """The smallest date whose first day is ``day``: everything from there on begins on ``day`` or later."""
        written = day.isoformat()
        return cls(written.removesuffix("-01").removesuffix("-01"))

    def __str__(self) -> str:
        return self.edtf

    def isoformat(self) -> str:
        """The date as ISO 8601 writes it, with reduced precision where the day or the month is unknown."""
        return self.edtf

    @property
    def precision(self) -> Precision:
        """The smallest unit that is known."""
        return _PRECISIONS[len(self.edtf)]

    @property
    def first_day(self) -> date:
        """The first day that it can be."""
        return date.fromisoformat(self.edtf + "-01-01"[len(self.edtf) - 4 :])

    @property
    def last_day(self) -> date:
        """The last day that it can be."""
        first = self.first_day
        if self.precision == "year":
            return first.replace(month=12, day=31)
        if self.precision == "month":
            return first.replace(day=monthrange(first.year, first.month)[1])
        return first

    @property
    def exact_day(self) -> date | None:
        """The day, where it is known."""
        return self.first_day if self.precision == "day" else None


def parse_inexact_date(text: str) -> InexactDate:
    """The date written in ``text`` as YYYY, YYYY-MM or YYYY-MM-DD. Raises ``ParseError`` (``malformed``)."""
    if not _EDTF.fullmatch(text):
        raise ParseError("malformed", "Write a day, a month or a year: 2020-10-04, 2020-10 or 2020.")
    found = InexactDate(text)
    try:
        found.first_day  # noqa: B018
    except ValueError:
        raise ParseError("malformed", "There is no such date.") from None
    return found
