"""Log lines without what must not be in them."""

import logging
import re

#: The secret in the address of a link for an expert: whoever reads a log line with it could read the claim.
_EXPERT = re.compile(r"(/expert/)[^/\s?#\"']+")


class RedactingFormatter(logging.Formatter):
    """Formats a line, traceback and all, and takes the secrets of experts' links out of it.

    On the finished text, so that no message, argument or exception can bring one in some other way.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return _EXPERT.sub(r"\1…", super().format(record))
