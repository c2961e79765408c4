"""Notices become messages: one e-mail for each that comes at once, one a day for those of the daily summary."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import get_template
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.choices import Frequency
from notifications.models import Message, Notice
from notifications.rules import settings_of
from notifications.services import unsubscribing

#: Notices that become messages in one transaction.
_PORTION = 200
#: The daily summary has at most this many entries; it says how many more there are.
MOST_ENTRIES = 50


def compose_due(*, at: datetime) -> int:
    """Make a message for each notice that is to be sent at once; returns how many."""
    made = 0
    while True:
        with transaction.atomic():
            notices = list(_open().filter(frequency=Frequency.NOW).order_by("id")[:_PORTION])
            for notice in notices:
                _send([notice], scope=notice.kind, at=at)
        made += len(notices)
        if len(notices) < _PORTION:
            return made


def compose_daily(*, at: datetime) -> int:
    """Make the daily summaries of what was written before the latest ``DAILY_SUMMARY_HOUR``; returns how many."""
    with transaction.atomic():
        due = _open().filter(frequency=Frequency.DAILY, created_at__lt=latest_summary(at)).order_by("user_id", "id")
        groups = [list(notices) for _user, notices in groupby(due, key=lambda notice: notice.user_id)]
        for notices in groups:
            _send(notices, scope=Frequency.DAILY, at=at)
    return len(groups)


def latest_summary(at: datetime) -> datetime:
    """The moment of the latest daily summary, in the time zone of the site."""
    today = localtime(at).replace(hour=settings.DAILY_SUMMARY_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= at else today - timedelta(days=1)


def _open() -> QuerySet[Notice]:
    """Notices without a message, locked; another worker's are left to it."""
    rows = Notice.objects.filter(message=None).select_for_update(of=("self",), skip_locked=True)
    return rows.select_related("user__notification_settings", "actor")


def _send(notices: list[Notice], *, scope: str, at: datetime) -> None:
    """One message to the person whom ``notices`` are for; nothing to somebody who has left."""
    user = notices[0].user
    ids = [notice.pk for notice in notices]
    if not (user.is_active and user.email):
        Notice.objects.filter(pk__in=ids).delete()
        return
    message = compose(user, notices, scope=scope, at=at)
    message.save(force_insert=True)
    Notice.objects.filter(pk__in=ids).update(message=message)


def compose(user: User, notices: list[Notice], *, scope: str, at: datetime) -> Message:
    """The e-mail to ``user`` about ``notices``, in their language. ``scope`` is what its link stops (a kind, daily)."""
    address = f"{settings.SITE_URL}{unsubscribing.path_of(user, scope)}"
    with translation.override(settings_of(user).language or settings.LANGUAGE_CODE):
        subject = str(notices[0]) if scope != Frequency.DAILY else _("Your daily summary")
        context = {
            "entries": [_entry(notice) for notice in notices[:MOST_ENTRIES]],
            "more": max(0, len(notices) - MOST_ENTRIES),
            "heading": subject if scope == Frequency.DAILY else "",
            "words": _words(),
            "unsubscribe": address,
            "choose": f"{settings.SITE_URL}/admin/notifications/",
            "language": translation.get_language(),
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
        }
        return Message(
            user=user,
            to=user.email,
            subject=" ".join(f"{settings.SITE_NAME}: {subject}".split())[:300],
            text=get_template("email/notices.txt", using="django").render(context),
            html=get_template("email/notices.html", using="django").render(context),
            headers={
                "List-Unsubscribe": f"<{address}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
                "Precedence": "list",
            },
            created_at=at,
            next_at=at,
        )


def _entry(notice: Notice) -> dict[str, Any]:
    return {
        "label": notice.get_kind_display(),
        "title": notice.title,
        "detail": notice.detail,
        "by": _("By %(name)s") % {"name": notice.actor.display_name()} if notice.actor else "",
        "at": notice.created_at,
        "address": f"{settings.SITE_URL}{notice.path}",
    }


def _words() -> dict[str, str]:
    """The fixed words of an e-mail; here and not in the template, so that one catalogue has them all."""
    return {
        "open": _("Open it on the desk"),
        "more": _("There is more on the desk."),
        "why": _("You get this e-mail because you work on %(site)s.") % {"site": settings.SITE_NAME},
        "stop": _("Stop these e-mails"),
        "choose": _("Choose what you get"),
    }


def queue_plain(*, to: Iterable[str], subject: str, text: str, at: datetime) -> list[Message]:
    """Write a plain e-mail to each address, to be sent by the worker."""
    rows = [
        Message(to=address, subject=" ".join(subject.split())[:300], text=text, created_at=at, next_at=at)
        for address in dict.fromkeys(to)
    ]
    return Message.objects.bulk_create(rows)
