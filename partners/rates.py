"""Rates as people write them: ``600/min``."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.core.exceptions import ImproperlyConfigured, ValidationError

_WINDOWS: Final = {
    **dict.fromkeys(("s", "sec", "second"), 1),
    **dict.fromkeys(("m", "min", "minute"), 60),
    **dict.fromkeys(("h", "hour"), 3600),
    **dict.fromkeys(("d", "day"), 86_400),
}
_RATE: Final = re.compile(rf"([1-9][0-9]{{0,8}})/({'|'.join(_WINDOWS)})")
#: Seconds after which every bucket that was left alone is full again: the longest window there is.
LONGEST_WINDOW: Final = max(_WINDOWS.values())


@dataclass(frozen=True, slots=True)
class Rate:
    """``limit`` requests in ``window`` seconds; up to ``limit`` of them at once."""

    limit: int
    window: int

    @property
    def per_second(self) -> float:
        """How fast what was used comes back."""
        return self.limit / self.window


@lru_cache(maxsize=1000)
def parse(text: str) -> Rate | None:
    """The rate written in a text; None for the empty text, which means no limit. Raises ValueError."""
    if not text:
        return None
    found = _RATE.fullmatch(text)
    if not found:
        raise ValueError("Write a rate as 600/min: a whole number, a slash, and s, min, hour or day.")
    return Rate(int(found[1]), _WINDOWS[found[2]])


def validate(text: str) -> None:
    """Raise ValidationError for what is no rate."""
    try:
        parse(text)
    except ValueError as error:
        raise ValidationError(str(error), code="invalid_rate") from None


def checked(name: str, text: str) -> str:
    """``text`` when it is a rate; stops the start of the process, naming the setting, when it is not."""
    try:
        parse(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from None
    return text
