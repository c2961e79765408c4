"""What a record tells at a glance: when things happened to a claim, and what a finding rests on.

Both are read off the record alone, so a page made from them never changes while its record is the newest. What the
desk knows in addition (deadlines, names) is in no record and so in no timeline; the day of the next check is, as it
was when the claim was published.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.choices import RecordKind, Severity
from lib.parsing.inexact_dates import InexactDate, parse_inexact_date

Document = dict[str, Any]
#: So many primary sources are named beside the verdict; the rest are shown with the evidence.
NAMED_PRIMARY = 2


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """What happened to a claim on ``day`` or is due then; ``detail`` is in the record's own words and may be empty."""

    day: date | InexactDate
    kind: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a finding rests on: how many sources, how many of them primary, how many kept as copies."""

    sources: int
    primary: int
    archived: int
    links: list[Document]


def timeline(document: Document) -> list[tuple[date | InexactDate, list[TimelineEvent]]]:
    """The days of a claim, oldest first, each with what happened on it. A month or a year is before its first day."""
    moments = sorted(_moments(document), key=lambda moment: moment.day.isoformat())
    return [(day, list(same)) for day, same in groupby(moments, key=lambda moment: moment.day)]


def basis(document: Document) -> Basis:
    """What the finding rests on. A source that serves twice counts once; a confidential one by its description."""
    sources: dict[str, Document] = {}
    archived: set[str] = set()
    for row in document["evidence"]:
        source = row["source"]
        key = source.get("id") or source["description"]
        sources[key] = source
        if row["archived"]:
            archived.add(key)
    primary = [source for source in sources.values() if source.get("primary")]
    reachable = [source for source in primary if urlsplit(source["url"] or "").scheme in ("http", "https")]
    return Basis(len(sources), len(primary), len(archived), reachable[:NAMED_PRIMARY])


def _moments(document: Document) -> Iterator[TimelineEvent]:
    claim, verdict, retraction = document["claim"], document["verdict"], document["retraction"]
    if claim["claimed_on"]:
        yield TimelineEvent(_day(claim["claimed_on"]), "said", _("Claim made"))
    for publisher, day in _appeared(document):
        label = pgettext("before a publisher's name", "Published in") if publisher else _("Published in an article")
        yield TimelineEvent(_day(day), "said", label, publisher)
    for reply in document["replies"]:
        yield TimelineEvent(_day(reply["asked_on"]), "reply", _("We asked for a response"), reply["asked"])
        if reply["answered_on"]:
            yield TimelineEvent(_day(reply["answered_on"]), "reply", _("They responded"), reply["asked"])
    yield from _first_published(document)
    for correction in document["corrections"]:
        changed = correction["severity"] == Severity.VERDICT
        label = _("Correction: the verdict changed") if changed else _("Minor correction")
        yield TimelineEvent(_day(correction["at"]), "corrected", label)
    if document["kind"] == RecordKind.UPDATED:
        yield TimelineEvent(_day(document["published_at"]), "published", _("Updated"))
    if verdict:
        yield TimelineEvent(_day(verdict["checked_on"]), "checked", _("Last checked"))
    if retraction:
        yield TimelineEvent(_day(retraction["at"]), "retracted", _("Retracted"))
    if "recheck_on" in document:
        yield TimelineEvent(_day(document["recheck_on"]), "due", _("Next review due"))


def _first_published(document: Document) -> Iterator[TimelineEvent]:
    """The first publication; of an imported check the one on the earlier site, then its import."""
    imported = document.get("imported")
    if imported and imported["first_published_at"]:
        day = _day(imported["first_published_at"])
        yield TimelineEvent(day, "published", _("Fact check published"), imported["from"])
    label = _("Imported from our earlier site") if imported else _("Fact check published")
    yield TimelineEvent(_day(document["first_published_at"]), "published", label)


def _appeared(document: Document) -> list[tuple[str, str]]:
    """Each publisher and day once, however many passages there are."""
    articles = [appearance["article"] for appearance in document["appearances"]]
    return list(dict.fromkeys((a["publisher"], a["published_on"]) for a in articles if a["published_on"]))


def _day(value: str) -> date | InexactDate:
    """The day of a moment in the newsroom's time zone, or the date itself."""
    if "T" in value:
        return localtime(datetime.fromisoformat(value)).date()
    found = parse_inexact_date(value)
    return found.exact_day or found
