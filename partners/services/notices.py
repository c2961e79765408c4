"""E-mails to partners. One that cannot be sent is logged; what it would say is in the admin as well."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from partners.models import Delivery, Endpoint

logger = logging.getLogger(__name__)


def disabled(*, endpoint: Endpoint, reason: str) -> None:
    """Nothing more is sent there. Leaves when the transaction commits."""
    _send(
        endpoint,
        f"{settings.SITE_NAME}: your webhook endpoint was disabled",
        f"We stopped sending events to\n\n    {endpoint.url}\n\nReason: {reason}\n\n"
        "What was published meanwhile is not lost: the change feed of our API has all of it. Write to us when the "
        "endpoint is to be used again; we can then send the events since by their numbers.\n",
    )


def given_up(*, endpoint: Endpoint, delivery: Delivery) -> None:
    """One event could not be delivered, though others were."""
    _send(
        endpoint,
        f"{settings.SITE_NAME}: event {delivery.seq} could not be delivered",
        f"We tried {delivery.attempts} times to deliver event {delivery.seq} "
        f"(webhook-id {delivery.message_id()}) to\n\n    {endpoint.url}\n\nIt is not tried again by itself. The change "
        "feed of our API has it; we can also send it once more on request. Later events are sent as usual.\n",
    )


def _send(endpoint: Endpoint, subject: str, text: str) -> None:
    recipient = endpoint.partner.contact_email

    def leave() -> None:
        try:
            send_mail(" ".join(subject.split()), text, None, [recipient])
        except Exception:  # whatever the mail server does, what was recorded stands
            logger.exception("A notice about endpoint %s could not be sent", endpoint.pk)

    transaction.on_commit(leave)
