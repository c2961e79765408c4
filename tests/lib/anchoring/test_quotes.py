"""Quotes are found as people copy them, and the text's own letters are what is kept."""

import pytest

from lib.anchoring import quotes

BODY = "The mayor said: “It cost 12\u00a0million\u2009crowns – no more.” Critics’ view: 12 million."


@pytest.mark.parametrize(
    "typed",
    [
        '"It cost 12 million crowns - no more."',
        "“It cost 12 million\ncrowns – no more.”",
        "“It cost 12\u00a0mil\u00adlion\u2009crowns – no more.”",
    ],
)
def test_a_quote_is_found_whatever_its_blanks_and_marks(typed: str) -> None:
    ((start, end),) = quotes.found(BODY, typed)
    assert BODY[start:end] == "“It cost 12\u00a0million\u2009crowns – no more.”"


def test_an_exact_quote_is_not_loosened() -> None:
    assert [BODY[start:end] for start, end in quotes.found(BODY, "12 million")] == ["12 million"]


def test_other_words_are_not_found() -> None:
    assert list(quotes.found(BODY, "It cost 13 million crowns")) == []


@pytest.mark.parametrize("typed", ["", " ", "\u200b", "(" * 3000])
def test_odd_quotes_are_found_nowhere(typed: str) -> None:
    assert typed == "" or list(quotes.found("plain words", typed)) in ([], [(5, 6)])
