"""Submissions: as their sender may see them, and as the desk does."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from articles.choices import PublicState, RelationKind, Stage, SubmissionState
from articles.models import Claim, PublishedClaim, Relation, Submission, TipPicture
from articles.selectors.keyset import Page, page
from articles.selectors.readers.forms.sent_in import public_state
from partners.models import Partner

_DECIDED_FOR_A_CLAIM = (SubmissionState.ACCEPTED, SubmissionState.DUPLICATE)
#: A claim that was dropped as a repeat of another leads to that one, which may have been dropped as a repeat in turn.
_REPEATS_FOLLOWED = 3
_WHERE: dict[str, Q] = {
    PublicState.RECEIVED: Q(state=SubmissionState.RECEIVED),
    PublicState.DECLINED: Q(state=SubmissionState.DECLINED),
    PublicState.ACCEPTED: Q(state__in=_DECIDED_FOR_A_CLAIM, retracted=None, is_dropped=False),
    PublicState.DROPPED: Q(state__in=_DECIDED_FOR_A_CLAIM, retracted=None, is_dropped=True),
    PublicState.DUPLICATE: Q(is_same_as_another=True, retracted__isnull=False),
    PublicState.PUBLISHED: Q(state=SubmissionState.ACCEPTED, is_same_as_another=False, retracted=False),
    PublicState.RETRACTED: Q(state=SubmissionState.ACCEPTED, is_same_as_another=False, retracted=True),
}


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A submission as its sender sees it: its state, and what readers see of its claim."""

    submission: Submission
    public_state: PublicState
    face: PublishedClaim | None

    def is_answered_by(self, claim_id: UUID) -> bool:
        """Whether it is this claim that its sender sees."""
        return bool(getattr(self.submission, "followed", None) == claim_id)


def of_partner(
    partner: Partner, *, state: str = "", reference: str = "", cursor: str = "", size: int
) -> tuple[Page[Submission], list[PartnerView]]:
    """A page of what ``partner`` sent, newest first, without the documents: each may be as large as a request.

    Raises ``CursorError``.
    """
    rows = _with_faces(Submission.objects.filter(partner=partner).defer("payload"))
    if state:
        rows = rows.filter(_WHERE[state])
    if reference:
        rows = rows.filter(reference=reference)
    scope = ["submissions", str(partner.pk), state, reference]
    found: Page[Submission] = page(rows, key="id", cursor=cursor, size=size, scope=scope)
    return found, _seen(found.rows)


def one_of_partner(partner: Partner, pk: UUID) -> PartnerView:
    """One submission of ``partner``. Raises ``Submission.DoesNotExist``, for another's, too."""
    return _seen([_with_faces(Submission.objects.filter(partner=partner).defer("payload")).get(pk=pk)])[0]


def sent_in_for(claim_id: UUID) -> list[PartnerView]:
    """The submissions of partners that became the claim or one of its repeats."""
    ids, newest = {claim_id}, {claim_id}
    for _step in range(_REPEATS_FOLLOWED):
        repeats = Relation.objects.filter(other__in=newest, claim__stage=Stage.DROPPED, kind=RelationKind.REPEATS)
        newest = set(repeats.values_list("claim_id", flat=True)) - ids
        if not newest:
            break
        ids |= newest
    rows = Submission.objects.filter(partner__isnull=False, claim_id__in=ids).defer("payload")
    return _seen(list(_with_faces(rows)))


def _with_faces(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """With ``followed``, the claim that answers the submission, and ``retracted``: None while readers cannot see it.

    Of the desk it only says that the claim was dropped: else the sender would wait without end.
    """
    followed: Any = F("claim_id")
    for step in range(_REPEATS_FOLLOWED):
        rows = rows.alias(**{f"_followed_{step}": followed})
        repeats = Relation.objects.filter(
            claim=OuterRef(f"_followed_{step}"), claim__stage=Stage.DROPPED, kind=RelationKind.REPEATS
        )
        other = Subquery(repeats.order_by("-id").values("other_id")[:1])
        followed = Coalesce(other, F(f"_followed_{step}"), output_field=UUIDField())
    face = PublishedClaim.objects.filter(claim_id=OuterRef("followed"))
    dropped = Claim.objects.filter(pk=OuterRef("followed"), stage=Stage.DROPPED)
    is_another = Q(state=SubmissionState.DUPLICATE) | Q(state=SubmissionState.ACCEPTED) & ~Q(followed=F("claim_id"))
    return rows.annotate(followed=followed).annotate(
        retracted=Subquery(face.values("is_retracted")[:1]),
        is_dropped=Exists(dropped),
        is_same_as_another=ExpressionWrapper(is_another, BooleanField()),
    )


def _seen(rows: list[Any]) -> list[PartnerView]:
    faces = PublishedClaim.objects.defer("search").in_bulk({row.followed for row in rows if row.followed})
    return [PartnerView(row, _public_state(row), faces.get(row.followed) if row.followed else None) for row in rows]


def _public_state(row: Any) -> PublicState:
    return public_state(
        SubmissionState(row.state),
        retracted=row.retracted,
        is_same_as_another=row.is_same_as_another,
        is_dropped=row.is_dropped,
    )


def for_the_desk() -> QuerySet[Submission]:
    """Every submission with its partner and claim, for the desk's list; without the document that was sent."""
    from_reader = ExpressionWrapper(Q(partner=None, payload={"from": "reader"}), BooleanField())
    rows = Submission.objects.defer("payload").annotate(is_from_reader=from_reader)
    return rows.select_related("partner", "claim", "decided_by", "shown_claim")


def pictures_of(submission: Submission) -> list[TipPicture]:
    """The pictures that came with a tip, without their bytes."""
    return list(TipPicture.objects.filter(submission=submission))


def picture_of(submission_id: UUID, place: int) -> TipPicture | None:
    """One picture of a tip, with its bytes."""
    found: TipPicture | None = TipPicture.objects.filter(submission_id=submission_id, place=place).defer(None).first()
    return found


def similar_submissions(submission: Submission, *, limit: int = 5) -> list[Claim]:
    """Claims of the desk, in any stage, whose statement is similar to the submission's, best first."""
    statement = submission.text[:500]
    rows = Claim.objects.filter(text__trigram_similar=statement).select_related("claimant")
    return list(rows.order_by(TrigramSimilarity("text", statement).desc(), "pk")[:limit])


def claim_named(given: str) -> Claim | None:
    """The claim somebody names by its id, its slug, or an address of its public or desk page that ends in either."""
    last = [part for part in given.strip().split("?")[0].split("/") if part not in ("", "change")][-1:]
    for which in last:
        try:
            return Claim.objects.filter(pk=UUID(which)).first()
        except ValueError:
            return Claim.objects.filter(slug=which).first()
    return None
