"""Who is said to have made a claim, where and in which words: taken out of the projection, and put back.

Functions of the log alone, as the rest of the projection: merges of names play no part, because a replay of the log
would meet them at another moment.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Q

from articles import attribution
from articles.choices import RecordKind
from articles.models import (
    PublishedArticle,
    PublishedClaim,
    PublishedClaimant,
    PublishedCorrection,
    PublishedEntity,
    PublishedPassage,
    PublishedSource,
    Record,
)

Document = dict[str, Any]
#: The columns of a published claim that say who made it, where and when, as a withdrawn attribution leaves them.
WITHDRAWN_COLUMNS: Document = {"claimant_id": None, "claimed_on": None, "articles": []}


def withdraw(claim: PublishedClaim) -> None:
    """Let go of all that follows from who made ``claim`` and where; its own row has ``WITHDRAWN_COLUMNS`` already.

    A claimant, an article or a source that no other published claim names has no page any more.
    """
    PublishedPassage.objects.filter(claim=claim).delete()
    PublishedCorrection.objects.filter(claim_id=claim.pk).update(claimant_id=None)
    for model, ids in _named(claim).items():
        model._default_manager.filter(pk__in=[pk for pk in ids if not _is_named(model, pk)]).delete()


def restore(row: Record) -> None:
    """After a withdrawn attribution, find the corrections of the claim of ``row`` by its claimants again.

    All else comes back by itself: ``row`` names it.
    """
    records = {record.revision: record for record in Record.objects.filter(claim_id=row.claim_id)}
    before = records[row.revision - 1].document()
    if not attribution.is_withdrawn(before):
        return
    for correction in PublishedCorrection.objects.filter(claim_id=row.claim_id).select_related("record"):
        record = correction.record
        is_retraction = record.kind == RecordKind.RETRACTED
        claimant = records[record.revision - is_retraction].document()["claim"]["claimant"]
        PublishedCorrection.objects.filter(pk=correction.pk).update(claimant_id=claimant["id"] if claimant else None)


def _named(claim: PublishedClaim) -> dict[type[PublishedEntity], set[UUID]]:
    """What the records of a claim up to its newest one named."""
    found: dict[type[PublishedEntity], set[UUID]] = defaultdict(set)
    for record in Record.objects.filter(claim_id=claim.pk, revision__lt=claim.revision):
        document = record.document()
        if document["claim"]["claimant"]:
            found[PublishedClaimant].add(UUID(document["claim"]["claimant"]["id"]))
        found[PublishedArticle] |= {UUID(one["article"]["id"]) for one in document["appearances"]}
        found[PublishedSource] |= {UUID(e["source"]["id"]) for e in document["evidence"] if "id" in e["source"]}
    return found


def _is_named(model: type[PublishedEntity], pk: UUID) -> bool:
    """Whether the newest record of any claim names it."""
    named = {
        PublishedClaimant: Q(claimant_id=pk),
        PublishedArticle: Q(articles__contains=[pk]),
        PublishedSource: Q(sources__contains=[pk]),
    }[model]
    return PublishedClaim.objects.filter(named).exists()
