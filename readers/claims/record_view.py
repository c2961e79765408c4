"""What a claim's page shows of a record, with what stands in for keys that older records do not have."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lib import plaintext

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a record: an author, or who approved the check. ``line`` can be empty."""

    name: str
    line: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim was made, if not in an article. Each of the three can be empty, but not all of them."""

    kind: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """The words of a record beside its verdict and evidence.

    ``title`` is the headline, or the statement in quotation marks; ``is_quoted`` tells which.
    """

    title: str
    is_quoted: bool
    key_points: list[str]
    unknowns: list[str]
    authors: list[Person]
    checked_by: list[Person]
    origin: Origin | None
    lead_image: Document | None


def record_view(document: Document) -> RecordView:
    """The view of any record, of the first edition too. A retraction has its statement as title and nothing else."""
    return RecordView(
        title=title(document),
        is_quoted=not document.get("headline"),
        key_points=list(document.get("key_points") or ()),
        unknowns=list(document.get("unknowns") or ()),
        authors=_people(document, "authors"),
        checked_by=_people(document, "checked_by"),
        origin=_origin(document["claim"]),
        lead_image=document.get("lead_image"),
    )


def title(document: Document) -> str:
    """The headline of a record; without one, its statement in quotation marks."""
    if document.get("headline"):
        return str(document["headline"])
    return _("“%(statement)s”") % {"statement": plaintext.isolated(document["claim"]["text"])}


def _people(document: Document, key: str) -> list[Person]:
    return [Person(str(one["name"]), str(one.get("line") or "")) for one in document.get(key) or ()]


def _origin(claim: Document) -> Origin | None:
    found = Origin(*(str(claim.get(key) or "") for key in ("origin_kind", "origin_url", "origin")))
    return found if found.kind or found.url or found.text else None
