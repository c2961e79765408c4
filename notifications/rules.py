"""What a person's choices mean."""

from accounts.models import User
from notifications.choices import Frequency, Kind
from notifications.models import NotificationSettings


def settings_of(user: User) -> NotificationSettings:
    """What ``user`` chose; the defaults, in a row that is not stored, when they have chosen nothing."""
    found: NotificationSettings | None = getattr(user, "notification_settings", None)
    return found or NotificationSettings(user=user)


def kinds_in(scope: str, settings: NotificationSettings) -> list[str]:
    """The kinds that ``scope`` is about: one kind, or with ``daily`` all those in the daily summary."""
    if scope == Frequency.DAILY:
        return [kind for kind in Kind.values if settings.frequency(kind) == Frequency.DAILY]
    return [scope]


def is_stopped(user: User, scope: str) -> bool:
    """Whether nothing of ``scope`` is sent to ``user``."""
    settings = settings_of(user)
    return all(settings.frequency(kind) == Frequency.NONE for kind in kinds_in(scope, settings))
