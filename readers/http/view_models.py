"""Records and rows as templates want them: cards of a list, groups of evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.choices import RelationKind, Severity, Stance, Tone
from articles.models import PublishedClaim, PublishedPassage, Rating, Record
from articles.selectors.readers import published
from articles.selectors.readers.by_language import ByLanguage
from lib.richtext import citations
from readers.http import pictures, template_constants
from readers.http.pictures import Picture

Document = dict[str, Any]
#: A statement longer than this is set smaller.
LONG_STATEMENT = 120

_STANCES = (
    (Stance.SUPPORTS, _("Supporting evidence"), _("We found no evidence that supports the claim.")),
    (Stance.REFUTES, _("Contradicting evidence"), _("We found no evidence against the claim.")),
    (Stance.CONTEXT, _("Context"), ""),
)
#: The kind of a relation, as a heading.
_RELATIONS = (
    (RelationKind.REPEATS, _("Repeats")),
    (RelationKind.CONTRADICTS, _("Contradicts")),
    (RelationKind.NARROWS, _("More precise than")),
    (RelationKind.SUPERSEDES, _("Replaces")),
)


@dataclass(frozen=True)
class Card:
    """A claim in a list. In a list of search results, statement and summary have the found words marked."""

    claim: PublishedClaim
    claimant: Document | None
    statement: SafeString | str = ""
    summary: SafeString | str = ""

    @property
    def headline(self) -> str:
        """What the newsroom put over its check; empty where a record has none."""
        return self.claim.headline

    @cached_property
    def picture(self) -> Picture | None:
        """The picture that leads the claim."""
        return pictures.lead({"lead_image": self.claim.lead_image})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a claim, against it, or around it; ``nothing`` says so when there is none."""

    stance: str
    heading: str | Promise
    nothing: str | Promise
    rows: list[Document]


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """A correction or retraction, as the corrections log tells it."""

    record: Record
    claim: Document
    severity: str
    note: str
    changes: str
    headline: str = ""
    #: The rating that a changed verdict replaced, and the one that replaced it, as records have them.
    before: Document | None = None
    after: Document | None = None


def scale_name(ratings: Iterable[Rating]) -> str:
    """The part of an ETag for pages that show the scale: a change of the scale writes no record.

    An edition's words never change, so that which there are, in which order and until when says all.
    """
    return ",".join(f"{rating.key}/{rating.edition}/{rating.retired_on}" for rating in ratings)


def cards(rows: Iterable[PublishedClaim]) -> list[Card]:
    """The rows as cards, their claimants' names read in one query."""
    claims = list(rows)
    named = {claim.claimant_id for claim in claims if claim.claimant_id}
    claimants = published.claimants_named(named) if named else {}
    found = []
    for claim in claims:
        who = claimants.get(claim.claimant_id) if claim.claimant_id else None
        found.append(Card(claim, who.document if who else None, claim.text, claim.summary))
    return found


def cards_by_language(found: ByLanguage) -> Document:
    """A list in the reader's language as its page shows it: ``cards``, those in ``others``, and ``is_missing``."""
    made = cards([*found.own.rows, *found.others])
    own = len(found.own.rows)
    return {"cards": made[:own], "others": made[own:], "is_missing": found.is_missing}


def is_single_sourced(document: Document) -> bool:
    """Whether the evidence comes from fewer than two sources. A confidential source counts by its description."""
    return len({row["source"].get("id") or row["source"]["description"] for row in document["evidence"]}) < 2


def evidence(document: Document) -> list[Evidence]:
    """The evidence of a record by stance, what contradicts the claim first unless the verdict is on its side.

    Each row has its ``number`` in the record, and whether the explanation cites it. Readers see that a
    side has no evidence, unless the matter is open.
    """
    tone = document["verdict"]["rating"]["tone"]
    cited = citations.numbers(document["verdict"]["explanation_html"])
    rows = [
        row | {"number": number, "is_cited": number in cited}
        for number, row in enumerate(document["evidence"], start=1)
    ]
    groups = [
        Evidence(stance, heading, nothing, [row for row in rows if row["stance"] == stance])
        for stance, heading, nothing in _STANCES
    ]
    if tone not in (Tone.POSITIVE, Tone.MOSTLY_POSITIVE):
        groups[:2] = groups[1::-1]
    return [group for group in groups if group.rows or (group.nothing and tone != Tone.OPEN)]


def related(document: Document) -> list[tuple[str | Promise, list[Document]]]:
    """The claims a record relates to, by kind of relation."""
    found: list[tuple[str | Promise, list[Document]]] = []
    for kind, heading in _RELATIONS:
        claims = [relation["claim"] for relation in document["relations"] if relation["kind"] == kind]
        if claims:
            found.append((heading, claims))
    return found


def correction_entries(records: Iterable[Record]) -> list[CorrectionEntry]:
    """Records that corrected or retracted as entries of the log, with the verdicts that changed."""
    found = list(records)
    before = published.records_before(found)
    return [correction_entry(record, before.get(record.seq)) for record in found]


def correction_entry(record: Record, previous: Record | None = None) -> CorrectionEntry:
    """A record that corrected or retracted, as an entry of the log; ``previous`` is the claim's record before it."""
    document = record.document()
    claim = document["claim"]
    before = record.revision - 1
    changes = template_constants.url("readers:history", claim["slug"]) + f"?from={before}&to={record.revision}"
    if document["retraction"]:
        return CorrectionEntry(record, claim, "", document["retraction"]["note"], changes)
    headline = document.get("headline") or ""
    last = document["corrections"][-1]
    earlier = previous.document()["verdict"] if previous and last["severity"] == Severity.VERDICT else None
    ratings = (earlier["rating"], document["verdict"]["rating"]) if earlier else (None, None)
    return CorrectionEntry(record, claim, last["severity"], last["note"], changes, headline, *ratings)


def passages(rows: list[PublishedPassage]) -> list[tuple[str, list[PublishedClaim]]]:
    """An article's passages in the order of its text, each once, with the claims made in it."""
    grouped = groupby(rows, key=lambda row: (row.start, row.exact))
    return [(exact, [row.claim for row in same]) for (_start, exact), same in grouped]


def address(name: str, *args: Any) -> str:
    """The full address of a readers' page."""
    return settings.SITE_URL + template_constants.url(f"readers:{name}", *args)
