"""Colleagues with e-mail addresses, and what they were notified of."""

from datetime import datetime, timedelta
from types import SimpleNamespace

from django.utils import timezone

from accounts.models import User
from notifications.models import Notice
from notifications.services import composing, sending
from notifications.services.sending import Sent
from tests.lib.safehttp.test_client import HERE


def with_addresses(people: SimpleNamespace) -> SimpleNamespace:
    """The same people, each with an address made of their name."""
    for user in vars(people).values():
        user.email = f"{user.username}@newsroom.example"
        User.objects.filter(pk=user.pk).update(email=user.email)
    return people


def notified(user: User) -> list[str]:
    """The kinds of what one person was notified of, in order."""
    return list(Notice.objects.filter(user=user).values_list("kind", flat=True))


def send(*, at: datetime | None = None) -> Sent:
    """Do what the worker does each minute."""
    at = at or timezone.now() + timedelta(seconds=1)
    composing.compose_due(at=at)
    return sending.send_due(at=at, policy=HERE)
