"""What a publication makes public, what stays inside, and who receives it: counted before it happens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Claim
from articles.services.verification.previews import Preview
from partners.selectors.desk import reading_partners
from partners.services import webhooks

Document = dict[str, Any]
#: A list of claims comes as Atom, JSON Feed and RSS.
_FORMATS = 3


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets the record: counts of what there is now."""

    languages: int
    feeds: int
    endpoints: int
    endpoint_partners: int
    reading_partners: int


def audience(shown: Preview, *, at: datetime) -> Audience:
    """Who would receive the record of a preview at ``at``."""
    documents = [shown.document, *([shown.previous.document()] if shown.previous else [])]
    claims = [document["claim"] for document in documents]
    endpoints, partners = webhooks.receivers(
        type=shown.record.kind,
        topics={topic for claim in claims for topic in claim["topics"]},
        languages={claim["language"] for claim in claims},
    )
    return Audience(len(settings.LANGUAGES), _feeds(shown.document), endpoints, partners, reading_partners(at=at))


def _feeds(document: Document) -> int:
    """The feeds that have the record: of all claims, of its topics, articles and claimant."""
    articles = {appearance["article"]["id"] for appearance in document["appearances"]}
    return _FORMATS * (1 + len(document["claim"]["topics"]) + len(articles) + bool(document["claim"]["claimant"]))


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a claim, with the names in it."""

    text: str
    names: tuple[str, ...] = ()


def becomes_public(document: Document) -> list[Item]:
    """What readers get, part by part."""
    return list(_public(document))


def _public(document: Document) -> Iterator[Item]:
    claim, verdict = document["claim"], document["verdict"]
    yield Item(_("Statement, verdict and summary"), (verdict["rating"]["label"],))
    if verdict["explanation_html"]:
        yield Item(_("Explanation"))
    yield from _words_and_people(document)
    if document.get("lead_image"):
        yield Item(_("Picture with its credit"), (document["lead_image"]["credit"],))
    if claim["claimant"]:
        yield Item(_("Claimant"), (claim["claimant"]["name"],))
    named = list(
        {e["source"]["id"]: e["source"]["title"] for e in document["evidence"] if "id" in e["source"]}.values()
    )
    if named:
        yield Item(_count(named, _("%(n)s source with its name"), _("%(n)s sources with their names")), tuple(named))
    hidden = [e["source"]["description"] for e in document["evidence"] if "id" not in e["source"]]
    if hidden:
        words = _count(
            hidden, _("%(n)s confidential source, by its description"), _("%(n)s confidential sources, by description")
        )
        yield Item(words, tuple(hidden))
    copies = [e for e in document["evidence"] if e["archived"]]
    if copies:
        yield Item(_count(copies, _("%(n)s archived copy"), _("%(n)s archived copies")))
    articles = {a["article"]["id"]: a["article"]["title"] for a in document["appearances"]}
    if articles:
        yield Item(_count(document["appearances"], _("%(n)s passage"), _("%(n)s passages")), tuple(articles.values()))
    if document["replies"]:
        asked = tuple(reply["asked"] for reply in document["replies"])
        yield Item(_count(asked, _("%(n)s right of reply"), _("%(n)s rights of reply")), asked)
    if claim["topics"]:
        yield Item(_count(claim["topics"], _("%(n)s topic"), _("%(n)s topics")), tuple(claim["topics"]))
    if "recheck_on" in document:
        yield Item(_("The day of the next check"))


def _words_and_people(document: Document) -> Iterator[Item]:
    if document.get("headline"):
        yield Item(_("Headline"), (document["headline"],))
    if document.get("key_points"):
        yield Item(_count(document["key_points"], _("%(n)s key point"), _("%(n)s key points")))
    if document.get("unknowns"):
        yield Item(_("What we don’t know"))
    people = [*document.get("authors", ()), *document.get("checked_by", ())]
    if people:
        yield Item(_("Names of authors and checkers"), tuple(dict.fromkeys(person["name"] for person in people)))


def stays_inside(claim: Claim) -> list[Item]:
    """What the desk keeps for itself."""
    rows = list(claim.evidence.select_related("source", "capture"))
    names = tuple(dict.fromkeys(row.source.title for row in rows if row.source.is_confidential))
    kept = [row for row in rows if row.capture and not row.capture.archive_url]
    comments = claim.comments.filter(removed_at=None)
    counted = (
        (names, _("Name of %(n)s confidential source"), _("Names of %(n)s confidential sources"), names),
        (kept, _("%(n)s stored copy or file"), _("%(n)s stored copies and files"), ()),
        (comments, _("%(n)s comment"), _("%(n)s comments"), ()),
    )
    found = [Item(_count(rows, one, many), shown) for rows, one, many, shown in counted if len(rows)]
    reasons = [Item(_("Why this claim was chosen"))] if claim.why_chosen else []
    return [
        *found,
        *reasons,
        Item(_("Names of people who worked on it and are not named to readers")),
        Item(_("History")),
    ]


def _count(rows: Any, one: str, many: str) -> str:
    return ngettext(one, many, len(rows)) % {"n": len(rows)}
