"""E-mails to people of the newsroom: every one leaves through ``send``."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

logger = logging.getLogger("accounts.mails")


def send(*, to: str, subject: str, text: str) -> None:
    """Send one plain e-mail when the transaction commits; a mail server that fails is logged and nothing is undone."""
    message = EmailMessage(subject=" ".join(subject.split()), body=text, to=[to])
    transaction.on_commit(lambda: _deliver(message), robust=True)


def send_invitation(*, to: str, name: str, invited_by: str, address: str, days: int) -> None:
    """Tell somebody that they were invited, with the link that works once."""
    who = f"{invited_by} invites you" if invited_by else "You are invited"
    send(
        to=to,
        subject=f"{settings.SITE_NAME}: your invitation to the desk",
        text=f"Hello {name or to},\n\n{who} to the desk of {settings.SITE_NAME}. Open this link and choose a password:"
        "\n\n"
        f"    {address}\n\nThe link works once, for {days} days. If you did not expect this e-mail, ignore it.\n",
    )


def _deliver(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:  # whatever the mail server does, what was saved stands
        logger.exception("An e-mail to a person of the newsroom could not be sent")
