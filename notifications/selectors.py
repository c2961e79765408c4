"""What is known about notices and messages, for the desk and for metrics."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from accounts.models import User
from notifications.models import Message, NotificationSettings
from notifications.rules import settings_of


@dataclass(frozen=True, slots=True)
class Outbox:
    """Numbers about messages: how many wait, since when the oldest, how many are not tried any more."""

    waiting: int
    oldest_waiting: datetime | None
    failed: int


def outbox() -> Outbox:
    """The numbers of this moment, in one statement."""
    waits = Q(sent_at=None, failed_at=None)
    found = Message.objects.aggregate(
        waiting=Count("id", filter=waits),
        oldest=Min("created_at", filter=waits),
        failed=Count("id", filter=Q(failed_at__isnull=False) & ~Q(refused=True)),
    )
    return Outbox(found["waiting"], found["oldest"], found["failed"])


def newest_messages(*, limit: int) -> list[Message]:
    """The newest messages, sent or not."""
    return list(Message.objects.select_related("user")[:limit])


def failed_messages(*, limit: int) -> list[Message]:
    """Messages that are not tried any more, the newest first."""
    return list(Message.objects.failed().select_related("user")[:limit])


def choices_of(user: User) -> NotificationSettings:
    """What ``user`` chose, the defaults for the rest."""
    stored = NotificationSettings.objects.filter(user=user).first()
    return stored or settings_of(user)
