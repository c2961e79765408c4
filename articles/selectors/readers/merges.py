"""Public claimants, sources and topics that were merged: where they lead, and what counts as one with them."""

from articles.choices import MergeKind
from articles.models import PublishedClaimant, PublishedMerge, PublishedSource
from articles.selectors.readers import prepared
from articles.selectors.readers.connection import ALIAS

# Pages of topics, claimants and sources begin with these.
_STAYS = "SELECT stays FROM articles_publishedmerge WHERE kind = %s AND gone = %s LIMIT 1"
_SAME = """
SELECT gone, stays FROM articles_publishedmerge WHERE kind = %s AND (gone = %s OR stays = %s
    OR stays IN (SELECT stays FROM articles_publishedmerge WHERE kind = %s AND gone = %s))
"""
_ENTITIES = {MergeKind.CLAIMANT: PublishedClaimant, MergeKind.SOURCE: PublishedSource}


def what_stays(kind: MergeKind, gone: str) -> str:
    """What a merged id or topic leads to; empty where it is not merged, or where what stays is not public yet."""
    found = prepared.row(_STAYS, kind.value, gone)
    stays: str = found[0] if found else ""
    if not stays or (kind in _ENTITIES and not _ENTITIES[kind]._default_manager.using(ALIAS).filter(pk=stays).exists()):
        return ""
    return stays


def all_of(kind: MergeKind, which: str) -> list[str]:
    """``which`` with everything that is one with it: what stays, and what was merged into that."""
    same = prepared.rows(_SAME, kind.value, which, which, kind.value, which)
    return list(dict.fromkeys([which, *(name for pair in same for name in pair)]))


def hidden(kind: MergeKind) -> list[str]:
    """The merged ids that lists leave out, because what stays is public."""
    rows = PublishedMerge.objects.using(ALIAS).filter(kind=kind).values_list("gone", "stays")
    led = dict(rows)
    public = _ENTITIES[kind]._default_manager.using(ALIAS).filter(pk__in=set(led.values()))
    kept = {str(pk) for pk in public.values_list("pk", flat=True)} if led else set()
    return [gone for gone, stays in led.items() if stays in kept]


def topic_spellings() -> dict[str, str]:
    """The spelling that is shown for each public one that was merged or changed."""
    return dict(PublishedMerge.objects.using(ALIAS).filter(kind=MergeKind.TOPIC).values_list("gone", "stays"))
