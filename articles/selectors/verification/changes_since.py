"""What a claim said at an earlier moment, rebuilt from its history or its record, to compare it with now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from articles import workflow
from articles.choices import ChangeKind
from articles.models import Change, Claim, Evidence, Rating, Record
from articles.selectors.log import evidence_numbers, record_content
from articles.selectors.verification.statements import (
    EXPLANATION,
    HEADLINE,
    KEY_POINTS,
    STATEMENT,
    SUMMARY,
    UNKNOWNS,
)
from lib.markedtext.flat import flatten

_SEND_BACK = workflow.get("send_back")
#: The columns of evidence that are compared.
_EVIDENCE = ("source_id", "stance", "quote", "locator", "note")
_VERDICT = ("rating_id", "summary", "explanation_html")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A claim as it was. ``key`` is "sent_back" or "published"; ``words`` is why it was sent back."""

    key: str
    at: datetime
    who: str
    words: str
    texts: dict[str, str]
    rating: str
    evidence: dict[str, dict[str, str]] = field(default_factory=dict)


def moments(claim: Claim) -> list[Earlier]:
    """The last sending back and the last publication, newest first."""
    found = [one for one in (_sent_back(claim), _published(claim)) if one]
    return sorted(found, key=lambda one: one.at, reverse=True)


def evidence_changes(claim: Claim, earlier: Earlier) -> tuple[dict[int, str], list[str]]:
    """Which pieces are "new" or "changed" since, by id; and the sources of those that are gone."""
    if earlier.key == "published":
        now = {row.pk: _published_evidence(document) for row, document in _documents(claim)}
        was = list(earlier.evidence.values())
        told = {pk: "new" for pk, values in now.items() if values not in was}
        gone = [values["title"] for values in was if values not in now.values()]
        return told, gone
    now_rows = {str(row.pk): row for row in claim.evidence.all()}
    told = {}
    for pk, row in now_rows.items():
        before = earlier.evidence.get(pk)
        if before is None:
            told[row.pk] = "new"
        elif any(before[name] != str(getattr(row, name) or "") for name in _EVIDENCE):
            told[row.pk] = "changed"
    return told, [values["quote"] or values["locator"] for pk, values in earlier.evidence.items() if pk not in now_rows]


def _sent_back(claim: Claim) -> Earlier | None:
    moves = Change.objects.filter(
        claim_id=claim.pk, table="articles_claim", kind=ChangeKind.UPDATE, after__stage=_SEND_BACK.target.value
    )
    stages = [stage.value for stage in _SEND_BACK.sources]
    # Who takes the own submission back gives no reason: nothing was sent back then.
    move = moves.filter(before__stage__in=stages).exclude(reason="").select_related("actor").order_by("-id").first()
    if move is None:
        return None
    later = list(Change.objects.filter(claim_id=claim.pk, id__gt=move.pk).order_by("id"))
    verdict = _verdict_then(claim, later)
    columns = {name: getattr(claim, name) for name in ("text", "headline", "key_points", "unknowns")}
    said = _before(later, "articles_claim", str(claim.pk), columns)
    texts = {
        HEADLINE: said["headline"],
        STATEMENT: said["text"],
        KEY_POINTS: "\n".join(said["key_points"]),
        UNKNOWNS: "\n".join(said["unknowns"]),
        SUMMARY: verdict.get("summary", ""),
        EXPLANATION: flatten(evidence_numbers.numbered(claim, verdict.get("explanation_html", ""))).text,
    }
    who = move.actor.display_name() if move.actor else ""
    return Earlier("sent_back", move.at, who, move.reason, texts, _rating(verdict), _evidence_then(claim, later))


def _verdict_then(claim: Claim, later: list[Change]) -> dict[str, Any]:
    """The columns of the verdict that counted before ``later``; nothing where there was none."""
    added = {change.row for change in later if change.table == "articles_verdict" and change.kind == ChangeKind.INSERT}
    rows = [row for row in claim.verdicts.all() if str(row.pk) not in added]
    if not rows:
        return {}
    row = max(rows, key=lambda verdict: verdict.pk)
    return _before(later, "articles_verdict", str(row.pk), {name: getattr(row, name) for name in _VERDICT})


def _evidence_then(claim: Claim, later: list[Change]) -> dict[str, dict[str, str]]:
    own = [change for change in later if change.table == "articles_evidence"]
    added = {change.row for change in own if change.kind == ChangeKind.INSERT}
    then = {str(row.pk): {name: getattr(row, name) for name in _EVIDENCE} for row in claim.evidence.all()}
    for change in own:
        if change.kind == ChangeKind.DELETE and change.row not in added:
            then[change.row] = {name: (change.before or {}).get(name) for name in _EVIDENCE}
    return {
        pk: {name: str(value or "") for name, value in _before(own, "articles_evidence", pk, values).items()}
        for pk, values in then.items()
        if pk not in added
    }


def _before(later: Iterable[Change], table: str, row: str, now: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row as they were before the changes ``later``, oldest first."""
    then, found = dict(now), set[str]()
    for change in later:
        if change.table != table or change.row != row or change.kind == ChangeKind.INSERT:
            continue
        for name in set(change.before or {}) & set(now) - found:
            then[name] = (change.before or {})[name]
            found.add(name)
    return then


def _rating(verdict: dict[str, Any]) -> str:
    rating = Rating.objects.filter(pk=verdict["rating_id"]).first() if verdict.get("rating_id") else None
    return str(rating) if rating else ""


def _published(claim: Claim) -> Earlier | None:
    record = Record.objects.filter(claim_id=claim.pk).order_by("-revision").first()
    document = record.document() if record else {}
    verdict = document.get("verdict")
    if record is None or verdict is None:
        return None
    texts = {
        HEADLINE: document.get("headline", ""),
        KEY_POINTS: "\n".join(document.get("key_points", ())),
        UNKNOWNS: "\n".join(document.get("unknowns", ())),
        STATEMENT: document["claim"]["text"],
        SUMMARY: verdict["summary"],
        EXPLANATION: flatten(verdict["explanation_html"]).text,
    }
    was = {str(number): _published_evidence(row) for number, row in enumerate(document["evidence"])}
    return Earlier("published", record.at, "", "", texts, verdict["rating"]["label"], was)


def _published_evidence(document: dict[str, Any]) -> dict[str, str]:
    source = document["source"]
    names = ("stance", "quote", "locator", "note")
    values = {name: str(document.get(name) or "") for name in names}
    return values | {"title": source.get("title") or source.get("description") or ""}


def _documents(claim: Claim) -> list[tuple[Evidence, dict[str, Any]]]:
    rows = list(claim.evidence.all())
    return list(zip(rows, record_content.content(claim)["evidence"], strict=True))
