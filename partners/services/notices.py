"""E-mails to partners: rows written with what they tell of, sent after the commit, and again until one has left."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from partners.choices import NoticeKind
from partners.models import Delivery, Endpoint, Key, Notice
from partners.models.key import SOON

logger = logging.getLogger(__name__)
#: How long after each attempt the next one is made; the last of them from then on. A mail server that is slow takes
#: less than the first, so that no notice is sent twice.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 360))
#: So long it is tried; after that it is stale news, and stays in the admin as not sent.
TRIED_FOR = timedelta(days=7)
_AT_ONCE = 20


def disabled(*, endpoint: Endpoint, reason: str) -> Notice:
    """Nothing more is sent there. Leaves when the transaction commits."""
    return _about_endpoint(
        NoticeKind.DISABLED,
        endpoint,
        f"{settings.SITE_NAME}: your webhook endpoint was disabled",
        f"We stopped sending events to\n\n    {endpoint.url}\n\nReason: {reason}\n\n"
        "What was published meanwhile is not lost: the change feed of our API has all of it. Write to us when the "
        "endpoint is to be used again; we can then send the events since by their numbers.\n",
    )


def given_up(*, endpoint: Endpoint, delivery: Delivery) -> Notice:
    """One event could not be delivered, though others were."""
    return _about_endpoint(
        NoticeKind.GIVEN_UP,
        endpoint,
        f"{settings.SITE_NAME}: event {delivery.seq or delivery.message_id()} could not be delivered",
        f"We tried {delivery.attempts} times to deliver event {delivery.seq or delivery.message_id()} "
        f"(webhook-id {delivery.message_id()}) to\n\n    {endpoint.url}\n\nIt is not tried again by itself. The change "
        "feed of our API has it; we can also send it once more on request. Later events are sent as usual.\n",
    )


def warn_expiring(*, at: datetime, within: timedelta = SOON) -> list[Notice]:
    """A notice for every key that ends within this time and whose partner was not told yet; returns those made."""
    live = Q(revoked_at=None, expires_at__gt=at, expires_at__lte=at + within, partner__is_active=True)
    rows = Key.objects.filter(live).exclude(notices__kind=NoticeKind.KEY_EXPIRES)
    return [
        made
        for key in rows.select_related("partner", "replaced_by").order_by("expires_at")
        if (made := _key_expires(key, at))
    ]


def _key_expires(key: Key, at: datetime) -> Notice | None:
    """The notice, or None when another process was quicker."""
    successor: Key | None = getattr(key, "replaced_by", None)
    todo = (
        f"Its successor is {successor.prefix}…: see to it that everything uses that one by then."
        if successor
        else "Write to us for a new one, and say what it is used for; both can work side by side for a while."
    )
    notice = Notice(
        partner=key.partner,
        key=key,
        kind=NoticeKind.KEY_EXPIRES,
        subject=f"{settings.SITE_NAME}: your API key {key.prefix}… is about to expire",
        text=f"Your key “{key.name}” ({key.prefix}…) works until {key.expires_at:%Y-%m-%d %H:%M %Z}. After that our "
        f"API answers 401 to it.\n\n{todo}\n",
        created_at=at,
        next_at=at,
    )
    try:
        with transaction.atomic():
            return _keep(notice)
    except IntegrityError:
        return None


def is_given_up(notice: Notice, *, at: datetime) -> bool:
    """Whether it did not leave and is not tried any more."""
    return notice.sent_at is None and notice.created_at <= at - TRIED_FOR


def _about_endpoint(kind: NoticeKind, endpoint: Endpoint, subject: str, text: str) -> Notice:
    now = timezone.now()
    whose = {"partner": endpoint.partner, "endpoint": endpoint}
    return _keep(Notice(**whose, kind=kind, subject=subject, text=text, created_at=now, next_at=now))


def _keep(notice: Notice) -> Notice:
    notice.subject = " ".join(notice.subject.split())[:300]
    notice.save(force_insert=True)
    transaction.on_commit(lambda: _attempt(notice), robust=True)
    return notice


def send_due(*, at: datetime) -> int:
    """Try what did not leave at once, or again; returns how many left."""
    waiting = Notice.objects.filter(sent_at=None, next_at__lte=at, created_at__gt=at - TRIED_FOR)
    return sum(_attempt(notice) for notice in waiting.select_related("partner").order_by("next_at")[:_AT_ONCE])


def _attempt(notice: Notice) -> bool:
    """Send it, unless somebody else is about to. No transaction is open while the mail server is spoken to."""
    now, wait = timezone.now(), WAITS[min(notice.attempts, len(WAITS) - 1)]
    ours = Notice.objects.filter(pk=notice.pk, sent_at=None, attempts=notice.attempts)
    if not ours.update(attempts=F("attempts") + 1, next_at=now + wait):
        return False
    try:
        send_mail(notice.subject, notice.text, None, [notice.partner.contact_email])
    except Exception as error:  # a failing mail server must not undo what was recorded
        logger.exception("Notice %s could not be sent", notice.pk)
        Notice.objects.filter(pk=notice.pk).update(problem=type(error).__name__[:100])
        return False
    Notice.objects.filter(pk=notice.pk).update(sent_at=timezone.now(), problem="")
    return True
