"""Merging two claimants, sources or topics that are one. It cannot be undone.

All claims that name the merged row name the one that stays, published ones too: their records stay as they are, and the
next revision names the row that stays. The merged row is kept with its history and leads to the other one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from articles import rules
from articles.choices import EDITABLE_STAGES, MergeKind, Stage
from articles.models import Capture, Claim, Claimant, Evidence, ExpertNote, PublishedMerge, Source, Topic
from articles.models.named import Named
from articles.services import audit, editing
from articles.services.log import cache_purges
from lib.refusals import NotAllowedError, RefusedError

Mergeable = Claimant | Source | Topic
_KINDS: dict[type[Any], MergeKind] = {
    Claimant: MergeKind.CLAIMANT,
    Source: MergeKind.SOURCE,
    Topic: MergeKind.TOPIC,
}


class NotMergeableError(RefusedError):
    """The two rows cannot be merged; the text says why."""

    code = "not_mergeable"


@dataclass(frozen=True, slots=True)
class Moving:
    """What a merge moves: claims by how far they are, evidence, captures, and names that lead to the merged row."""

    open: int
    published: int
    dropped: int
    evidence: int
    captures: int
    aliases: int


def moving(row: Any) -> Moving:
    """What a merge of ``row`` into another one would move."""
    stages = list(_claims(row).values_list("stage", flat=True))
    is_source = isinstance(row, Source)
    return Moving(
        open=sum(stage in EDITABLE_STAGES for stage in stages),
        published=sum(stage in (Stage.PUBLISHED, Stage.RETRACTED) for stage in stages),
        dropped=stages.count(Stage.DROPPED),
        evidence=Evidence.objects.filter(source=row).count() if is_source else 0,
        captures=Capture.objects.filter(source=row).count() if is_source else 0,
        aliases=type(row)._default_manager.filter(merged_into=row).count(),
    )


def merge(*, row: Mergeable, into: Mergeable, by: User, at: datetime, version: int, into_version: int) -> Mergeable:
    """Make ``into`` what ``row`` is as well; returns ``into``.

    ``version`` and ``into_version`` are those that were seen. Approvals of open claims that name ``row`` become stale.
    Raises ``NotAllowedError``, ``StaleError``, ``NotMergeableError``.
    """
    if not rules.may_merge(by):
        raise NotAllowedError.for_(_("You do not have permission to merge claimants, sources and topics."))
    if type(row) is not type(into) or row.pk == into.pk:
        raise NotMergeableError(_("Choose another row to merge into."))
    with audit.act_as(by=by, reason=f"Merged “{row}” into “{into}” ({into.pk})"):
        claims = _lock(row, into, version=version, into_version=into_version)
        gone, stays = _fresh(row), _fresh(into)
        if gone.merged_into_id or stays.merged_into_id:
            raise NotMergeableError(_("One of the two was merged already. Choose the row that stayed."))
        _move_claims(gone, stays, claims)
        _move_rows(gone, stays)
        type(row)._default_manager.filter(merged_into=gone).update(merged_into=stays, version=F("version") + 1)
        gone.merged_into, gone.version = stays, gone.version + 1
        gone.save()
        lead_on(_KINDS[type(row)], _public_name(gone), _public_name(stays), at=at)
    kept: Mergeable = stays
    return kept


def lead_on(kind: MergeKind, gone: str, stays: str, *, at: datetime) -> None:
    """From now on ``gone`` and all that led to it lead to ``stays`` on readers' pages."""
    former = list(PublishedMerge.objects.filter(kind=kind, stays=gone).values_list("gone", flat=True))
    names = [name for name in dict.fromkeys([*former, gone]) if name != stays]
    PublishedMerge.objects.filter(kind=kind, gone__in=[*names, stays]).delete()
    PublishedMerge.objects.bulk_create(PublishedMerge(kind=kind, gone=name, stays=stays, at=at) for name in names)
    cache_purges.purge_merge(kind, gone, stays, at=at)


def _fresh(row: Mergeable) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def _public_name(row: Mergeable) -> str:
    return row.name if isinstance(row, Topic) else str(row.pk)


def _claims(row: Any) -> QuerySet[Claim]:
    if isinstance(row, Topic):
        return Claim.objects.filter(topics__contains=[row.name])
    if isinstance(row, Source):
        return Claim.objects.filter(pk__in=Evidence.objects.filter(source=row).values("claim"))
    return Claim.objects.filter(claimant=row)


def _lock(row: Mergeable, into: Mergeable, *, version: int, into_version: int) -> list[Any]:
    """The claims that name ``row``, by id, then both rows; again when one more claim names it by then."""
    versions = {row.pk: version, into.pk: into_version}
    while True:
        point = transaction.savepoint()
        rows = _claims(row).select_for_update(no_key=True, of=("self",)).order_by("pk")
        held = list(rows.values_list("pk", flat=True))
        for pk in sorted(versions):
            editing.lock(type(row), pk, version=versions[pk])
        if set(_claims(row).values_list("pk", flat=True)) <= set(held):
            transaction.savepoint_commit(point)
            return held
        transaction.savepoint_rollback(point)


def _move_claims(gone: Named, stays: Named, claims: list[Any]) -> None:
    """Each claim goes one version on, once."""
    rows = Claim.objects.filter(pk__in=claims)
    if isinstance(gone, Claimant):
        rows.update(claimant=stays, version=F("version") + 1)
    elif isinstance(gone, Topic) and isinstance(stays, Topic):
        rename_topic(claims, gone.name, stays.name)
    else:
        rows.update(version=F("version") + 1)


def rename_topic(claims: list[Any], old: str, new: str) -> None:
    """Write ``new`` for ``old`` in these claims, each topic once."""
    for claim in Claim.objects.filter(pk__in=claims).only("topics", "version").order_by("pk"):
        topics = list(dict.fromkeys(new if name == old else name for name in claim.topics))
        Claim.objects.filter(pk=claim.pk).update(topics=topics, version=F("version") + 1)


def _move_rows(gone: Named, stays: Named) -> None:
    """Evidence, captures and experts' notes of a source."""
    if isinstance(gone, Source) and isinstance(stays, Source):
        for model in (Capture, Evidence, ExpertNote):
            model._default_manager.filter(source=gone).update(source=stays)
