"""A claim behind a private link, and the form for a note.

The secret in the address is all the authority there is, and no cookie carries any. So there is nothing that another
site could make a browser do in somebody's name: anyone who knows the address may post to it. The form therefore has no
CSRF token, and the page sets no cookie. (It could not even check where a post comes from: with ``Referrer-Policy:
no-referrer``, which keeps the secret from the sites that are linked here, browsers send ``Origin: null``.)
"""

from typing import Any

import csp.constants
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.throttling import BaseThrottle

from articles.choices import Surface
from articles.models import ExpertLink
from articles.selectors.collaboration import expert_view
from articles.services import audit
from articles.services.collaboration import experts
from desk.expert.forms import NoteForm
from factcheck import outages
from lib.parsing.headers import exceeds_limit
from partners import networks, rates
from partners.services import limits
from partners.services.limits import Quota

#: A note with everything around it, percent-encoded, is smaller than this many bytes in any script.
MAX_BODY = 200_000
_HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_NO_SCRIPT = {"script-src": [csp.constants.NONE], "connect-src": [csp.constants.NONE]}


@csrf_exempt
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """GET: the current claim. POST: leave a note. The same answer for every link that does not work."""
    if request.method not in ("GET", "HEAD", "POST"):
        response: HttpResponse = HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    else:
        with audit.surface(Surface.EXPERT):
            response = _answered(request, token)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    response._csp_replace = _NO_SCRIPT  # type: ignore[attr-defined]
    response._has_been_logged = True  # type: ignore[attr-defined] # an address with a secret in it is no log line
    return response


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    """The answer; while the primary is away 503 with the note that was sent.

    What the page shows is the desk's, and the readers' role may not read it: no replica can stand in.
    """
    try:
        return _answer(request, token)
    except (InterfaceError, OperationalError) as error:
        if not outages.is_unavailable(error):
            raise
        outages.note(error)
        form = NoteForm(request.POST) if request.method == "POST" else None
        return _refused(request, "away", 503, wait=outages.RETRY_AFTER, form=form)


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    """Count the request first, for valid and invalid links; then look the link up."""
    if wait := _wait("expert", networks.of(BaseThrottle().get_ident(request) or ""), settings.EXPERT_RATE):  # type: ignore[arg-type]
        return _refused(request, "later", 429, wait=wait)
    link = experts.live_link(secret=token, at=timezone.now())
    if link is None:
        return _refused(request, "closed", 404)
    if request.method == "POST":
        return _posted(request, link, token)
    return _shown(request, link, NoteForm(), is_sent="sent" in request.GET)


def _posted(request: HttpRequest, link: ExpertLink, token: str) -> HttpResponse:
    if exceeds_limit(request.META.get("CONTENT_LENGTH"), MAX_BODY):
        return _refused(request, "long", 413)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _shown(request, link, form, status=400)
    if wait := _wait("expert_note", str(link.pk), settings.EXPERT_NOTE_RATE):
        form.add_error(
            None, _("Too many notes were sent in a short time. Yours is still here: please try again later.")
        )
        return _shown(request, link, form, status=429, wait=wait)
    try:
        experts.leave_note(link=link, at=timezone.now(), **form.cleaned_data)
    except ValidationError as error:
        for field, messages in _by_field(error).items():
            for message in messages:
                form.add_error(field if field in form.fields else None, message)
        return _shown(request, link, form, status=400)
    except experts.LinkClosedError as error:
        form.add_error(None, str(error))
        return _shown(request, link, form, status=403)
    return HttpResponseRedirect(reverse("expert:claim", args=[token]) + "?sent=1#note", status=303)


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def _wait(name: str, subject: str, rate: str) -> int:
    """Seconds until this is possible again; 0 when it is possible now, which is counted."""
    parsed = rates.parse(rate)
    if parsed is None:
        return 0
    (standing,) = limits.take([Quota(name, subject, parsed)])
    return 0 if standing.taken else max(1, standing.wait)


def _shown(
    request: HttpRequest, link: ExpertLink, form: NoteForm, *, is_sent: bool = False, status: int = 200, wait: int = 0
) -> HttpResponse:
    context: dict[str, Any] = {"shown": expert_view.claim(link), "link": link, "form": form, "is_sent": is_sent}
    context["has_twins"] = True  # known only to its reader: no canonical address, no alternates
    response = render(request, "readers/expert/claim.html", context, status=status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _refused(
    request: HttpRequest, why: str, status: int, *, wait: int = 0, form: NoteForm | None = None
) -> HttpResponse:
    context = {"why": why, "status": status, "form": form}
    response = render(request, "readers/expert/refused.html", context, status=status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
