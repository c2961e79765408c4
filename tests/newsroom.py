"""A newsroom for tests: claims in any stage, reached through the services as editors reach them."""

import itertools
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from accounts.models import User
from articles.choices import CaptureMethod
from articles.evidence_fields import FIELDS, EvidenceField, Kind
from articles.models import Article, Claim, Rating, Record, Source
from articles.services.articles import intake
from articles.services.claims import claims
from articles.services.evidence import evidence
from articles.services.library import sources
from articles.services.verification import readings, transitions, verdicts
from articles.services.verification.publishing import Correction
from tests import claim_copies

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
BODY = """The mayor of Lindholm said on Monday that the new bridge cost 12 million crowns.

It was opened in 2019, she said, and carries 4,000 vehicles a day. Critics call it too narrow.

The old ferry made 20 trips a day until it was sold.
"""
QUOTE = "the new bridge cost 12 million crowns"
_numbers = itertools.count(1)


def article(by: User, *, title: str = "A bridge for Lindholm", body: str = BODY, **fields: Any) -> Article:
    """An article; the same body twice is the same article."""
    return intake.import_text(
        body=body, by=by, at=AT, how=CaptureMethod.PASTE, title=title, **{"publisher": "Lindholm Herald", **fields}
    ).article


def source(by: User, *, title: str = "", **fields: Any) -> Source:
    """A source."""
    number = next(_numbers)
    values = {"kind": "document", "publisher": "City of Lindholm", "url": f"https://city.example/{number}", **fields}
    return sources.add_source(by=by, at=AT, title=title or f"Minutes no. {number}", **values)


@claim_copies.kept_step
def draft(by: User, *, text: str = "", **fields: Any) -> Claim:
    """A claim in its first stage, unattributed, with nothing on it."""
    values = {"language": "en", "is_unattributed": "claimant" not in fields, **fields}
    return claims.create(by=by, at=AT, text=text or f"The bridge of Lindholm cost {next(_numbers)} million", **values)


@claim_copies.kept
def complete(by: User, *, rating: str = "true", text: str = "", quote: str = QUOTE, **fields: Any) -> Claim:
    """A claim being checked that lacks nothing: passage, two sources, verdict."""
    claim = draft(by, text=text, **fields)
    claim = claims.mark(
        claim=claim, article_version=article(by).current_version(), exact=quote, by=by, at=AT, version=claim.version
    ).claim
    claim = propose(sourced(claim, by), by, rating=rating)
    return take(claim, "start", by)


@claim_copies.kept_step
def sourced(claim: Claim, by: User) -> Claim:
    """The claim with two pieces of evidence."""
    for stance, locator in (("supports", "page 4"), ("context", "section 2")):
        claim = evidence.add(
            claim=claim, source=source(by), stance=stance, locator=locator, by=by, at=AT, version=claim.version
        ).claim
    return claim


@claim_copies.kept_step
def propose(claim: Claim, by: User, *, rating: str = "true", summary: str = "The minutes show it.") -> Claim:
    """The claim with a verdict proposed."""
    return verdicts.propose_verdict(
        claim=claim,
        rating=Rating.objects.current().get(key=rating),
        summary=summary,
        explanation_html="<p>The city's minutes give the same figure.</p>",
        by=by,
        at=AT,
        version=claim.version,
    ).claim


@claim_copies.kept_step
def translate(claim: Claim, by: User) -> Claim:
    """The translation with explanation and notes in other words than its original's."""
    verdict = claim.verdicts.latest("pk")
    claim = verdicts.propose_verdict(
        claim=claim,
        rating=verdict.rating,
        summary=verdict.summary,
        explanation_html="<p>…, … … …: 12 000 000 …, …, …</p>",
        by=by,
        at=AT,
        version=claim.version,
    ).claim
    for row in claim.evidence.exclude(note="").order_by("pk"):
        given: dict[str, Any] = {"by": by, "at": AT, "version": claim.version}
        claim = evidence.edit(evidence=row, note=f"… {row.position}", **given).claim
    return claim


@claim_copies.kept_step
def take(
    claim: Claim,
    transition: str,
    by: User,
    *,
    comment: str = "",
    correction: Correction | None = None,
    at: datetime | None = None,
) -> Claim:
    """The claim after a step: at ``AT``, or at the time of the newest record when something was published later.

    Who approves opens the claim before, and says why figures without a tick are approved.
    """
    at = at or max(AT, Record.objects.order_by("-seq").values_list("at", flat=True).first() or AT)
    if transition == "approve":
        readings.note(claim=claim, by=by, at=at)
        comment = comment or "Compared with the minutes."
    return transitions.apply_transition(
        claim=claim, transition=transition, by=by, at=at, version=claim.version, comment=comment, correction=correction
    )


@claim_copies.kept
def in_stage(stage: str, people: SimpleNamespace, **fields: Any) -> Claim:
    """A claim in ``stage``: written by the reporter, approved by the checker, published by the editor."""
    if stage == "draft":
        return draft(people.reporter, **fields)
    claim = complete(people.reporter, **fields)
    path = {
        "checking": [],
        "review": [("submit", people.reporter)],
        "approved": [("submit", people.reporter), ("approve", people.checker)],
        "dropped": [("drop", people.reporter)],
    }
    path["published"] = [*path["approved"], ("publish", people.editor)]
    path["retracted"] = [*path["published"], ("retract", people.editor)]
    for transition, by in path[stage]:
        comment = "We misread the source." if transition in ("retract", "drop") else ""
        claim = take(claim, transition, by, comment=comment)
    return claim


def published(people: SimpleNamespace, **fields: Any) -> Claim:
    """A published claim."""
    return in_stage("published", people, **fields)


def record_of(claim: Claim) -> Record:
    """The newest record of a claim."""
    return Record.objects.filter(claim_id=claim.pk).latest("revision")


def evidence_values(word: str, *, only_labelled: bool = False) -> dict[str, Any]:
    """A value with ``word`` in it, where the kind allows it, for each field of evidence except the stance."""
    fields = [field for field in FIELDS if field.name != "stance" and (field.is_labelled or not only_labelled)]
    return {field.name: _evidence_value(field, word) for field in fields}


def _evidence_value(field: EvidenceField, word: str) -> Any:
    if field.choices:
        return field.choices.values[0]
    values = {Kind.DAY: date(2026, 2, 24), Kind.ADDRESS: f"https://{word}.example/{field.name}"}
    return values.get(field.kind, f"{word} {field.name}")
