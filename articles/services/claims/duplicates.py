"""A claim that was made before: its passages become passages of the claim that is there already.

Where that claim is open, they move to it at once. What is published does not change in place: then they wait on the
dropped double until the claim is being checked again, and are taken over by a click. Nothing public changes meanwhile.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from articles import rules
from articles.choices import RelationKind, Stage
from articles.models import Appearance, ArticleVersion, Claim, Relation
from articles.selectors.claims import duplicates
from articles.services import audit, editing
from articles.services.claims import claims
from articles.services.verification import verdicts
from lib.refusals import NotAllowedError, RefusedError


class NotADuplicateError(RefusedError):
    """The two claims cannot be one; the text says why."""

    code = "not_a_repeat"


def mark_duplicate(
    *, claim: Claim, of: Claim, by: User, at: datetime, version: int, of_version: int, recheck: bool = False
) -> Claim:
    """Drop ``claim`` as a repeat of ``of``, which gets its passages; returns the dropped claim.

    ``of`` is open: the passages move, which is an edit of it, so that an approval has to be given anew. It is published
    or retracted: they wait, or with ``recheck`` a re-check is started and they move. Raises ``NotADuplicateError``,
    ``NotAllowedError``, ``StaleError``, ``WrongStageError`` and ``GuardsUnmetError``; nothing is changed then.
    """
    if claim.pk == of.pk:
        raise NotADuplicateError(_("A claim cannot be a duplicate of itself."))
    with audit.act_as(by=by, reason=f"Repeats “{of.text}” ({of.pk})"):
        _lock_in_order({claim: version, of: of_version})
        of = Claim.objects.get(pk=of.pk)
        if of.stage == Stage.DROPPED:
            raise NotADuplicateError(_("That claim was dropped. Take it up again first, or choose another."))
        if recheck and not rules.is_editable(of):
            of = verdicts.transition(claim=of, transition="recheck", by=by, at=at, version=of_version)
        if not Relation.objects.filter(claim=claim, kind=RelationKind.REPEATS, other=of).exists():
            claim = claims.relate(claim=claim, kind=RelationKind.REPEATS, other=of, by=by, at=at, version=version).claim
        if rules.is_editable(of):
            _move(claim, of, by=by, at=at)
        reason = f"Repeats “{of.text}” ({of.pk})"
        return verdicts.transition(claim=claim, transition="drop", by=by, at=at, version=claim.version, comment=reason)


def mark_passage_of(
    *,
    of: Claim,
    article_version: ArticleVersion,
    exact: str,
    by: User,
    at: datetime,
    of_version: int,
    start: int | None = None,
    recheck: bool = False,
) -> Claim:
    """``of`` is made again in a passage for which there is no claim yet; returns the claim that holds the passage.

    That is ``of`` where its content may change. Else it is a double that is entered and dropped at once, on which the
    passage waits. Raises what ``claims.mark`` and ``mark_duplicate`` raise.
    """
    with audit.act_as(by=by):
        if recheck and not rules.is_editable(of):
            of = verdicts.transition(claim=of, transition="recheck", by=by, at=at, version=of_version)
            of_version = of.version
        if rules.is_editable(of) or of.stage == Stage.DROPPED:
            return claims.mark(
                claim=of, article_version=article_version, exact=exact, start=start, by=by, at=at, version=of_version
            ).claim
        double = claims.create(by=by, at=at, text=of.text, language=of.language)
        double = claims.mark(
            claim=double, article_version=article_version, exact=exact, start=start, by=by, at=at, version=1
        ).claim
        return mark_duplicate(claim=double, of=of, by=by, at=at, version=double.version, of_version=of_version)


def move_pending_passages(*, claim: Claim, by: User, at: datetime, version: int) -> Claim:
    """Move the passages that wait on the claim's repeats to it, now that its content may change.

    Raises what ``editing.claim_content`` raises.
    """
    with (
        audit.act_as(by=by, reason="Passages of its repeats"),
        editing.claim_content(claim, by=by, at=at, version=version) as locked,
    ):
        for appearance in duplicates.waiting(locked).select_for_update(of=("self",)):
            _give(appearance, locked)
    return locked


def undo(*, claim: Claim, by: User, at: datetime, version: int) -> Claim:
    """The claim was no repeat after all: it is a draft again, with its passages.

    Those that moved come back; where the other claim's content may not change now, they stay there and this claim gets
    them as well. Raises ``NotADuplicateError``, ``NotAllowedError``, ``StaleError`` and ``WrongStageError``.
    """
    relation = duplicates.of(claim)
    if relation is None:
        raise NotADuplicateError(_("This claim was not dropped as a duplicate."))
    other = relation.other
    with audit.act_as(by=by, reason=f"Does not repeat “{other.text}” ({other.pk})"):
        _lock_in_order({claim: version, other: other.version})
        claim = verdicts.transition(claim=claim, transition="reopen", by=by, at=at, version=version)
        moved = list(Appearance.objects.filter(claim=other, pk__in=duplicates.moved(claim, other)))
        with editing.claim_content(claim, by=by, at=at, version=claim.version) as locked:
            if rules.is_editable(other) and moved:
                with editing.claim_content(other, by=by, at=at, version=other.version):
                    for appearance in moved:
                        _give(appearance, locked)
            else:
                for appearance in moved:
                    _copy(appearance, locked, by=by, at=at)
            Relation.objects.filter(pk=relation.pk).delete()
    return locked


def take_back(*, appearance: Appearance, by: User, at: datetime) -> None:
    """Undo ``mark_passage_of``: the passage is taken off the claim; the history keeps that it was there.

    Raises ``NotAllowedError`` for a passage that somebody else marked, and what ``claims.unmark`` raises.
    """
    if appearance.created_by_id != by.pk:
        raise NotAllowedError(
            _("Only the person who marked a passage can undo it here. Remove it on the claim's page.")
        )
    claim = appearance.claim
    with audit.act_as(by=by, reason="Taken back right after it was marked"):
        if duplicates.of(claim) is None:
            claims.unmark(appearance=appearance, by=by, at=at, version=claim.version)
            return
        claim = undo(claim=claim, by=by, at=at, version=claim.version)
        reason = "Taken back right after it was marked."
        verdicts.transition(claim=claim, transition="drop", by=by, at=at, version=claim.version, comment=reason)


def _lock_in_order(versions: dict[Claim, int]) -> None:
    """Both rows, by id as everywhere. Raises ``StaleError``."""
    for claim in sorted(versions, key=lambda row: row.pk):
        editing.lock(Claim, claim.pk, version=versions[claim])


def _move(claim: Claim, of: Claim, *, by: User, at: datetime) -> None:
    appearances = list(claim.appearances.all())
    if not appearances:
        return
    with editing.claim_content(of, by=by, at=at, version=of.version):
        for appearance in appearances:
            _give(appearance, of)


def _give(appearance: Appearance, claim: Claim) -> None:
    """Hang a passage on another claim, unless that is marked there already."""
    if not _marked(appearance, claim):
        appearance.claim = claim
        appearance.save(update_fields=["claim"])


def _copy(appearance: Appearance, claim: Claim, *, by: User, at: datetime) -> None:
    if not _marked(appearance, claim):
        appearance.pk, appearance.claim, appearance.created_by, appearance.created_at = None, claim, by, at
        appearance.save(force_insert=True)


def _marked(appearance: Appearance, claim: Claim) -> bool:
    place = {name: getattr(appearance, name) for name in ("article_version_id", "start", "end")}
    return Appearance.objects.filter(claim=claim, **place).exists()
