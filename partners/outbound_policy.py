"""Which addresses this installation may send requests to."""

from django.conf import settings

from lib.safehttp.policy import Policy


def from_settings() -> Policy:
    """The policy of this installation: the open internet; with OUTBOUND_ALLOW_LOOPBACK also one's own machine."""
    loopback = bool(settings.OUTBOUND_ALLOW_LOOPBACK)
    return Policy(http=loopback, loopback=loopback)
