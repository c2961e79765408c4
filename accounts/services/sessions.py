"""Sessions of the desk."""

from allauth.usersessions.models import UserSession
from django.utils import timezone


def note_session_use(*, session_key: str) -> None:
    """Note in the list of sessions that this one was used now."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=timezone.now())
