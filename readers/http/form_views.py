"""What readers send in by a form: an error they found, a claim they want checked. Thin: services take it in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.choices import Surface
from articles.services import audit
from factcheck import outages
from lib.parsing.headers import exceeds_limit
from partners import rates
from partners.networks import network
from partners.services import limits
from partners.services.limits import Quota
from readers.http import form_tokens
from readers.http.form_tokens import InvalidFormTokenError, TooFastError
from readers.http.forms import ReaderForm
from readers.http.responses import private_page

#: What a valid form is answered with before anything is stored; nothing when it shall be stored.
Answering = Callable[[ReaderForm], dict[str, Any]]
#: Takes in what a form holds, under the number of its seal; returns the address at which the reader sees the state.
Taking = Callable[[ReaderForm, str], str]


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form of the readers' pages: its purpose, its subject, and the page that shows it."""

    shape: type[ReaderForm]
    purpose: str
    about: str
    template: str
    context: dict[str, Any]
    max_body: int = form_tokens.MAX_BODY


def form_view(
    request: HttpRequest, sheet: FormSpec, take: Taking, *, answer: Answering = lambda form: {}
) -> HttpResponse:
    """Show the form, or store what was sent and redirect to its state. A form with errors keeps the reader's text.

    ``answer`` may answer a valid form at once, with more for the page: it is shown again, and can be sent all the same.
    """
    if request.method != "POST":
        return _drawn(request, sheet, sheet.shape(), form_tokens.issue(sheet.purpose, sheet.about))
    if (refusal := refusal_of(request, sheet.max_body)) is not None:
        return refusal
    form, given = sheet.shape(request.POST, files_of(request)), request.POST.get("seal", "")
    try:
        seal = form_tokens.verify(given, sheet.purpose, sheet.about, at=timezone.now())
    except TooFastError:
        message = _("Please check your text and send it again. It arrived so fast that we took it for a robot’s.")
        return _drawn(request, sheet, form, given, message, status=400)
    except InvalidFormTokenError:
        message = _("This form has expired. Your text is still here: please send it again.")
        return _drawn(request, sheet, form, form_tokens.issue(sheet.purpose, sheet.about), message, status=400)
    if not form.is_valid():
        return _drawn(request, sheet, form, given, status=400)
    if "sent_anyway" not in request.POST and (known := answer(form)):
        return _drawn(request, replace(sheet, context=sheet.context | known), form, given)
    # Only what would be written is counted.
    if wait := charge(request, ("report", settings.REPORT_RATE), ("reports", settings.REPORT_GLOBAL_RATE)):
        response = _drawn(request, sheet, form, given, wait_words(wait), status=429)
        response["Retry-After"] = str(wait)
        return response
    try:
        with audit.surface(Surface.SITE):
            address = take(form, seal.number)
    except ValidationError as error:
        _put(form, error)
        return _drawn(request, sheet, form, given, status=400)
    except (InterfaceError, OperationalError) as error:
        if not outages.is_unavailable(error):
            raise
        return _away(request, sheet, form, given, error)
    return HttpResponse(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def files_of(request: HttpRequest) -> dict[str, Any]:
    """The files that were sent, as lists by the name of their field."""
    return {name: request.FILES.getlist(name) for name in request.FILES}


def refused_as_too_large(request: HttpRequest) -> HttpResponse:
    """413 for a body that no form of readers takes, without reading it."""
    return _refused(request, _("Your message is too long. Nothing was sent."), 413)


def refusal_of(request: HttpRequest, max_body: int) -> HttpResponse | None:
    """Refuse without parsing: a body that is too large, and a request from another site."""
    if exceeds_limit(request.META.get("CONTENT_LENGTH"), max_body):
        return refused_as_too_large(request)
    if not form_tokens.is_from_here(request):
        advice = _("This form was sent from another site, so nothing was saved. Open the form here and send it again.")
        return _refused(request, advice, 403)
    return None


def _refused(request: HttpRequest, advice: str, status: int) -> HttpResponse:
    context = {"advice": advice, "start": request.path, "status": status}
    return render(request, "readers/400.html", context, status=status)


def charge(request: HttpRequest, own: tuple[str, str], every: tuple[str, str] = ("", "")) -> int:
    """Count one of the reader's network, and of all readers. Returns the seconds to wait, 0 when it may be answered.

    ``own`` and ``every`` are the name of what is counted and the rate, such as ``60/min``; empty means no limit.
    """
    found = ((own[0], network(request), own[1]), (every[0], "all", every[1]))
    quotas = [Quota(name, subject, rate) for name, subject, text in found if (rate := rates.parse(text))]
    return max((one.wait for one in limits.take(quotas) if not one.taken), default=0)


def _away(request: HttpRequest, sheet: FormSpec, form: ReaderForm, seal: str, error: Exception) -> HttpResponse:
    """The form again, filled in: the page can be read from a replica, but nothing can be stored now."""
    outages.note(error)
    message = _("We cannot receive messages at the moment. Your text is still here: please send it again later.")
    response = _drawn(request, sheet, form, seal, message, status=503)
    response["Retry-After"] = str(outages.RETRY_AFTER)
    return response


def wait_words(seconds: int) -> str:
    """What a reader is told who sent too many messages."""
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many messages came from your network. Your text is still here: try again in %(n)s minute.",
        "Too many messages came from your network. Your text is still here: try again in %(n)s minutes.",
        minutes,
    ) % {"n": minutes}


def _put(form: ReaderForm, error: ValidationError) -> None:
    """A service's refusal, beside the field it is about."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def _drawn(
    request: HttpRequest, sheet: FormSpec, form: ReaderForm, seal: str, message: str = "", *, status: int = 200
) -> HttpResponse:
    context = {**sheet.context, "form": form, "seal": seal, "message": message, "is_wrong": status != 200}
    return private_page(request, sheet.template, context, status=status)
