"""Log lines: as JSON, one object on each line, or as text. Without secrets, and with the id of the request or job."""

import json
import logging
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured

from factcheck.insight import context
from factcheck.insight.redaction import redact

FORMATS: Final = ("json", "text")
#: What the line of the request says as well: Django's own line for each answer with these statuses.
_SAID_BY_REQUEST: Final = (404, 503)


class JsonFormatter(logging.Formatter):
    """A line as a JSON object in ASCII, so that no character of a message can end it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        head = f'{{"time": "{_time(record.created)}", "level": "{record.levelname}", "logger": "{record.name}", '
        if request_line := getattr(record, "request_line", None):
            return f"{head}{request_line.json()}}}"
        line: dict[str, Any] = {"message": redact(record.getMessage())}
        if now := context.current():
            line |= {"job": now.job, "job_id": now.job_id} if now.job else {"request_id": now.request_id}
        if record.exc_info:
            line["exception"] = redact(self.formatException(record.exc_info))
        if record.stack_info:
            line["stack"] = redact(record.stack_info)
        return head + json.dumps(line)[1:]


def _time(created: float) -> str:
    """ISO 8601, UTC, with milliseconds."""
    second = int(created)
    return f"{_second(second)}.{int((created - second) * 1000):03d}Z"


@lru_cache(maxsize=4)
def _second(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S")


class TextFormatter(logging.Formatter):
    """A line as text: traceback and all, redacted when it is finished.

    So no message, argument or exception can bring a secret in some other way.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return redact(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line without its traceback, and with the id of the request or job at its end."""
        line = super().formatMessage(record)
        if request_line := getattr(record, "request_line", None):
            line += request_line.more()
        now = context.current()
        if now is None:
            return line
        return f"{line} [{now.job} {now.job_id}]" if now.job else f"{line} [{now.request_id}]"


class SaidByRequestFilter(logging.Filter):
    """Leaves out Django's own line of an answer, where the line of the request says the same."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        is_answer = record.name == "django.request" and not record.exc_info
        return not (is_answer and getattr(record, "status_code", 0) in _SAID_BY_REQUEST)


def checked_format(given: str) -> str:
    """A known form of lines. Raises ``ImproperlyConfigured``."""
    if given not in FORMATS:
        raise ImproperlyConfigured(f"LOG_FORMAT={given}: choose one of {', '.join(FORMATS)}.")
    return given


def logging_settings(*, level: str, form: str, has_requests: bool) -> dict[str, Any]:
    """Django's ``LOGGING``: every line goes to the console through the formatter of ``form``.

    ``has_requests`` says whether each request has a line of its own.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "factcheck.insight.log_lines.JsonFormatter"},
            "text": {
                "()": "factcheck.insight.log_lines.TextFormatter",
                "format": "{asctime} {levelname} {name} {message}",
                "style": "{",
            },
        },
        "filters": {
            "outages": {"()": "factcheck.outages.OutageFilter"},
            "said": {"()": "factcheck.insight.log_lines.SaidByRequestFilter"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["outages", *(["said"] if has_requests else [])],
            }
        },
        "loggers": {
            "trafilatura": {"level": "ERROR"},
            "procrastinate": {"level": "WARNING"},  # it writes lines for each job; ``jobs.models`` keeps the runs
            # Django's own handlers would not redact addresses.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        },
        "root": {"handlers": ["console"], "level": level},
    }
