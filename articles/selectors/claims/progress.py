"""What the desk's screens and guards need to know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext

from accounts.models import User
from articles import guards, rules, workflow
from articles.choices import ChangeKind, Stage
from articles.guards import Facts, Unmet
from articles.models import CONTENT_FIELDS, NAMED_TABLES, Change, Claim, Evidence, PublishedClaim, Verdict
from articles.selectors import translations
from articles.selectors.log import approved_content, lead_pictures, record_content
from articles.selectors.passages import passage_review
from articles.selectors.verification import readings, schedules
from articles.workflow import Transition
from lib.richtext import citations

#: Tables whose every change is a change of a claim's content.
_CONTENT_TABLES = (
    *("articles_appearance", "articles_evidence", "articles_rightofreply", "articles_relation"),
    "articles_leadpicture",
)
_VERDICT_CONTENT = ("rating_id", "summary", "explanation_html")


Faces = Sequence[PublishedClaim]


def facts(claim: Claim, *, asker: User | None = None, faces: Faces | None = None, will_open: bool = False) -> Facts:
    """The facts that guards check, for ``claim`` in the database and ``asker`` as the actor.

    ``faces`` is what readers have of the claim, where that was read already: one row or none. ``will_open``: the review
    page comes before the approval, so whether ``asker`` opened the claim already is not looked up.
    """
    if faces is None:
        faces = list(PublishedClaim.objects.filter(claim_id=claim.pk).only("is_retracted", "rating_key"))
    verdict = record_content.current_verdict(claim)
    evidence = list(claim.evidence.all())
    appearances = claim.appearances.all()
    entries = _last_entries(claim) if asker and claim.stage == Stage.REVIEW else {}
    part = contribution_phrase(claim, asker, entries=entries) if asker else ""
    return Facts(
        stage=claim.stage,
        has_verdict=verdict is not None,
        has_summary=bool(verdict and verdict.summary),
        rating=verdict.rating.key if verdict else "",
        evidence=len(evidence),
        unlocated_evidence=sum(1 for row in evidence if not row.quote and not row.locator),
        unknown_citations=_unknown_citations(verdict, evidence),
        sources=len({row.source_id for row in evidence}),
        has_single_source_reason=bool(claim.single_source_reason),
        has_claimant=claim.claimant_id is not None or claim.is_unattributed,
        has_origin=bool(claim.origin or claim.origin_kind or appearances),
        unsettled_anchors=passage_review.unsettled().filter(claim=claim).count(),
        asker_contributed=bool(part),
        asker_part=part,
        asker_opened=will_open or (bool(asker) and not part and _has_opened(claim, asker)),
        approval_fresh=approved_content.is_approved(claim, verdict),
        is_public=any(not face.is_retracted for face in faces),
        is_retracted=any(face.is_retracted for face in faces),
        public_rating=next((face.rating_key for face in faces if not face.is_retracted), ""),
        asker_submitted=asker is not None and entries.get(Stage.REVIEW, (0, None))[1] == asker.pk,
        is_embargoed=claim.stage == Stage.APPROVED and schedules.is_embargoed(claim, at=timezone.now()),
        **lead_pictures.facts(claim),
        **translations.facts(claim, verdict),
    )


def _unknown_citations(verdict: Verdict | None, evidence: Iterable[Evidence]) -> int:
    cited = citations.cited(verdict.explanation_html) if verdict else []
    return len(set(cited) - {row.pk for row in evidence})


def _has_opened(claim: Claim, asker: User | None) -> bool:
    """Asked only where it matters: of somebody who may approve, in a stage that leads to an approval."""
    approve = workflow.get("approve")
    if asker is None or claim.stage not in approve.sources or not rules.may_take_step(asker, approve):
        return False
    return readings.has_opened(claim, asker)


def contribution_phrase(
    claim: Claim, user: User, *, entries: Mapping[str, tuple[int, int | None]] | None = None
) -> str:
    """What ``user`` did to the content that is up for approval, in words that follow "you"; empty when nothing.

    Read from the history, which no caller can avoid. Content approved and published before does not count
    again: only what happened since the last record, and having written the claim or proposed its verdict.
    ``entries`` is what ``_last_entries`` returned, where that was read already.
    """
    if claim.created_by_id == user.pk:
        return pgettext("after “you”", "wrote the claim")
    verdict = record_content.current_verdict(claim)
    if verdict and verdict.proposed_by_id == user.pk:
        return pgettext("after “you”", "proposed the verdict")
    if any(
        _touches_content(change)
        for change in _changes_in_round(claim, entries or _last_entries(claim)).filter(actor=user)
    ):
        return pgettext("after “you”", "edited what is being approved")
    return ""


def _changes_in_round(claim: Claim, entries: Mapping[str, tuple[int, int | None]]) -> QuerySet[Change]:
    """The changes since the claim was last published, of itself and of the claimant, sources and articles it names."""
    sources = [row.source_id for row in claim.evidence.all()]
    articles = _article_ids(claim)
    named = Q(table="articles_source", row__in=[str(pk) for pk in sources])
    named |= Q(table="articles_article", row__in=[str(pk) for pk in articles])
    if claim.claimant_id:
        named |= Q(table="articles_claimant", row=str(claim.claimant_id))
    changes = Change.objects.filter(Q(claim_id=claim.pk) | Q(named, kind=ChangeKind.UPDATE, at__gte=claim.created_at))
    mark, _actor = entries.get(Stage.PUBLISHED, (0, None))
    return changes.filter(id__gt=mark) if mark else changes


def _last_entries(claim: Claim) -> dict[str, tuple[int, int | None]]:
    """When the claim last came to review and to publication, and by whom: the change's id and its actor, by stage."""
    stages = [Stage.REVIEW, Stage.PUBLISHED]
    changes = Change.objects.filter(claim_id=claim.pk, table="articles_claim", after__stage__in=stages).order_by("id")
    return {stage: (pk, actor) for pk, stage, actor in changes.values_list("id", "after__stage", "actor_id")}


