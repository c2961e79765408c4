"""Which record changed the pages under a key last: what such pages are named by."""

from collections.abc import Iterable

from articles.models import PublishedChange


def note(keys: Iterable[str], *, seq: int) -> None:
    """Say that the record of this number changed what pages under these keys (``caching.keys``) show.

    Call it in the transaction that holds the log's lock, so that numbers only grow.
    """
    rows = [PublishedChange(key=key, seq=seq) for key in sorted(set(keys))]
    PublishedChange.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["seq"], batch_size=500
    )
