"""Stopping e-mails by a link that works without signing in (RFC 8058)."""

from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from lib.refusals import RefusedError
from notifications.choices import Frequency, Kind
from notifications.rules import kinds_in, settings_of
from notifications.services import preferences

_SALT = "notifications.unsubscribe"


class BadLinkError(RefusedError):
    """The link was not made by this site, or it is about a person or a kind that is not there any more."""

    code = "bad_link"


def path_of(user: User, scope: str) -> str:
    """The path at which ``user`` stops e-mails of ``scope``: one kind, or those of the daily summary."""
    token = signing.dumps([user.pk, str(scope)], salt=_SALT, compress=True)
    return reverse("unsubscribe", args=[token])


def read(token: str) -> tuple[User, str]:
    """Whose e-mails a link stops, and which. Links do not expire. Raises ``BadLinkError``."""
    try:
        pk, scope = signing.loads(token, salt=_SALT)
        user = User.objects.select_related("notification_settings").get(pk=pk)
    except (signing.BadSignature, ValueError, TypeError, User.DoesNotExist):
        raise BadLinkError("This link does not work.") from None
    if scope not in (*Kind.values, Frequency.DAILY):
        raise BadLinkError("This link does not work.")
    return user, str(scope)


@transaction.atomic
def unsubscribe(token: str) -> tuple[User, str]:
    """Stop the e-mails that the link is about, also those that wait. Twice is once. Raises ``BadLinkError``."""
    user, scope = read(token)
    settings = settings_of(user)
    stopped = kinds_in(scope, settings)
    preferences.choose(user=user, choices=dict.fromkeys(stopped, Frequency.NONE), language=settings.language)
    return user, scope
