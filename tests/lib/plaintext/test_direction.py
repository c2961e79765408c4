"""Texts shown in another order than they stand in are refused; the marks that Arabic needs are not."""

import pytest

from lib import plaintext


@pytest.mark.parametrize(
    "text", ["cost \u202enoillim 01", "\u202d12", "open \u2067isolate", "open \u202bembedding", "a\u2068b\nc\u2069"]
)
def test_overrides_and_open_isolates_are_refused(text: str) -> None:
    with pytest.raises(plaintext.MisleadingDirectionError):
        plaintext.check_direction(text)


@pytest.mark.parametrize(
    "text", ["plain", "\u2067closed\u2069 words", "\u202bclosed\u202c", "شركة\u200f (ABC)\u200e", "a\u2069b"]
)
def test_marks_and_closed_isolates_pass(text: str) -> None:
    plaintext.check_direction(text)
