"""Whole numbers and lengths as they arrive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.parsing.errors import ParseError
from lib.parsing.headers import exceeds_limit
from lib.parsing.integers import parse_integer


@given(st.integers(0, 10**6))
def test_a_number_within_bounds_is_read(number):
    assert parse_integer(str(number), at_most=10**6) == number


def test_leading_zeros_do_not_change_a_number():
    assert parse_integer("0" * 500 + "12") == 12
    assert parse_integer("000") == 0


@pytest.mark.parametrize("text", ["", " ", "x", "1.0", "1e3", "+1", "1 ", " 1", "1\n", "٣", "²", "1_000", "0x1", "-1"])
def test_other_texts_are_malformed(text):
    with pytest.raises(ParseError) as refused:
        parse_integer(text)
    assert refused.value.code == "malformed"


def test_a_minus_sign_is_read_where_negative_numbers_are_possible():
    assert parse_integer("-3", at_least=-5) == -3


@pytest.mark.parametrize(
    ("text", "code"), [("1", "too_small"), ("11", "too_large"), ("9" * 5000, "too_large"), ("2", None), ("10", None)]
)
def test_bounds_are_inclusive_and_the_error_says_them(text, code):
    if code is None:
        assert parse_integer(text, at_least=2, at_most=10) == int(text)
        return
    with pytest.raises(ParseError, match=r"^Give a whole number from 2 to 10\.$") as refused:
        parse_integer(text, at_least=2, at_most=10)
    assert refused.value.code == code


def test_a_long_negative_number_is_too_small():
    with pytest.raises(ParseError) as refused:
        parse_integer("-" + "9" * 5000, at_least=-5)
    assert refused.value.code == "too_small"


@pytest.mark.parametrize(
    ("length", "is_longer"),
    [
        (None, False),
        ("", False),
        ("0", False),
        ("100", False),
        ("101", True),
        ("9" * 50, True),
        ("x", True),
        ("²", True),
    ],
)
def test_a_body_longer_than_the_limit_is_found_by_its_length(length, is_longer):
    assert exceeds_limit(length, 100) is is_longer
