"""Which record changed the pages under a key last: what such pages are named by."""

from collections.abc import Iterable

from django.db.models import Max

from articles.models import PublishedChange
from caching import keys as names


def note(keys: Iterable[str], *, seq: int) -> None:
    """Say that the record of this number changed what pages under these keys (``caching.keys``) show.

    Call it in the transaction that holds the log's lock, so that numbers only grow. Where an earlier record was not
    noted, as by an older version of the software, everything counts as changed.
    """
    newest = PublishedChange.objects.aggregate(seq=Max("seq"))["seq"] or 0
    missed = [names.SITE] if newest < seq - 1 else []
    rows = [PublishedChange(key=key, seq=seq) for key in sorted({*keys, *missed})]
    PublishedChange.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["seq"], batch_size=500
    )
