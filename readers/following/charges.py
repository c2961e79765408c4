"""How often readers may ask to follow: each network, and all together, by e-mail or on a device."""

from django.conf import settings
from django.http import HttpRequest

from readers.http.form_views import charge


def take(request: HttpRequest) -> int:
    """Count one. Returns the seconds to wait, 0 when the request may be taken."""
    return charge(request, ("follow", settings.FOLLOW_RATE), ("follows", settings.FOLLOW_GLOBAL_RATE))
