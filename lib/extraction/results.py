"""What reading a file gives: a text with what is known about it, or a reason why not."""

from dataclasses import dataclass, field
from datetime import date


class ExtractionError(Exception):
    """No article's text: empty, too_large, encoding, binary, no_text, kind or broken. The text says what to do."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was found in a file, for a person to correct. ``notes`` say what is missing or doubtful."""

    body: str
    title: str = ""
    publisher: str = ""
    authors: list[str] = field(default_factory=list)
    published_on: date | None = None
    language: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()


def first_line(body: str) -> str:
    """The first line with something on it, cut at a word: a title for a text that names none."""
    line = next((line.strip() for line in body.splitlines() if line.strip()), "")
    return line if len(line) <= 120 else line[:120].rsplit(" ", 1)[0] + "…"
