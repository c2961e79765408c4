"""E-mails to partners, as the pages of partners and endpoints show them; and what those pages share."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from desk.http import dates
from partners.models import Endpoint, Notice, Partner
from partners.selectors import desk
from partners.services import notices


def badge(tone: str, label: str) -> str:
    """A word in its tone."""
    return format_html('<span class="desk-badge desk-{}">{}</span>', tone, label)


def moment(at: datetime | None) -> str:
    """A moment as all pages of the desk write it, on one line; nothing for none."""
    return format_html('<span class="desk-day">{}</span>', dates.moment(at)) if at else ""


def notice_lines(about: Partner | Endpoint) -> list[dict[str, Any]]:
    """What the partner was told and what did not leave, as the page shows it."""
    return [{"notice": notice, "badge": _state(notice)} for notice in desk.notices(about)]


def _state(notice: Notice) -> str:
    if notice.sent_at:
        return badge("success", _("Sent"))
    if notices.is_given_up(notice, at=timezone.now()):
        return badge("danger", _("Not sent, given up"))
    return badge("danger", _("Not sent yet")) if notice.problem else badge("warning", _("On its way"))
