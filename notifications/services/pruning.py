"""Old notices and messages are deleted."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from notifications.models import Message, Notice
from notifications.services.sending import WAITS

#: What is younger may still be tried.
LEAST = sum(WAITS, timedelta())


@transaction.atomic
def prune(*, at: datetime, keep: timedelta) -> int:
    """Delete messages that were sent or failed, and their notices, ``keep`` after they were written.

    Returns how many messages. Notices that prevent a second one (``once``) go with them. Raises ``ValueError`` when
    messages could go that are still tried.
    """
    if keep <= LEAST:
        raise ValueError("That would delete what is still being tried.")
    old = Message.objects.filter(created_at__lt=at - keep).exclude(Q(sent_at=None) & Q(failed_at=None))
    Notice.objects.filter(message__in=old).delete()
    count, _by_model = old.delete()
    return count
