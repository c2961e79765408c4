"""Notices: written with the act that they are about, so that both happen or neither does."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from notifications.choices import Frequency
from notifications.models import Notice
from notifications.rules import settings_of
from notifications.services import chat, waking
from notifications.services.events import Event

#: Longer words of a comment are cut: the notice leads to all of them.
_DETAIL = 2000


def notify(event: Event, *, people: Iterable[int | None]) -> list[Notice]:
    """Write a notice for each of ``people`` (ids) who wants one; call it inside the transaction of the act.

    Nobody is notified of their own act. Only active people of the desk who have an e-mail address are notified.
    """
    wanted = {pk for pk in people if pk is not None} - {event.by.pk if event.by else None}
    if not wanted:
        return []
    rows = User.objects.filter(pk__in=wanted, is_active=True, is_staff=True).select_related("notification_settings")
    users = list(rows.order_by("pk"))
    notices = [_notice(event, user) for user in users if user.email]
    notices = [notice for notice in notices if notice.frequency != Frequency.NONE]
    if event.once:
        known = Notice.objects.filter(once__in=[notice.once for notice in notices]).values_list("once", flat=True)
        notices = [notice for notice in notices if notice.once not in set(known)]
    made = Notice.objects.bulk_create(notices, ignore_conflicts=bool(event.once))
    if made or (users and not event.once):
        chat.announce(event, people=users)
    if any(notice.frequency == Frequency.NOW for notice in made):
        transaction.on_commit(waking.wake_sender, robust=True)
    return made


def _notice(event: Event, user: User) -> Notice:
    return Notice(
        user=user,
        actor=event.by,
        kind=event.kind,
        frequency=settings_of(user).frequency(event.kind),
        title=event.title[:500],
        detail=event.detail[:_DETAIL],
        path=event.path,
        once=f"{event.once}/{user.pk}" if event.once else None,
        created_at=event.at,
    )
