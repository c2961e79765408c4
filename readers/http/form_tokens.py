"""Forms of readers, without a cookie: how we know that a post answers a form of ours, and that a person filled it in.

A form carries a seal: which form it is, what it is about, a random number and the time it was drawn, signed with the
site's key. A post is taken when its seal is ours, was drawn for this very page, is neither too young for a person nor
too old, and when the browser says that the form was sent from this site. There is no session that another site's form
could ride on; what these checks keep out is programs, and other sites that would send forms in their visitors' names.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

#: A form token is valid this long, in seconds: a day.
OPEN_FOR = 24 * 3600
#: A post of these forms is a few thousand letters; a longer one is refused.
MAX_BODY = 64 * 1024
_SALT = "readers.http.form_tokens"


class InvalidFormTokenError(Exception):
    """The seal is not ours, not for this page, or too old: draw the form again."""


class TooFastError(Exception):
    """The form came back sooner than a person could have filled it in."""


@dataclass(frozen=True, slots=True)
class FormToken:
    """A verified form token; ``number`` is unique for each form that was shown."""

    number: str


def issue(purpose: str, about: str) -> str:
    """A seal for a form drawn now."""
    return signing.dumps([purpose, about, secrets.token_hex(16), int(timezone.now().timestamp() * 1000)], salt=_SALT)


def verify(given: str, purpose: str, about: str, *, at: datetime) -> FormToken:
    """The seal that came back at ``at``. Raises ``InvalidFormTokenError``, ``TooFastError``."""
    try:
        named, matter, number, drawn = signing.loads(given, salt=_SALT, max_age=OPEN_FOR)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise InvalidFormTokenError from error
    if (named, matter) != (purpose, about):
        raise InvalidFormTokenError
    if at.timestamp() - drawn / 1000 < settings.REPORT_MIN_SECONDS:
        raise TooFastError
    return FormToken(number)


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form was sent from this site. One that says nothing is believed.

    Browsers send ``Origin`` with every post (Fetch standard), and the newer ones ``Sec-Fetch-Site``; no other site's
    script can set either.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    site = urlsplit(settings.SITE_URL)
    own = f"{request.scheme}://{request.get_host()}"
    return origin in (own, f"{site.scheme}://{site.netloc}", *settings.CSRF_TRUSTED_ORIGINS)
