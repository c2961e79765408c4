"""Notifications about what was published: the verdict, or the old and the new one, and the claim's page."""

from datetime import datetime
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language_bidi, override

from followers import selectors
from followers.models import Device, DeviceFollow, PushMessage
from followers.services import letters
from followers.services.news import News
from followers.services.push_keys import site_key

#: Letters; with four bytes each, and an address, a message stays below ``push_sending.LENGTH``.
_LONGEST_TITLE: Final = 200
_LONGEST_BODY: Final = 400


def make(news: News, *, at: datetime) -> int:
    """One message for each device, however many of its follows the record concerns; returns how many.

    A message about the same claim that has not left yet is deleted: it is out of date. Call it in a transaction.
    """
    if not selectors.are_notifications_on():
        return 0
    concerned = news.on_devices().filter(device__site_key=site_key().public_text())
    # Locked, so that no device leaves between this and the message to it.
    ids = sorted(set(concerned.values_list("device_id", flat=True)))
    locked = {device.pk for device in Device.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    first: dict[int, DeviceFollow] = {}
    for follow in concerned.filter(device__in=locked).order_by("id"):
        first.setdefault(follow.device_id, follow)
    subject = str(news.record.claim_id)
    PushMessage.objects.filter(device__in=list(first), subject=subject, seq__lt=news.record.seq).delete()
    content = cache(lambda language: _content(news, language))
    rows = [
        PushMessage(
            device_id=pk,
            seq=news.record.seq,
            subject=subject,
            content=content(follow.language),
            created_at=at,
            next_at=at,
        )
        for pk, follow in first.items()
    ]
    PushMessage.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _content(news: News, language: str) -> dict[str, Any]:
    """What the service worker shows (``readers/static/factcheck/push-worker.js``)."""
    with override(language):
        entry = letters.entry(news)
        return {
            "title": entry["label"][:_LONGEST_TITLE],
            "body": "\n".join(entry["verdicts"])[:_LONGEST_BODY],
            "path": entry["address"].removeprefix(settings.SITE_URL),
            "tag": str(news.record.claim_id),
            "language": language,
            "direction": "rtl" if get_language_bidi() else "ltr",
        }
