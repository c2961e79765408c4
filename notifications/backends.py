"""Two e-mail backends: one queues e-mails for the worker, one is for the demo, which sends nothing."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from notifications.models import Message
from notifications.services import waking


class Queued(BaseEmailBackend):
    """Stores e-mails as messages that wait: they are part of the open transaction, and the worker sends them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store each e-mail once for each recipient. ``secret_until`` of an e-mail is kept, if it has one."""
        now = timezone.now()
        for mail in email_messages:
            rows = [_row(mail, to, created_at=now, next_at=now) for to in mail.recipients()]
            for row in rows:
                row.secret_until = getattr(mail, "secret_until", None)
            Message.objects.bulk_create(rows)
        transaction.on_commit(waking.wake_sender, robust=True)
        return len(email_messages)


class ShownOnPage(BaseEmailBackend):
    """Stores e-mails as messages that were sent; the desk's page "Sent e-mails" shows them. Nothing leaves.

    E-mails that are messages already are only counted.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store each e-mail once for each recipient."""
        now = timezone.now()
        for mail in email_messages:
            if getattr(mail, "stored_as", None) is None:
                moments = {"created_at": now, "next_at": now, "sent_at": now, "attempts": 1}
                Message.objects.bulk_create(_row(mail, to, **moments) for to in mail.recipients())
        return len(email_messages)


def _row(mail: EmailMessage, to: str, **values: Any) -> Message:
    parts = getattr(mail, "alternatives", None) or []
    html = next((str(part.content) for part in parts if part.mimetype == "text/html"), "")
    subject = " ".join(str(mail.subject).split())[:300]
    return Message(to=to[:254], subject=subject, text=str(mail.body), html=html, **values)
