"""The one error of this library."""

from typing import Literal

Code = Literal["malformed", "too_small", "too_large"]


class ParseError(ValueError):
    """A text is not the value that was asked for. ``code`` says why, the message says what to write instead."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code: Code = code
