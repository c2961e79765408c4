"""Sending a tip, seeing its state, and finding it again by its reference."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from articles.models.submission import PICTURES_ALONE
from articles.selectors.readers.forms import sent_in
from articles.selectors.readers.forms.sent_in import NothingSentError
from articles.services import reports as references
from articles.services import submissions as submitting
from articles.services.pictures import tips
from articles.services.pictures.storage import UnusablePictureError
from factcheck import tip_lines
from followers.services import answers
from lib.parsing.headers import exceeds_limit
from readers.http import closest, form_tokens, form_views, view_models
from readers.http.form_views import FormSpec
from readers.http.forms import ReaderForm
from readers.http.responses import UNTOLD, form_page, private_page, readers_page
from readers.http.view_models import Card
from readers.tips.forms import ReferenceForm, TipForm, picture_error

_NOT_STORED = ("website", "seal", "pictures", "email")


@form_page
def suggest(request: HttpRequest) -> HttpResponse:
    """A claim that a reader wants checked: it joins the queue of what partners send in."""
    context = {"canonical": view_models.address("suggest"), "lines": tip_lines.read(settings.TIP_LINES)}
    sheet = FormSpec(
        TipForm,
        "suggest",
        "",
        "readers/submissions/suggest.html",
        context | {"promise": _promise()},
        max_body=settings.TIP_FORM_MAX_BYTES,
    )

    def take(form: ReaderForm, number: str) -> str:
        columns = {name: value for name, value in form.cleaned_data.items() if name not in _NOT_STORED}
        same = _checks(form) if "sent_anyway" in request.POST else []
        columns["shown"] = same[0].claim.claim_id if same else None
        try:
            cleaned = tips.clean(form.cleaned_data["pictures"])
        except UnusablePictureError as error:
            raise ValidationError({"pictures": picture_error(error.code)}) from error
        at = timezone.now()
        taken = submitting.receive_from_reader(form=number, at=at, pictures=cleaned, **columns)
        if email := form.cleaned_data.get("email"):
            answers.ask(
                email=email, reference=taken.reference, language=get_language() or settings.LANGUAGE_CODE, at=at
            )
        return reverse("readers:suggested", args=[taken.reference])

    return form_views.form_view(request, sheet, take, answer=_checked_already)


def _checked_already(form: ReaderForm) -> dict[str, Any]:
    same = _checks(form)
    return {"checked_already": same} if same else {}


def _checks(form: ReaderForm) -> list[Card]:
    """The checks of probably the same claim, or those of the page, article or source that was pasted."""
    wanted = form.wanted if isinstance(form, TipForm) else ""
    return closest.find_closest(wanted).same if wanted else []


@readers_page
def suggested(request: HttpRequest, reference: str) -> HttpResponse:
    """The state of a tip, for anyone with its reference."""
    try:
        seen = sent_in.suggestion(reference)
    except NothingSentError:
        return private_page(request, "readers/404.html", status=404, headers=UNTOLD)
    context = {
        "seen": seen,
        "is_picture": seen.text == PICTURES_ALONE,
        "address": view_models.address("suggested", seen.reference),
        "promise": _promise(),
    }
    return private_page(request, "readers/submissions/suggested.html", context, headers=UNTOLD)


@form_page
def status(request: HttpRequest) -> HttpResponse:
    """The page of a tip or report, found by the reference that its sender noted."""
    context: dict[str, Any] = {"canonical": view_models.address("status"), "form": ReferenceForm()}
    if request.method != "POST":
        return private_page(request, _STATUS, context)
    if exceeds_limit(request.META.get("CONTENT_LENGTH"), form_tokens.MAX_BODY):
        return form_views.refused_as_too_large(request)
    context["form"] = form = ReferenceForm(request.POST)
    if wait := form_views.charge(request, ("status", settings.STATUS_RATE)):
        context["wait"] = _wait_for(-(-wait // 60))
        return private_page(request, _STATUS, context, status=429, headers={"Retry-After": str(wait)})
    if not form.is_valid():
        return private_page(request, _STATUS, context, status=400)
    reference = references.read_reference(form.cleaned_data["reference"])
    for name, ask in (("suggested", sent_in.suggestion), ("reported", sent_in.report)):
        try:
            found = ask(reference)
        except NothingSentError:
            continue
        address = reverse(f"readers:{name}", args=[found.reference])
        return HttpResponse(status=303, headers={"Location": address, "Cache-Control": "no-store"} | UNTOLD)
    return private_page(request, _STATUS, context | {"is_unknown": True}, status=404)


_STATUS = "readers/tips/status.html"


def _wait_for(minutes: int) -> str:
    return ngettext(
        "Too many references were tried from your network. Try again in %(n)s minute.",
        "Too many references were tried from your network. Try again in %(n)s minutes.",
        minutes,
    ) % {"n": minutes}


def _promise() -> str:
    """When senders hear from the newsroom, in its own words; empty where it says nothing in this language."""
    return str(settings.TIP_PROMISE.get(get_language() or "", ""))
