"""Entering claims at the speed of reading: claim, claimant and passage in one act, safe to send twice."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from articles import rules
from articles.choices import Stage
from articles.models import Appearance, ArticleVersion, Claim, Claimant
from articles.selectors.passages import article_desk
from articles.services import audit
from articles.services.claims import claims
from articles.services.errors import WrongStageError
from articles.services.library import claimants
from articles.services.verification import verdicts
from lib.refusals import NotAllowedError, RefusedError


class AlreadyMarkedError(RefusedError):
    """Somebody marked exactly this passage meanwhile. ``appearances`` are the marks that were not seen."""

    code = "already_marked"

    def __init__(self, appearances: list[Appearance]) -> None:
        self.appearances = appearances
        first = appearances[0]
        super().__init__(
            _(
                "%(name)s has marked this passage meanwhile: “%(claim)s”. Open that claim, or mark the passage "
                "for yours as well."
            )
            % {"name": first.created_by.display_name(), "claim": first.claim}
        )


class IdTakenError(RefusedError):
    """The id that was chosen for the claim is another claim's."""

    code = "id_taken"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who made a claim, as it was typed: somebody known, a name, or nobody in particular.

    ``kind`` and ``role`` are for somebody who is not known yet; without a kind, the name has to tell it.
    """

    known: Claimant | None = None
    name: str = ""
    is_unattributed: bool = False
    kind: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class EntryResult:
    """What is there after entering; ``is_new`` is false when the same request had arrived before."""

    claim: Claim
    appearance: Appearance
    is_new: bool


def enter(
    *,
    pk: UUID,
    article_version: ArticleVersion,
    exact: str,
    start: int | None,
    speaker: Speaker,
    by: User,
    at: datetime,
    seen: Collection[UUID] = (),
    **fields: Any,
) -> EntryResult:
    """Enter a claim made in a passage, in one act: its claimant if new, the claim, the mark.

    ``pk`` is chosen by the caller, so that a request whose answer was lost can be sent again: the claim that it made is
    returned then, unchanged. ``seen`` are the claims that the caller knows at this passage. ``fields`` are
    the claim's other columns; its language is the article's unless given.

    Raises ``AlreadyMarkedError``, ``IdTakenError``, ``NotAllowedError``, ``ValidationError``, and what ``claims.mark``
    raises. Nothing is written then.
    """
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_(_("You do not have permission to enter claims."))
    with audit.act_as(by=by):
        _one_at_a_time(f"articles_claim/{pk}", f"articles_articleversion/{article_version.pk}")
        known = _entered_before(pk, article_version, by)
        if known:
            return EntryResult(known.claim, known, False)
        found = claims.locate(article_version, exact, start)
        beside = [mark for mark in article_desk.at(article_version, *found) if mark.claim_id not in seen]
        if beside:
            raise AlreadyMarkedError(beside)
        values = {"language": article_version.article.language, **fields, **_said_by(speaker, by=by, at=at)}
        claim = claims.create(by=by, at=at, pk=pk, **values)
        mark = claims.mark(
            claim=claim, article_version=article_version, exact=exact, start=start, by=by, at=at, version=claim.version
        )
    return EntryResult(mark.claim, mark, True)


def reword(*, claim: Claim, speaker: Speaker, by: User, at: datetime, version: int, **fields: Any) -> Claim:
    """Change a claim's words and claimant in one act. Raises what ``claims.edit`` raises."""
    with audit.act_as(by=by):
        if claim.version == version:
            fields |= _said_by(speaker, by=by, at=at)
        changed = {name: value for name, value in fields.items() if getattr(claim, name, None) != value}
        return claims.edit(claim=claim, by=by, at=at, version=version, **changed)


def take_back(*, claim: Claim, by: User, at: datetime, version: int) -> Claim:
    """Undo having entered a claim, while nobody worked on it: it is dropped, and stays in the history.

    Raises ``NotAllowedError`` for somebody else's claim, ``StaleError``, and ``WrongStageError`` once it is more than a
    draft.
    """
    if claim.created_by_id != by.pk:
        raise NotAllowedError(_("Only the person who entered a claim can take it back. Drop it instead, and say why."))
    if claim.stage != Stage.DRAFT:
        raise WrongStageError(_("Work on this claim has begun. Drop it instead, and say why."), stage=claim.stage)
    return verdicts.transition(
        claim=claim,
        transition="drop",
        by=by,
        at=at,
        version=version,
        comment="Taken back right after it was entered.",
    )


def _one_at_a_time(*names: str) -> None:
    """Other transactions with the same names wait for this one; the order is always id, then text."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _entered_before(pk: UUID, version: ArticleVersion, by: User) -> Appearance | None:
    claim = Claim.objects.filter(pk=pk).first()
    if claim is None:
        return None
    mark = claim.appearances.filter(article_version=version).order_by("id").first()
    if mark is None or claim.created_by_id != by.pk:
        raise IdTakenError(_("This id is another claim's. Choose a new one and send it again."))
    mark.claim = claim
    return mark


def _said_by(speaker: Speaker, *, by: User, at: datetime) -> dict[str, Any]:
    """The columns that say who made the claim; a name nobody has yet becomes a new claimant."""
    if speaker.is_unattributed and (speaker.known or speaker.name):
        raise ValidationError({"claimant": _("Either name a claimant or mark the claim as unattributed, not both.")})
    if speaker.known or not speaker.name:
        return {"claimant": speaker.known, "is_unattributed": speaker.is_unattributed}
    new = {"kind": speaker.kind, "role": speaker.role}
    try:
        who = claimants.find_or_add_claimant(name=speaker.name, by=by, at=at, **new)
    except ValidationError as error:
        raise ValidationError(claimants.errors_by_field(error)) from error
    return {"claimant": who, "is_unattributed": False}
