"""Log lines without what must not be in them."""

import logging
import re
from typing import Any

#: Secrets in addresses: of a link for an expert, an invitation, a link for a new password, and one that stops e-mails.
#: Anyone who reads a log line with one could use it.
_SECRET = re.compile(r"(/expert/|/unsubscribe/|/account/invitation/|/password/reset/key/)[^/\s?#\"']+")

#: Keys of partners and personal tokens, wherever somebody put one. The beginning, by which it is revoked, stays.
_KEY = re.compile(r"(fc[pt](?:_|%5[Ff])[A-Za-z0-9_-]{8})[A-Za-z0-9_%-]{8,}")


class RedactingFormatter(logging.Formatter):
    """Formats a line, traceback and all, and takes the secrets of links and keys out of it.

    On the finished text, so that no message, argument or exception can bring one in some other way.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return _KEY.sub(r"\1…", _SECRET.sub(r"\1…", super().format(record)))


def logging_settings(*, level: str) -> dict[str, Any]:
    """Django's ``LOGGING``: every line goes to the console through ``RedactingFormatter``."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "factcheck.log_redaction.RedactingFormatter",
                "format": "{asctime} {levelname} {name} {message}",
                "style": "{",
            }
        },
        "filters": {"outages": {"()": "factcheck.outages.OutageFilter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["outages"]}},
        "loggers": {
            "trafilatura": {"level": "ERROR"},
            "procrastinate": {"level": "WARNING"},  # it writes lines for each job; ``jobs.models`` keeps the runs
            # Django's own handlers would not redact addresses.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        },
        "root": {"handlers": ["console"], "level": level},
    }
