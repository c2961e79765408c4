"""Log lines as they are written, read back."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from factcheck.insight import log_lines

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(settings: Any) -> Iterator[Lines]:
    """The JSON lines since the last call, each request with its own, as with DEBUG off."""
    settings.LOG_REQUESTS = True
    handler = logging.StreamHandler(stream := io.StringIO())
    handler.setFormatter(log_lines.JsonFormatter())
    handler.addFilter(log_lines.SaidByRequestFilter())
    root, django = logging.getLogger(), logging.getLogger("django")
    level, propagates = root.level, django.propagate
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    django.propagate = True

    def read() -> list[dict[str, Any]]:
        text = stream.getvalue()
        stream.seek(0)
        stream.truncate()
        return [json.loads(line) for line in text.splitlines()]

    yield read
    root.removeHandler(handler)
    root.setLevel(level)
    django.propagate = propagates
