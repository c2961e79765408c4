"""What an archive holds: one check as an entry, or the reason why a row is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

#: A row may be this large, in bytes. A check as text is a hundredth of it.
MAX_ROW: Final = 1024 * 1024
#: So many links of a check are kept as its evidence.
MAX_LINKS: Final = 20
#: Language of a row that names none (ISO 639).
UNDETERMINED: Final = "und"


class ArchiveError(Exception):
    """The file as a whole cannot be read."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page that a check cites."""

    url: str
    title: str = ""


@dataclass(slots=True)
class Entry:
    """One check. ``place`` says where it is in the file, such as "line 12".

    ``notes`` say what was changed or left out. ``doubts`` say why a person has to look at it first: pairs of a stable
    code and a sentence.
    """

    place: str
    text: str
    language: str = UNDETERMINED
    claimant: str = ""
    claimant_kind: str = ""
    claimant_url: str = ""
    headline: str = ""
    rating: str = ""
    scale: str = ""
    #: Labels of which one may be the rating, where the format does not say which.
    labels: list[str] = field(default_factory=list)
    url: str = ""
    checked_on: date | None = None
    claimed_on: date | None = None
    origin: str = ""
    links: list[Link] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not taken, and why."""

    place: str
    code: str
    detail: str


Found = Entry | Refusal


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is read. ``columns`` maps our names to those of the file; ``today`` is the last day that counts."""

    today: date
    columns: Mapping[str, str] = field(default_factory=dict)
    #: Name of the WordPress field that holds the rating.
    rating_field: str = ""
