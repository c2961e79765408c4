"""Days as they arrive."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.parsing.days import parse_day
from lib.parsing.errors import ParseError


@given(st.dates())
def test_every_day_is_read_from_its_own_form(day):
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-3-1", "20260301", "2026-W10-1", "2026-03-01T00:00", " 2026-03-01", "2026-02-30", "٢٠٢٦-٠٣-٠١"],
)
def test_other_texts_are_malformed(text):
    with pytest.raises(ParseError) as refused:
        parse_day(text)
    assert refused.value.code == "malformed"


def test_bounds_are_inclusive():
    bounds = {"earliest": date(1900, 1, 1), "latest": date(2999, 12, 31)}
    assert parse_day("1900-01-01", **bounds) == date(1900, 1, 1)
    assert parse_day("2999-12-31", **bounds) == date(2999, 12, 31)
    for text, code in (("1899-12-31", "too_small"), ("3000-01-01", "too_large")):
        with pytest.raises(ParseError) as refused:
            parse_day(text, **bounds)
        assert refused.value.code == code
