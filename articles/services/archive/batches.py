"""A batch: begun once for a file, gone on with after a stop, finished with one event."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection
from django.db.models import Count, Max, Min, Q

from articles.models import ArchiveBatch, ArchiveRow, Head, Record
from articles.services import audit
from articles.services.archive.plans import Plan
from articles.services.log import cache_purges, webhook_events
from lib.refusals import NotNowError

_LOCK = "articles/archive"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Within this block no other process imports an archive. Raises ``NotNowError`` when one does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [_LOCK])
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        raise NotNowError("Another archive is being imported now. Try again when it is finished.", code="busy")
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [_LOCK])


def unfinished(plan: Plan, *, digest: str) -> ArchiveBatch | None:
    """The batch of this file that was stopped, if there is one.

    Raises ``NotNowError`` when it was begun by somebody else, or for drafts instead of publication or the reverse.
    """
    batch = ArchiveBatch.objects.filter(file_sha256=digest, finished_at=None).select_related("created_by").first()
    if batch and (batch.created_by_id, batch.is_published) != (plan.by.pk, plan.is_published):
        option = "with --publish" if batch.is_published else "without --publish"
        raise NotNowError(
            f"An import of this file was begun by {batch.created_by.username} {option} and not finished. "
            "Finish it in the same way first.",
            code="unfinished",
        )
    return batch


def begin(plan: Plan, *, digest: str) -> ArchiveBatch:
    """A new batch. The history names the person who answers for it."""
    with audit.act_as(by=plan.by, reason=f"Import of the archive {plan.path.name}"):
        return ArchiveBatch.objects.create(
            file_name=plan.path.name[:200],
            file_sha256=digest,
            is_published=plan.is_published,
            created_by=plan.by,
            created_at=plan.at,
        )


def finish(batch: ArchiveBatch, *, at: datetime) -> ArchiveBatch:
    """Count what came from the archive, in all its runs, and announce its records with one event."""
    with audit.act_as(by=batch.created_by, reason=reason(batch)):
        locked = ArchiveBatch.objects.select_for_update().get(pk=batch.pk)
        rows = ArchiveRow.objects.filter(batch=locked)
        counts = rows.aggregate(taken=Count("id"), published=Count("id", filter=Q(is_published=True)))
        public = rows.filter(is_published=True).values("claim_id")
        ends = Record.objects.filter(revision=1, claim_id__in=public).aggregate(first=Min("seq"), last=Max("seq"))
        locked.taken, locked.published = counts["taken"], counts["published"]
        locked.first_seq, locked.last_seq = ends["first"], ends["last"]
        locked.finished_at = at
        locked.save()
        webhook_events.announce_archive(locked, epoch=Head.objects.get().epoch, at=at)
        cache_purges.purge_archive(locked, at=at)
    return locked


def reason(batch: ArchiveBatch) -> str:
    """Why rows of the batch were written, as the history says it."""
    return f"Import of the archive {batch.file_name} (batch {batch.pk})"
