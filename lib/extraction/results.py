"""What reading a file gives: a text with what is known about it, or a reason why not."""

from dataclasses import dataclass, field
from datetime import date


class ExtractionError(Exception):
    """No article's text: empty, too_large, encoding, binary, no_text, kind or broken. The text says what to do."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.said = code, message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Place:
    """A page or a moment that begins in the text: ``start`` in code points, ``locator`` is "p. 3" or "00:01:12"."""

    start: int
    locator: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was found in a file, for a person to correct. ``notes`` say what was left out and what is a guess."""

    body: str
    title: str = ""
    publisher: str = ""
    authors: list[str] = field(default_factory=list)
    published_on: date | None = None
    language: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()
    #: Where pages or moments begin, in the order of the text; empty for a text that has none.
    places: tuple[Place, ...] = ()


def first_line(body: str) -> str:
    """The first line with something on it, cut at a word: a title for a text that names none."""
    line = next((line.strip() for line in body.splitlines() if line.strip()), "")
    return line if len(line) <= 120 else line[:120].rsplit(" ", 1)[0] + "…"


def joined(parts: list[tuple[str, str]]) -> tuple[str, tuple[Place, ...]]:
    """One text of parts, each with its locator, with an empty line between them; and where each begins."""
    body, places = "", []
    for locator, text in parts:
        body += "\n\n" if body else ""
        places.append(Place(len(body), locator))
        body += text
    return body, tuple(places)
