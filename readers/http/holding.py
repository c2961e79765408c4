"""What an answer says about being held: for how long a process may give it again, and under which addresses."""

import math
from datetime import datetime, time, timedelta
from typing import Final

from django.http import HttpResponseBase
from django.utils.timezone import localtime, make_aware

#: The page is right until something is published.
UNTIL_PUBLISHED: Final = math.inf


def until_midnight() -> float:
    """Seconds until the newsroom's day ends, for a page that follows from the day."""
    now = localtime()
    tomorrow = make_aware(datetime.combine(now.date() + timedelta(days=1), time.min))
    return (tomorrow - now).total_seconds()


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
