"""Who looks at a claim or an article just now. It is kept for a minute, in no history and in no backup."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User
from articles import rules
from articles.models import Presence
from articles.models.private.presence import Doing
from lib.refusals import NotAllowedError

#: How long somebody counts as being there after the last sign of life.
KEPT = timedelta(seconds=60)


def beat(*, subject: UUID, doing: str, by: User, at: datetime) -> Sequence[Presence]:
    """Note that ``by`` has the page of ``subject`` open; returns who else has, by name. Raises ``NotAllowedError``.

    An unknown ``doing`` counts as reading. It waits for no other person's row.
    """
    if not rules.may_see_the_desk(by):
        raise NotAllowedError.for_(gettext("You do not have permission to see the desk."))
    known = doing if doing in Doing.values else Doing.READING
    erase(at=at)
    Presence.objects.bulk_create(
        [Presence(user=by, subject=subject, doing=known, seen_at=at)],
        update_conflicts=True,
        unique_fields=["subject", "user"],
        update_fields=["doing", "seen_at"],
    )
    others = Presence.objects.filter(subject=subject, seen_at__gt=at - KEPT, user__is_active=True).exclude(user=by)
    return list(others.select_related("user").order_by("user__first_name", "user__username"))


def leave(*, subject: UUID, by: User) -> None:
    """Note that ``by`` closed the page of ``subject``."""
    Presence.objects.filter(subject=subject, user=by).delete()


@transaction.atomic
def erase(*, at: datetime) -> int:
    """Erase what is older than a minute, except rows that somebody writes just now; returns how many."""
    old = Presence.objects.filter(seen_at__lte=at - KEPT).select_for_update(skip_locked=True)
    deleted, _ = Presence.objects.filter(pk__in=old.values("pk")).delete()
    return deleted
