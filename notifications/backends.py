"""The e-mail backend of the demo: nothing leaves this machine; the desk's page "Sent e-mails" shows what would."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from notifications.models import Message

#: The setting EMAIL_BACKEND with this value.
SHOWN = "notifications.backends.ShownOnPage"


class ShownOnPage(BaseEmailBackend):
    """Stores e-mails as messages that were sent. Those that are messages already are only counted."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store each e-mail once for each recipient."""
        now = timezone.now()
        for mail in email_messages:
            if getattr(mail, "stored_as", None) is None:
                Message.objects.bulk_create(_row(mail, to, now) for to in mail.recipients())
        return len(email_messages)


def _row(mail: EmailMessage, to: str, now: Any) -> Message:
    parts = getattr(mail, "alternatives", None) or []
    html = next((str(part.content) for part in parts if part.mimetype == "text/html"), "")
    subject = " ".join(str(mail.subject).split())[:300]
    moments = {"created_at": now, "next_at": now, "sent_at": now, "attempts": 1}
    return Message(to=to[:254], subject=subject, text=str(mail.body), html=html, **moments)
