"""The same events for a chat channel: incoming webhooks of Slack, Mattermost and Microsoft Teams."""

import json
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.choices import Channel, Kind
from notifications.models import Message
from notifications.services import waking
from notifications.services.events import Event

_INVISIBLE = "\u200b"
_TEAMS = (".logic.azure.com", ".api.powerplatform.com", ".webhook.office.com")


def announce(event: Event, *, people: list[User]) -> Message | None:
    """Write a message for the chat about ``event``, once for all ``people``; None when no chat is configured.

    It names the claim and the people. It does not contain the words of a comment or a report.
    """
    if not settings.CHAT_WEBHOOK_URL:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        label = str(Kind(event.kind).label)
        names = ", ".join(user.display_name() for user in people)
        by = _("By %(name)s") % {"name": event.by.display_name()} if event.by else ""
    words = [f"{label}: {event.title}", " · ".join(part for part in (names, by) if part)]
    message = Message.objects.create(
        channel=Channel.CHAT,
        subject=words[0][:300],
        text="\n".join([*map(plain, words), f"{settings.SITE_URL}{event.path}"]),
        created_at=event.at,
        next_at=event.at,
    )
    transaction.on_commit(waking.wake_sender, robust=True)
    return message


def body_for(url: str, text: str) -> bytes:
    """What is posted to ``url``: an Adaptive Card for Microsoft Teams (Workflows), ``{"text": …}`` for all others."""
    host = (urlsplit(url).hostname or "").lower()
    if not host.endswith(_TEAMS):
        return json.dumps({"text": text}).encode()
    lines = [{"type": "TextBlock", "text": line, "wrap": True} for line in text.split("\n")]
    card = {"type": "AdaptiveCard", "version": "1.4", "body": lines}
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return json.dumps({"type": "message", "attachments": [attachment]}).encode()


def plain(text: str) -> str:
    """``text`` as a chat shows it: no markup, no link, and nobody is called by it."""
    text = text.translate({ord("<"): "‹", ord(">"): "›"})  # Slack reads <…> as a command; the others show entities
    for sign in ("@", "#", "&"):
        text = text.replace(sign, sign + _INVISIBLE)
    text = text.replace("](", f"]{_INVISIBLE}(").replace("://", f":{_INVISIBLE}//")
    for sign in ("*", "_", "~", "`"):
        text = text.replace(sign, _INVISIBLE + sign + _INVISIBLE)
    return " ".join(text.split())
