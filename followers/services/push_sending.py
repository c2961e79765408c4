"""Hands messages to push services, encrypted. No transaction is open meanwhile.

A message whose attempt was cut off is sent again. It has the same ``Topic`` and the same tag: a device shows it once.
"""

import base64
import hashlib
import json
import logging
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from followers import selectors
from followers.models import Device, PushMessage
from followers.services import devices
from followers.services.push_keys import site_key
from lib.safehttp import client
from lib.safehttp.errors import OutboundError
from lib.safehttp.policy import Limits, Policy
from lib.webpush import encryption
from lib.webpush.receiver import Receiver
from notifications.services import waking
from partners.services import schedule

logger = logging.getLogger(__name__)
#: The name of the job that sends messages.
SEND_PUSH_MESSAGES: Final = "send_push_messages"
#: How long after each attempt the next one is made. After the last, the message is given up.
WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
#: A device is erased after so many messages in a row that its push service refused for good.
MOST_REFUSALS: Final = 3
#: Bytes of each message before it is encrypted, padded: the push service cannot tell one from another.
LENGTH: Final = 3000
#: For no longer a push service can ask us to leave it alone.
_LONGEST_REST: Final = timedelta(hours=1)
#: So many messages are sent at the same time, and for so many seconds in one run.
_AT_ONCE: Final = 8
_SECONDS: Final = 40.0
_LIMITS: Final = Limits(total_seconds=10.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status of a push service's answer, 0 without one; ``problem`` is the code of what prevented it."""

    status: int = 0
    problem: str = ""
    retry_after: str = ""

    @property
    def is_gone(self) -> bool:
        """Whether the subscription has ended, or never was one that we may send to."""
        return self.status in (404, 410) or self.problem in ("address_refused", "bad_url")

    @property
    def is_away(self) -> bool:
        """Whether the service takes nothing now: the next message would fare no better."""
        return self.status == 429 or self.status >= 500 or (not self.status and not self.is_gone)

    @property
    def takes_nothing(self) -> bool:
        """Whether the device is not at fault: the service is away, or does not accept our signature."""
        return self.is_away or self.status in (401, 403)


@dataclass(slots=True)
class Sent:
    """How many messages left, how many are tried again, how many are not, and how many devices were erased."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    gone: int = 0

    def __str__(self) -> str:
        return f"{self.sent} sent, {self.later} to try again, {self.failed} failed, {self.gone} devices erased"


def wake() -> None:
    """Let messages that wait for their first attempt be sent within a second. Call it after the commit."""
    if PushMessage.objects.filter(attempts=0).exists():
        waking.queue_job(SEND_PUSH_MESSAGES)


def send_due(*, policy: Policy, seconds: float = _SECONDS) -> Sent:
    """Send what is due. A push service that is away ends the attempts at it for this run."""
    counted, away, noted = Sent(), set[str](), set[str]()
    if not selectors.are_notifications_on():
        return counted
    ends = time.monotonic() + seconds
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while time.monotonic() < ends and (taken := _take(away)):
            for message, outcome in zip(taken, pool.map(lambda one: _attempt(one, policy), taken), strict=True):
                if outcome.is_away:
                    away.add(message.device.service)
                if outcome.takes_nothing and message.device.service not in noted:
                    noted.add(message.device.service)
                    problem = outcome.problem or outcome.status
                    logger.warning("%s took no push message (%s)", message.device.service, problem)
                _record(message, outcome, counted)
    return counted


@transaction.atomic
def _take(away: set[str]) -> Sequence[PushMessage]:
    """Some messages, each with an attempt that counts. It ends long before the next one is due."""
    now = timezone.now()
    due = PushMessage.objects.filter(next_at__lte=now).exclude(device__service__in=away).order_by("next_at", "id")
    taken = list(due.select_related("device").select_for_update(of=("self",))[:_AT_ONCE])
    for message in taken:
        message.next_at = now + WAITS[min(message.attempts, len(WAITS) - 1)]
        message.attempts += 1
    PushMessage.objects.bulk_update(taken, ["attempts", "next_at"])
    return taken


def _attempt(message: PushMessage, policy: Policy) -> Outcome:
    """Send one. It runs in a thread of its own, without the database, and raises nothing."""
    device, now = message.device, datetime.now(UTC)
    try:
        words = json.dumps(message.content, ensure_ascii=False, separators=(",", ":")).encode()
        body = encryption.encrypt(words, Receiver(bytes(device.public), bytes(device.secret)), length=LENGTH)
        left = max(0, int((message.created_at + PushMessage.LIFETIME - now).total_seconds()))
        contact = f"mailto:{settings.CONTACT_EMAIL}"
        headers = {
            "content-type": "application/octet-stream",
            "content-encoding": "aes128gcm",
            "ttl": str(left),
            "urgency": "normal",
            "topic": _topic(device, message.subject),
            "authorization": site_key().authorization(device.endpoint, contact=contact, at=now),
        }
        answer = client.post(device.endpoint, body=body, headers=headers, policy=policy, limits=_LIMITS)
    except OutboundError as error:
        return Outcome(problem=error.code)
    except Exception:  # a message that breaks us must not stop the others
        logger.exception("Push message %s could not be sent", message.pk)
        return Outcome(status=400)
    return Outcome(answer.status, retry_after=answer.header("retry-after"))


def _topic(device: Device, subject: str) -> str:
    """The same for all messages about one claim to one device; two devices of one claim have nothing in common."""
    digest = hashlib.sha256(bytes(device.secret) + subject.encode()).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def _record(message: PushMessage, outcome: Outcome, counted: Sent) -> None:
    """Store how an attempt went. The device may have left meanwhile."""
    row, device = PushMessage.objects.filter(pk=message.pk), Device.objects.filter(pk=message.device_id)
    if 200 <= outcome.status < 300:
        row.delete()
        if message.device.refusals:
            device.update(refusals=0)
        counted.sent += 1
    elif outcome.is_gone:
        devices.erase(message.device_id)
        counted.gone += 1
    elif outcome.takes_nothing:
        _try_later(message, outcome, counted)
    else:
        row.delete()
        counted.failed += 1
        if message.device.refusals + 1 >= MOST_REFUSALS:
            devices.erase(message.device_id)
            counted.gone += 1
        else:
            device.update(refusals=message.device.refusals + 1)


def _try_later(message: PushMessage, outcome: Outcome, counted: Sent) -> None:
    now, service = timezone.now(), message.device.service
    if message.attempts >= len(WAITS) or message.next_at >= message.created_at + PushMessage.LIFETIME:
        PushMessage.objects.filter(pk=message.pk).delete()
        counted.failed += 1
        return
    counted.later += 1
    named = schedule.read_retry_after(outcome.retry_after, at=now) if outcome.is_away else None
    if named:
        until = min(named, now + _LONGEST_REST)
        PushMessage.objects.filter(device__service=service, next_at__lt=until).update(next_at=until)
