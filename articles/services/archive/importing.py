"""Importing an archive: in chunks, each of which is there as a whole or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.db import IntegrityError, connection, reset_queries
from django.utils import timezone

import accounts.services
from accounts.models import User
from articles.models import ArchiveBatch, ArchiveRow, Redirect
from articles.selectors.readers import redirects
from articles.services import audit, copying
from articles.services.archive import batches, lookups, plans, records, rows
from articles.services.archive.assessment import Item, Outcome, assess
from articles.services.archive.plans import Plan
from lib.archives import formats
from lib.archives.entries import Found

#: Rows that are committed together. The log is locked for about a second then.
CHUNK: Final = 1000
#: A page's name may be taken by a colleague between look-up and commit; then the chunk is made again.
_TRIES: Final = 3


def run(plan: Plan, *, found: Iterable[Found] | None = None, chunk: int = CHUNK) -> Iterator[Item]:
    """Import the archive; yields what happened to each row, once its chunk is committed.

    The same file again takes nothing twice, and goes on where a run was stopped. Raises ``ArchiveError``, ``OSError``,
    ``NotAllowedError`` for a person who may not do it, and ``NotNowError`` while another archive is being imported.
    """
    plans.check_actor(plan.by, is_published=plan.is_published)
    owner, digest = accounts.services.ensure_import_user(), formats.digest(plan.path)
    with batches.one_at_a_time():
        batch = batches.unfinished(plan, digest=digest)
        for items in _chunks(_assessed(plan, found), chunk):
            lookups.mark_known(_open(items), batch=batch.pk if batch else None)
            if wanted := _open(items):
                batch = batch or batches.begin(plan, digest=digest)
                _store(wanted, plan=plan, batch=batch, owner=owner)
            reset_queries()  # with DEBUG, Django keeps the text of each statement
            yield from items
        if batch:
            batches.finish(batch, at=timezone.now())


def preview(plan: Plan, *, found: Iterable[Found] | None = None, chunk: int = CHUNK) -> Iterator[Item]:
    """What ``run`` would do with each row; nothing is kept. Raises what ``run`` raises."""
    plans.check_actor(plan.by, is_published=plan.is_published)
    batch = batches.unfinished(plan, digest=formats.digest(plan.path))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE archive_seen (fingerprint text PRIMARY KEY, number integer)")
        try:
            for items in _chunks(_assessed(plan, found), chunk):
                lookups.mark_known(_open(items), batch=batch.pk if batch else None)
                lookups.mark_seen(cursor, _open(items))
                lookups.claimants(_open(items))
                yield from items
        finally:
            cursor.execute("DROP TABLE archive_seen")


def _assessed(plan: Plan, found: Iterable[Found] | None) -> Iterator[Item]:
    given = formats.read(plan.path, plan.options()) if found is None else found
    return (assess(one, number=number, plan=plan) for number, one in enumerate(given, start=1))


def _chunks(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _open(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.outcome in (Outcome.TAKEN, Outcome.DOUBTFUL)]


def _store(items: Sequence[Item], *, plan: Plan, batch: ArchiveBatch, owner: User) -> None:
    for tries_left in reversed(range(_TRIES)):
        try:
            _store_once(items, plan=plan, batch=batch, owner=owner)
            return
        except IntegrityError:
            if not tries_left:
                raise


def _store_once(items: Sequence[Item], *, plan: Plan, batch: ArchiveBatch, owner: User) -> None:
    """One transaction: the desk's rows, the archive's, and for claims that are published their records."""
    at = timezone.now()
    with audit.act_as(by=plan.by, reason=batches.reason(batch)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('factcheck.batch', %s, true)", [str(batch.pk)])
        chunk = rows.build(items, owner=owner, by=plan.by, at=at, is_published=plan.is_published)
        for table in rows.tables(chunk):
            copying.copy_rows(table)
        copying.copy_rows([_archive_row(one, batch) for one in chunk.claims])
        _redirect(items, plan)
        records.publish([one for one in chunk.claims if one.is_published], origin=plans.name_of_origin(plan))


def _archive_row(one: rows.ClaimRows, batch: ArchiveBatch) -> ArchiveRow:
    item = one.item
    return ArchiveRow(
        batch=batch,
        number=item.number,
        fingerprint=item.fingerprint,
        url=item.url,
        claim=one.claim,
        is_published=one.is_published,
    )


def _redirect(items: Sequence[Item], plan: Plan) -> None:
    """Old addresses lead to the first claim that was checked there."""
    paths = [(plan.old_path(item.url), item.claim_id) for item in items]
    Redirect.objects.bulk_create(
        [Redirect(key=redirects.key_of(path), path=path, claim_id=claim) for path, claim in paths if path],
        ignore_conflicts=True,
    )
