"""Stops e-mails by the link in each of them, without signing in (RFC 8058).

GET asks, because programs that look for harmful links open each of them; POST stops. The token is all the authority
there is, and no cookie carries any, so the form needs no CSRF token; mail programs could not send one.
"""

import csp.constants
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from notifications import rules
from notifications.choices import Frequency, Kind
from notifications.services import unsubscribing

_HEADERS = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


@csrf_exempt
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET: ask. POST: stop the e-mails; a second time changes nothing."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    response = _answer(request, token)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    response._csp_replace = {"script-src": [csp.constants.NONE]}  # type: ignore[attr-defined]
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    template = "desk/notifications/unsubscribe.html"
    try:
        user, scope = unsubscribing.read(token)
        if request.method == "POST":
            user, scope = unsubscribing.unsubscribe(token)
            user.refresh_from_db()
    except unsubscribing.BadLinkError:
        return render(request, template, {"site": settings.SITE_NAME}, status=404, using="django")
    with translation.override(rules.settings_of(user).language or settings.LANGUAGE_CODE):
        what = Kind(scope).label if scope != Frequency.DAILY else translation.gettext("Your daily summary")
        shown = {
            "site": settings.SITE_NAME,
            "what": what,
            "is_stopped": rules.is_stopped(user, scope),
            "words": {
                "stop": translation.gettext("Stop these e-mails"),
                "stopped": translation.gettext("You will not get these e-mails any more."),
                "choose": translation.gettext("Choose what you get"),
            },
            "language": translation.get_language(),
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
        }
        return render(request, template, shown, using="django")
