"""E-mails to people of the newsroom: every one leaves through ``send``."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection


def send(*, to: str, subject: str, text: str, secret_until: datetime | None = None) -> None:
    """Queue one plain e-mail, as part of the open transaction; the worker sends it (``QUEUED_EMAIL_BACKEND``).

    ``secret_until`` is for a text with a link that signs somebody in: the moment until which the link works. Such a
    text is deleted as soon as it was sent, and after that moment it is not sent any more.
    """
    queue = get_connection(settings.QUEUED_EMAIL_BACKEND)
    message = EmailMessage(subject=" ".join(subject.split()), body=text, to=[to], connection=queue)
    message.secret_until = secret_until  # type: ignore[attr-defined] # for ``notifications.backends``
    message.send()


def send_invitation(*, to: str, name: str, invited_by: str, address: str, days: int, until: datetime) -> None:
    """Tell somebody that they were invited, with the link that works once, until ``until``."""
    who = f"{invited_by} invites you" if invited_by else "You are invited"
    send(
        to=to,
        subject=f"{settings.SITE_NAME}: your invitation to the desk",
        text=f"Hello {name or to},\n\n{who} to the desk of {settings.SITE_NAME}. Open this link and choose a password:"
        "\n\n"
        f"    {address}\n\nThe link works once, for {days} days. If you did not expect this e-mail, ignore it.\n",
        secret_until=until,
    )
