"""Followers are told of what was published: at once, by e-mail or on a device, or by an entry in a weekly e-mail."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import localtime

from articles.models import Record
from followers.choices import Rhythm
from followers.models import DigestEntry, Follow, Follower, FollowState
from followers.services import letters, push_messages, push_sending
from followers.services.news import News, news_of
from notifications.services import waking

#: Records that are read at once.
_PORTION = 50


def tell_due(*, at: datetime) -> int:
    """Tell followers of every record that they were not told of yet; returns how many e-mails were made.

    The state moves on in the same transaction as the e-mails are stored: each record is told once.
    """
    made = 0
    while (portion := _tell_portion(at)) is not None:
        made += portion
    if made:
        waking.wake_sender()
    push_sending.wake()
    return made


@transaction.atomic
def _tell_portion(at: datetime) -> int | None:
    """Tell of some records; None when there are no more, or nobody ever followed anything.

    One worker at a time. The lock is not the state's row: that one also counts who leaves, who has locked their own.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", ["followers.telling"])
    state = FollowState.objects.filter(pk=1).first()
    records = list(Record.objects.filter(seq__gt=state.seq).order_by("seq")[:_PORTION]) if state else []
    if state is None or not records:
        return None
    made = sum(_tell(news, at) for news in news_of(records) if not news.is_silent)
    FollowState.objects.filter(pk=1).update(seq=records[-1].seq)
    return made


def _tell(news: News, at: datetime) -> int:
    """One e-mail, or one entry, for each address, however many of its follows the record concerns."""
    found = list(news.concerned().order_by("follower_id", "id"))
    # Locked, so that nobody leaves between this and the e-mail to them.
    followers = Follower.objects.select_for_update().order_by("pk").in_bulk({follow.follower_id for follow in found})
    by_follower: dict[int, list[Follow]] = defaultdict(list)
    for follow in Follow.objects.filter(pk__in=[row.pk for row in found]).order_by("id"):  # what is left of them
        by_follower[follow.follower_id].append(follow)
    letter, now, entries = letters.AtOnce(news, at=at).letter, [], []
    for pk, follows in by_follower.items():
        at_once = [follow for follow in follows if follow.rhythm == Rhythm.NOW]
        if at_once:
            now.append(letter(followers[pk], at_once))
        else:
            entries.append(DigestEntry(follower_id=pk, follow=follows[0], seq=news.record.seq, at=at))
    DigestEntry.objects.bulk_create(entries, ignore_conflicts=True)
    push_messages.make(news, at=at)
    return letters.send(now)


def send_digests(*, at: datetime) -> int:
    """Make the weekly e-mails of what was published before the latest Monday morning; returns how many."""
    due = DigestEntry.objects.filter(at__lt=latest_digest(at)).order_by("follower_id")
    made = 0
    for pk in due.values_list("follower_id", flat=True).distinct():
        with transaction.atomic():
            follower = Follower.objects.select_for_update().filter(pk=pk).first()
            if follower:
                made += _send_digest(follower, at)
    if made:
        waking.wake_sender()
    return made


def _send_digest(follower: Follower, at: datetime) -> int:
    entries = list(follower.entries.filter(at__lt=latest_digest(at)).select_related("follow").order_by("seq"))
    if not entries:  # another worker was first
        return 0
    follows = list({entry.follow_id: entry.follow for entry in entries}.values())
    records = list(Record.objects.filter(seq__in=[entry.seq for entry in entries]).order_by("seq"))
    follower.entries.filter(pk__in=[entry.pk for entry in entries]).delete()
    return letters.send([letters.digest(follower, follows, news_of(records), at=at)])


def latest_digest(at: datetime) -> datetime:
    """The latest Monday at ``DAILY_SUMMARY_HOUR``, in the time zone of the site."""
    here = localtime(at)
    monday = (here - timedelta(days=here.weekday())).replace(
        hour=settings.DAILY_SUMMARY_HOUR, minute=0, second=0, microsecond=0
    )
    return monday if monday <= here else monday - timedelta(days=7)
