"""How often readers may ask to follow: each network, and all together, by e-mail or on a device."""

from django.conf import settings
from django.http import HttpRequest

from partners import rates
from partners.networks import network
from partners.services import limits
from partners.services.limits import Quota


def take(request: HttpRequest) -> int:
    """Count one. Returns the seconds to wait, 0 when the request may be taken."""
    found = (("follow", network(request), settings.FOLLOW_RATE), ("follows", "all", settings.FOLLOW_GLOBAL_RATE))
    quotas = [Quota(name, subject, rate) for name, subject, text in found if (rate := rates.parse(text))]
    return max((one.wait for one in limits.take(quotas) if not one.taken), default=0)
