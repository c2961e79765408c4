"""What is no longer needed of followers is erased: old e-mails, and addresses that the mail server refuses."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from followers.models import Follower, Mailing
from followers.services import following
from notifications.models import Message

#: An address is erased after so many e-mails in a row that the mail server refused for good.
MOST_REFUSALS = 3
#: E-mails to followers are erased so long after they were made, if they are not tried any more.
KEEP = timedelta(days=7)
_IS_OVER = Q(message__refused=True) | Q(message__sent_at__isnull=False)


def end_refused() -> int:
    """Count refusals, and erase the addresses that have too many; returns how many addresses.

    A refused e-mail is erased when it is counted; one that the server took sets the count back.
    """
    done = Mailing.objects.filter(_IS_OVER, is_counted=False)
    erased = 0
    for pk in sorted(set(done.values_list("follower_id", flat=True))):
        with transaction.atomic():
            follower = Follower.objects.select_for_update().filter(pk=pk).first()
            if follower:
                erased += _count(follower)
    return erased


def _count(follower: Follower) -> int:
    new = follower.mailings.filter(_IS_OVER, is_counted=False).select_related("message").order_by("message_id")
    for mailing in new:
        follower.refusals = follower.refusals + 1 if mailing.message.refused else 0
    Mailing.objects.filter(pk__in=[mailing.pk for mailing in new]).update(is_counted=True)
    if follower.refusals >= MOST_REFUSALS:
        following.erase(follower)
        return 1
    follower.save(update_fields=["refusals"])
    Message.objects.filter(pk__in=[mailing.message_id for mailing in new if mailing.message.refused]).delete()
    return 0


def erase_old(*, at: datetime) -> int:
    """Erase e-mails to followers that left or failed a week ago; returns how many."""
    over = Mailing.objects.filter(message__created_at__lt=at - KEEP)
    ids = over.exclude(message__sent_at=None, message__failed_at=None).values_list("message_id", flat=True)
    return int(Message.objects.filter(pk__in=list(ids)).delete()[1].get("notifications.Message", 0))
