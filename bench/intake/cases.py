"""The documents and pages of ``make bench-intake``: what each shows, and what its notes must name.

A case is made of an invented report (``bench/data/intake.tsv``) and one construct, such as a tracked insertion. The
twelve languages take turns, and one document for each language holds many constructs at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from bench.intake import files, pages, word

FILE = Path(__file__).parent.parent / "data" / "intake.tsv"


@dataclass(frozen=True, slots=True)
class Report:
    """An invented report in one language."""

    language: str
    title: str
    first: str
    second: str
    third: str
    place: str
    footnote: str


@dataclass(frozen=True, slots=True)
class Case:
    """A file, the text that it shows, and words that its notes must contain."""

    name: str
    language: str
    file_name: str
    data: bytes
    text: str
    notes: tuple[str, ...] = ()


def reports() -> list[Report]:
    """The invented reports, one for each language."""
    rows = [line for line in FILE.read_text().splitlines() if line and not line.startswith("#")]
    return [Report(*row.split("\t")) for row in rows]


def cases() -> list[Case]:
    """Every case, always the same and in the same order."""
    return [*_each_construct(), *_each_language()]


#: What a builder gives: the file's bytes, the shown text, words that notes must contain.
Built = tuple[bytes, str, tuple[str, ...]]
Builder = Callable[[Report], Built]


def _each_construct() -> Iterator[Case]:
    """Every construct once, the languages taking turns; a construct of one character set keeps to its language."""
    turns = cycle(reports())
    by_language = {report.language: report for report in reports()}
    kinds: list[tuple[str, dict[str, Builder], str]] = [
        ("word", word.CONSTRUCTS, "a.docx"),
        ("page", pages.CONSTRUCTS, "a.html"),
        ("file", files.CONSTRUCTS, ""),
    ]
    for kind, constructs, file_name in kinds:
        for name, build in constructs.items():
            construct, _, language = name.partition(" / ")
            report = by_language[language] if language else next(turns)
            data, text, notes = build(report)
            yield Case(f"{kind}: {construct}", report.language, file_name, data, text, notes)


def _each_language() -> Iterator[Case]:
    for report in reports():
        for kind, build, file_name in (
            ("word: many at once", word.many, "a.docx"),
            ("page: many at once", pages.many, "a.html"),
            ("file: subtitles", files.subtitles, "a.srt"),
        ):
            data, text, notes = build(report)
            yield Case(kind, report.language, file_name, data, text, notes)
