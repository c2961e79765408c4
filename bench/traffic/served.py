"""The application that is measured: the site with addresses of the bench, and a clock that requests set."""

import os
from collections.abc import Callable, Iterable
from typing import Any

import django
from django.conf import settings
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
django.setup()
settings.ROOT_URLCONF = "bench.urls"
for one in connections.settings.values():
    one["CONN_MAX_AGE"] = None  # else the minute of a connection would be one of the bench, not of the day

from factcheck.wsgi import application as site  # noqa: E402 - after its settings
from readers.held_pages import middleware  # noqa: E402


class Clock:
    """The steady clock of the simulated days, for the cache of pages."""

    now = 0.0

    @classmethod
    def monotonic(cls) -> float:
        """Seconds since the first day began."""
        return cls.now


middleware.time = Clock  # type: ignore[attr-defined,assignment]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The site at the second of the day that the request names."""
    Clock.now = float(environ.pop("HTTP_X_CLOCK", Clock.now))
    return site(environ, start_response)
