"""Sends messages that wait. No transaction is open while a server is spoken to; two workers never send the same one."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as for_desk

from lib.refusals import NotNowError
from lib.safehttp import client
from lib.safehttp.errors import OutboundError
from lib.safehttp.policy import Limits, Policy
from notifications.choices import SHOWN, Channel
from notifications.models import Message
from notifications.services import chat

logger = logging.getLogger(__name__)
#: How long after each attempt the next one is made. After the last, the message has failed. About four days in all.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (2, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440))
#: Messages that one run takes.
_PORTION = 200


class RefusedForGoodError(Exception):
    """The server refuses the recipient's address, and a later attempt would fare no better (a reply of 5xx)."""


class ServerAwayError(Exception):
    """The server cannot be reached or does not answer: the next message would fare no better."""


@dataclass(slots=True)
class Sent:
    """How many messages left, how many are tried again, and how many are not."""

    sent: int = 0
    later: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return f"{self.sent} sent, {self.later} to try again, {self.failed} failed"


def send_due(*, at: datetime, policy: Policy) -> Sent:
    """Send what is due. A server that is away ends the attempts on its channel for this run."""
    counted, away = Sent(), set()
    due = Message.objects.waiting().filter(next_at__lte=at).order_by("next_at", "id")
    for message in due.select_related("user")[:_PORTION]:
        if message.channel in away or not _take(message):
            continue
        if useless := _why_useless(message):
            Message.objects.filter(pk=message.pk).update(failed_at=timezone.now(), problem=useless, **_wiped(message))
            counted.failed += 1
            continue
        try:
            _record(message, _attempt(message, policy), counted)
        except RefusedForGoodError as error:
            _record(message, str(error), counted, ends=message.refused is not None)
        except ServerAwayError as error:
            away.add(message.channel)
            _record(message, str(error), counted)
    return counted


def try_again(message: Message, *, at: datetime) -> None:
    """Let a message that failed be sent after all, with as many attempts as a new one. Raises ``NotNowError``.

    The text of a message with a secret was deleted: somebody has to ask for a new link.
    """
    if message.secret_until is not None:
        raise NotNowError(
            for_desk("The link in this e-mail was deleted. Send the invitation or the password link again.")
        )
    again = Message.objects.failed().filter(pk=message.pk)
    again.update(failed_at=None, attempts=0, next_at=at, problem="")


def _why_useless(message: Message) -> str:
    """Why nobody needs the message any more, or nothing."""
    if message.user and not message.user.is_active:
        return "The person has left."
    if message.secret_until is not None and message.secret_until <= timezone.now():
        return "The link in it does not work any more."
    return ""


def _wiped(message: Message) -> dict[str, str]:
    """What is stored in place of a secret once the message was sent or has failed. The demo shows its e-mails."""
    if message.secret_until is None or settings.EMAIL_BACKEND == SHOWN:
        return {}
    return {"text": "", "html": ""}


def _take(message: Message) -> bool:
    """Count an attempt, unless another worker has just done so. The attempt ends long before ``next_at``."""
    wait = WAITS[min(message.attempts, len(WAITS) - 1)]
    ours = Message.objects.waiting().filter(pk=message.pk, attempts=message.attempts)
    return bool(ours.update(attempts=F("attempts") + 1, next_at=timezone.now() + wait))


def _record(message: Message, problem: str, counted: Sent, *, ends: bool = False) -> None:
    """Store how an attempt went. ``ends``: the address is refused for good, and the sender wants no other attempt."""
    row, now = Message.objects.filter(pk=message.pk), timezone.now()
    if not problem:
        row.update(sent_at=now, problem="", **_wiped(message))
        counted.sent += 1
    elif ends:
        row.update(failed_at=now, problem=problem[:300], refused=True, **_wiped(message))
        counted.failed += 1
    elif message.attempts + 1 >= len(WAITS):
        row.update(failed_at=now, problem=problem[:300], **_wiped(message))
        counted.failed += 1
    else:
        row.update(problem=problem[:300])
        counted.later += 1


def _attempt(message: Message, policy: Policy) -> str:
    """Send it; returns what went wrong with this one message. Raises ``ServerAwayError``, ``RefusedForGoodError``."""
    try:
        return _post(message, policy) if message.channel == Channel.CHAT else _mail(message)
    except (ServerAwayError, RefusedForGoodError):
        raise
    except Exception as error:  # a message that breaks us must not stop the others
        logger.exception("Message %s could not be sent", message.pk)
        return f"{type(error).__name__}: {error}"


def _mail(message: Message) -> str:
    to = message.user.email if message.user and message.user.email else message.to
    headers = {**message.headers, "Message-ID": _message_id(message)}
    mail = EmailMultiAlternatives(message.subject, message.text, None, [to], headers=headers)
    mail.stored_as = message.pk  # type: ignore[attr-defined] # for ``notifications.backends``
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    try:
        mail.send()
    except SMTPRecipientsRefused as error:
        problem = "The mail server refuses the recipient's address."
        if all(code >= 500 for code, _reply in error.recipients.values()):
            raise RefusedForGoodError(problem) from error
        return problem
    except SMTPDataError as error:
        return f"The mail server refuses the message ({error.smtp_code})."
    except (OSError, EOFError) as error:  # other answers of the server (sign-in, sender) are about every message
        logger.warning("The mail server is away: %s", type(error).__name__)
        raise ServerAwayError(f"The mail server is away ({type(error).__name__}).") from error
    return ""


def _message_id(message: Message) -> str:
    """The same for each attempt, so that an e-mail that was sent twice is shown once."""
    return f"<{message.pk}.{message.created_at:%Y%m%d%H%M%S}@{urlsplit(settings.SITE_URL).hostname}>"


def _post(message: Message, policy: Policy) -> str:
    if not settings.CHAT_WEBHOOK_URL:
        return "No chat is configured any more."
    try:
        answer = client.post(
            settings.CHAT_WEBHOOK_URL,
            body=chat.body_for(settings.CHAT_WEBHOOK_URL, message.text),
            headers={"content-type": "application/json"},
            policy=policy,
            limits=Limits(total_seconds=10.0),
        )
    except OutboundError as error:
        raise ServerAwayError(f"The chat is away ({error.code}).") from error
    return "" if 200 <= answer.status < 300 else f"The chat answered {answer.status}."
