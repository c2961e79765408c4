"""Readers who follow, and what they are sent."""

from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from articles.models import Record
from articles.services.verification.publishing import Correction
from followers.models import Follow, Follower
from followers.services import following, telling
from notifications.models import Message
from tests import newsroom


def follow(email: str, kind: str = "corrections", target: str = "", **given: Any) -> Follow:
    """A confirmed follow; the e-mail that asked for it is gone."""
    given = {"rhythm": "now", "language": "en"} | given
    following.ask(email=email, kind=kind, target=target, at=timezone.now(), **given)
    row = Follow.objects.get(follower__email=email, kind=kind, target=target)
    following.confirm(follower=row.follower_id, follows=[row.pk], at=timezone.now())
    Message.objects.filter(to=email).delete()
    return row


def tell() -> list[Message]:
    """The e-mails that the worker makes of what was published, the oldest first."""
    before = set(Message.objects.values_list("pk", flat=True))
    telling.tell_due(at=timezone.now())
    return list(Message.objects.exclude(pk__in=before).order_by("pk"))


def correct(claim: Any, people: SimpleNamespace, rating: str = "misleading") -> Any:
    """The claim after a correction that changed its verdict."""
    at = Record.objects.latest("seq").at
    claim = newsroom.take(claim, "recheck", people.editor, at=at)
    claim = newsroom.propose(claim, people.reporter, rating=rating, summary="It was the budget, not the cost.")
    claim = newsroom.take(claim, "submit", people.reporter, at=at)
    claim = newsroom.take(claim, "approve", people.checker, at=at)
    correction = Correction("verdict", "We had misread the accounts.")
    return newsroom.take(claim, "publish", people.editor, at=at, correction=correction)


def is_known(email: str) -> bool:
    """Whether the address is stored, as a follower's or in an e-mail."""
    return Follower.objects.filter(email=email).exists() or Message.objects.filter(to=email).exists()
