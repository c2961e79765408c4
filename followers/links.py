"""The links in e-mails to followers. Whoever has one has had the e-mail; they do not expire."""

from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from lib.refusals import RefusedError

_SALT = "followers"


class BadLinkError(RefusedError):
    """The link was not made by this site."""

    code = "bad_link"


def own_page(follower: int, language: str) -> str:
    """The full address of the page that lists what ``follower`` (id) follows."""
    return _address("readers:follows", signing.dumps([follower, []], salt=_SALT, compress=True), language)


def stop(follower: int, follows: Iterable[int], language: str) -> str:
    """The full address at which ``follows`` (ids) of ``follower`` are stopped with one click."""
    return _address(
        "readers:follow_stop", signing.dumps([follower, sorted(follows)], salt=_SALT, compress=True), language
    )


def read(token: str) -> tuple[int, list[int]]:
    """The follower's id and those of the follows that a link is about. Raises ``BadLinkError``."""
    try:
        follower, follows = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise BadLinkError("This link does not work.") from None
    return int(follower), [int(one) for one in follows]


def _address(name: str, token: str, language: str) -> str:
    with override(language):
        return settings.SITE_URL + reverse(name, args=[token])