def _article_ids(claim: Claim) -> list[Any]:
    if "appearances" in getattr(claim, "_prefetched_objects_cache", {}):
        return [row.article_version.article_id for row in claim.appearances.all()]
    return list(claim.appearances.values_list("article_version__article_id", flat=True))


def _touches_content(change: Change) -> bool:
    keys = set(change.after or {}) | set(change.before or {})
    if change.table == "articles_appearance" and keys == {"state"}:
        return False  # what was found when a new text came in: nobody's words, and nothing that readers see
    if change.table in _CONTENT_TABLES or change.table in NAMED_TABLES:
        return True
    if change.table == "articles_verdict":
        return bool(keys & set(_VERDICT_CONTENT))
    return change.table == "articles_claim" and bool(keys & set(CONTENT_FIELDS))


@dataclass(frozen=True, slots=True)
class Step:
    """A step that leads on from a claim's stage, with what keeps this person from applying it."""

    transition: Transition
    allowed: bool
    unmet: list[Unmet]
    #: Whether it publishes another rating than readers have, which takes a severity and a note.
    needs_correction: bool = False

    @property
    def ready(self) -> bool:
        """Whether a click would succeed."""
        return self.allowed and not self.unmet


@dataclass(frozen=True, slots=True)
class Progress:
    """The steps that lead on from a claim's stage, and what its content lacks for an approval."""

    steps: list[Step]
    missing: list[Unmet]
    facts: Facts


def progress_of(
    claim: Claim, *, asker: User, faces: Sequence[PublishedClaim] | None = None, will_open: bool = False
) -> Progress:
    """Steps and checklist from one look at the database. What ``claim`` has prefetched is not read again."""
    return progress_from(facts(claim, asker=asker, faces=faces, will_open=will_open), asker=asker)


def progress_from(known: Facts, *, asker: User) -> Progress:
    """Steps and checklist of a claim of which these facts are known."""
    steps = [
        Step(
            transition,
            rules.may_take_step(asker, transition),
            workflow.unmet(transition, known),
            transition.key == "publish" and bool(known.public_rating) and known.rating != known.public_rating,
        )
        for transition in workflow.leaving(known.stage)
    ]
    return Progress(steps, guards.missing(known), known)


def steps(claim: Claim, *, asker: User) -> list[Step]:
    """Every step the table has from the claim's stage: the stage buttons, each with its unmet guards."""
    return progress_of(claim, asker=asker).steps


def checklist(claim: Claim) -> list[Unmet]:
    """What is missing until the claim can be approved."""
    return guards.missing(facts(claim))


@dataclass(frozen=True, slots=True)
class Act:
    """What one person did at one moment: the changes of one act."""

    first: Change
    changes: list[Change]

    @property
    def reason(self) -> str:
        """The comment given with it, if any."""
        return next((change.reason for change in self.changes if change.reason), "")


def history(claim: Claim, *, limit: int = 200) -> list[Act]:
    """What happened to the claim, newest act first; at most ``limit`` changed rows."""
    return acts(Change.objects.of_claim(claim.pk)[:limit])


def acts(changes: Iterable[Change]) -> list[Act]:
    """Changes put together by the act they belong to, in the order given."""
    grouped: dict[int, list[Change]] = {}
    for change in changes:
        grouped.setdefault(change.act, []).append(change)
    return [Act(rows[0], rows) for rows in grouped.values()]
