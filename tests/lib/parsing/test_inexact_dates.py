"""Dates of which only the month or the year may be known."""

from datetime import date

import pytest

from lib.parsing.errors import ParseError
from lib.parsing.inexact_dates import InexactDate, parse_inexact_date


@pytest.mark.parametrize(
    ("written", "precision", "first", "last"),
    [
        ("2019", "year", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-11", "month", date(2019, 11, 1), date(2019, 11, 30)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("9999-12", "month", date(9999, 12, 1), date(9999, 12, 31)),
        ("2019-11-05", "day", date(2019, 11, 5), date(2019, 11, 5)),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(written, precision, first, last):
    found = parse_inexact_date(written)
    assert (str(found), found.isoformat(), found.precision) == (written, written, precision)
    assert (found.first_day, found.last_day) == (first, last)
    assert found.exact_day == (first if precision == "day" else None)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "19",
        "0000",
        "2019-",
        "2019-13",
        "2019-00",
        "2019-02-30",
        "2019-2-3",
        "2019-11-05T09:00",
        "201911",
        "٢٠١٩",
        "2019~",
    ],
)
def test_what_is_no_date_of_level_0_is_refused(written):
    with pytest.raises(ParseError) as refused:
        parse_inexact_date(written)
    assert refused.value.code == "malformed"


def test_dates_are_in_the_order_of_their_first_days():
    written = ["2018-12-31", "2019", "2019-01", "2019-01-01", "2019-01-02", "2019-02", "2020"]
    assert sorted(map(parse_inexact_date, reversed(written))) == [parse_inexact_date(one) for one in written]


@pytest.mark.parametrize(
    ("day", "least"), [(date(2019, 1, 1), "2019"), (date(2019, 3, 1), "2019-03"), (date(2019, 1, 9), "2019-01-09")]
)
def test_the_least_date_from_a_day_begins_on_that_day(day, least):
    found = InexactDate.least_from(day)
    assert (found.edtf, found.first_day) == (least, day)
