"""What somebody outside sees of the one claim they were asked about. All that is shown is named here, nothing else."""

from dataclasses import dataclass
from typing import Any

from articles import evidence_fields, text
from articles.models import Appearance, Evidence, ExpertLink
from lib import plaintext
from lib.parsing.inexact_dates import InexactDate

#: How much of the article is shown around the passage, in code points; cut at blanks.
AROUND = 600


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in its article, with the text before and after it."""

    title: str
    publisher: str
    url: str
    published_on: InexactDate | None
    language: str
    direction: str
    before: str
    exact: str
    after: str
    locator: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of evidence from a source that is not confidential."""

    title: str
    publisher: str
    url: str
    published_on: InexactDate | None
    #: The public fields of the evidence, by their names.
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """The current claim on the desk, for one link."""

    statement: str
    language: str
    direction: str
    claimant: str
    role: str
    claimed_on: InexactDate | None
    origin: str
    origin_kind: str
    origin_url: str
    question: str
    passages: list[Passage]
    evidence: list[Cited]


def claim(link: ExpertLink) -> Shown:
    """What the link shows. Evidence from confidential sources is left out, and that there is any is not said.

    No verdict, so that nobody is led; no comments, replies, contact data or other claims.
    """
    found = link.claim
    marks = found.appearances.select_related("article_version__article").order_by("id")
    evidence = found.evidence.filter(source__is_confidential=False).select_related("source")
    return Shown(
        statement=found.text,
        language=found.language,
        direction=text.direction(found.language),
        claimant=found.claimant.name if found.claimant else "",
        role=found.claimant.role if found.claimant else "",
        claimed_on=found.claimed_on,
        origin=found.origin,
        origin_kind=found.origin_kind,
        origin_url=found.origin_url,
        question=link.question,
        passages=[passage(mark) for mark in marks],
        evidence=[_cited(row) for row in evidence],
    )


def passage(mark: Appearance) -> Passage:
    """A passage with up to ``AROUND`` code points of its article before and after it."""
    article, body = mark.article_version.article, mark.article_version.body
    before, after = body[max(0, mark.start - AROUND) : mark.start], body[mark.end : mark.end + AROUND]
    if mark.start > AROUND:
        before = "… " + (before.partition(" ")[2] or before)
    if mark.end + AROUND < len(body):
        after = (after.rpartition(" ")[0] or after) + " …"
    return Passage(
        title=article.title,
        publisher=article.publisher,
        url=article.url,
        published_on=article.published_on,
        language=article.language,
        direction=text.direction(article.language),
        before=plaintext.without_direction(before),
        exact=mark.exact,
        after=plaintext.without_direction(after),
        locator=mark.locator,
    )


def _cited(row: Evidence) -> Cited:
    source: Any = row.source
    return Cited(
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        published_on=source.published_on,
        fields=evidence_fields.values(row, evidence_fields.PUBLIC),
    )
