"""What an answer says about being held: for how long a process may give it again, and under which addresses."""

import math
from datetime import date, datetime, time
from typing import Final

from django.http import HttpResponseBase
from django.utils.timezone import make_aware, now

#: The page is right until something is published.
UNTIL_PUBLISHED: Final = math.inf


def until(day: date | None) -> float:
    """Seconds until ``day`` begins where the newsroom is, for a page that is another one from then on.

    Where there is no such day, the page is right ``UNTIL_PUBLISHED``.
    """
    if day is None:
        return UNTIL_PUBLISHED
    # Moments, not clock faces: between those of two days there may be an hour of summer time.
    return make_aware(datetime.combine(day, time.min)).timestamp() - now().timestamp()


def let_hold(response: HttpResponseBase, seconds: float) -> None:
    """Let this process give ``response`` again for so long, while nothing is published that is under its keys."""
    response._lasts = seconds  # type: ignore[attr-defined]


def mark_own_query(response: HttpResponseBase) -> None:
    """Say that the query of the request is written as this site writes it, so that there are few that give the page."""
    response._has_own_query = True  # type: ignore[attr-defined]


def has_own_query(response: HttpResponseBase) -> bool:
    """Whether ``mark_own_query`` was said of the answer."""
    return getattr(response, "_has_own_query", False)


def lasts(response: HttpResponseBase) -> float:
    """For how many seconds the answer is right while nothing is published."""
    return getattr(response, "_lasts", 0.0)
