"""The fields of evidence that people fill in, described once.

Forms, cards, the API, the OpenAPI document, records, lists of differences and the demo read ``FIELDS``. The column
itself is in ``articles/models/evidence.py``; its maximum length is read from there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as for_desk

from articles.choices import Stance


class Kind(StrEnum):
    """What is filled in. ``ADDRESS`` is a web address."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class EvidenceField:
    """One field of evidence."""

    #: The name of the column, and of the key in the API and in records.
    name: str
    label: str | Promise
    kind: Kind
    #: One sentence below the input. The column uses it, too.
    help_text: str | Promise = ""
    #: The values of a ``CHOICE``; the column has the same.
    choices: type[TextChoices] | None = None
    #: Whether records, and the page for an outside expert, have the field.
    is_public: bool = True
    #: Whether the card of a piece of evidence has an input for it.
    is_on_card: bool = True
    #: Whether pages show it as "label: value". The templates have a fixed place for a field that is not labelled.
    is_labelled: bool = True
    #: Whether each record has the key. A new field is False: old records lack the key, and it is written only where the
    #: field is filled in, so that claims that are approved already keep the hash of their approval.
    in_every_record: bool = False

    def choice_label(self, value: str) -> str:
        """The label of a value of a ``CHOICE``; an empty text for other kinds and unknown values."""
        return str(self.choices(value).label) if self.choices and value in self.choices.values else ""


#: In the order of the forms. Write ``_("…")`` around the label of a field that is labelled and public: readers see it.
FIELDS = (
    EvidenceField(
        name="stance",
        label=for_desk("Stance"),
        kind=Kind.CHOICE,
        choices=Stance,
        is_on_card=False,
        is_labelled=False,
        in_every_record=True,
    ),
    EvidenceField(
        name="quote",
        label=for_desk("Quote"),
        kind=Kind.TEXT,
        help_text=for_desk("The exact words of the source."),
        is_labelled=False,
        in_every_record=True,
    ),
    EvidenceField(
        name="locator",
        label=for_desk("Locator"),
        kind=Kind.LINE,
        help_text=for_desk("Where in the source: page, section or time."),
        is_labelled=False,
        in_every_record=True,
    ),
    EvidenceField(
        name="note",
        label=for_desk("Note"),
        kind=Kind.TEXT,
        help_text=for_desk("What the source shows, in your words. Readers see it."),
        is_labelled=False,
        in_every_record=True,
    ),
)
NAMES = tuple(field.name for field in FIELDS)
PUBLIC = tuple(field for field in FIELDS if field.is_public)


def help_text(name: str) -> Any:
    """The help text of the field called ``name``."""
    return next(field.help_text for field in FIELDS if field.name == name)


def values(row: Any, fields: Iterable[EvidenceField] = FIELDS) -> dict[str, str]:
    """What a piece of evidence has in each field, as text: a day as YYYY-MM-DD, nothing as an empty text."""
    return {field.name: _text(getattr(row, field.name)) for field in fields}


def record_values(row: Any) -> dict[str, str]:
    """The keys of a record that come from the fields of a piece of evidence."""
    found = values(row, PUBLIC)
    return {field.name: found[field.name] for field in PUBLIC if field.in_every_record or found[field.name]}


def labelled(given: Mapping[str, Any], fields: Iterable[EvidenceField] = FIELDS) -> list[tuple[EvidenceField, str]]:
    """The labelled fields that ``given`` has a value for, each with this value."""
    return [(field, given[field.name]) for field in fields if field.is_labelled and given.get(field.name)]


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
