"""A claim as readers would see it: the page for people, and the parts that its frames and images load."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Claim
from articles.selectors.library import pictures
from articles.selectors.log import record_content
from articles.services.verification import previews
from articles.services.verification.next_record import Correction
from articles.services.verification.previews import Preview
from desk.claims import explanation_words
from desk.http import badges
from desk.http.refusals import error_text
from desk.http.views import DeskView, Page
from desk.verification.renderers import renderer
from lib.languages import names
from lib.refusals import NotAllowedError, RefusedError


def find_claim(object_id: UUID) -> Claim:
    """The claim with all that its record names. Raises ``Http404``."""
    related = ("claimant", "assignee", "translation_of", "schedule__created_by")
    claim = get_object_or_404(Claim.objects.select_related(*related), pk=object_id)
    record_content.prefetch(claim)
    return claim


class PreviewPart(DeskView):
    """Something that a page of the desk loads: nothing of it is kept by caches or found by search engines."""

    def find(self, object_id: UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return find_claim(object_id)

    def preview(self) -> Preview:
        """The record that would be published, with the correction that is being written, if one was sent."""
        sent = self.request.POST
        is_correction = sent.get("change") == "correction" and sent.get("note")
        correction = Correction(sent.get("severity", ""), sent["note"][:1000]) if is_correction else None
        return previews.preview(self.row, at=timezone.now(), correction=correction)

    def refuse(self, error: Exception) -> HttpResponse:
        """In plain words; 403 and 404 as everywhere."""
        if isinstance(error, NotAllowedError):
            raise PermissionDenied(str(error)) from error
        if isinstance(error, Http404 | PermissionDenied) or not isinstance(error, RefusedError):
            raise error
        return _hidden(HttpResponse(error_text(error), content_type="text/plain; charset=utf-8", status=409))


class PreviewFrame(PreviewPart):
    """The readers' own page, for a frame: with ``lang`` and ``look`` in the address."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        shown, known = self.preview(), dict(settings.LANGUAGES)
        language = request.GET.get("lang", "")
        return renderer().page(
            request,
            shown.row,
            shown.record,
            language=language if language in known else settings.LANGUAGE_CODE,
            look=request.GET.get("look", ""),
            is_alone=request.headers.get("Sec-Fetch-Dest") == "document",
            picture_base=explanation_words.picture_base(),
        )

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The page with the correction of a form that is not sent yet. Nothing is written."""
        return self.get(request, **kwargs)


class PreviewCard(PreviewPart):
    """The share card."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The picture."""
        shown = self.preview()
        card = renderer().card(shown.row, shown.record, find=pictures.variant)
        return _hidden(HttpResponse(card, content_type="image/png"))


class PreviewPage(Page):
    """The preview beside what it is made of, at any stage; nothing can be changed here."""

    model = Claim
    template_name = "desk/verification/preview.html"

    def find(self, object_id: UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return find_claim(object_id)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        shown = previews.preview(self.row, at=timezone.now())
        return self.show(title=_("Preview"), **context(self.row, shown))


def context(claim: Claim, shown: Preview) -> dict[str, Any]:
    """What the preview's part of a page needs."""
    found = renderer().found(shown.row, shown.record)
    return {
        "frame_address": reverse("admin:articles_claim_preview_frame", args=[claim.pk]),
        "card_address": reverse("admin:articles_claim_preview_card", args=[claim.pk]),
        "found": found,
        "found_host": urlsplit(found.address).netloc,
        "preview": shown,
        "stage_badge": badges.stage(claim.stage),
        "site_languages": [(code, names.own_name(code)) for code, _name in settings.LANGUAGES],
        "language": settings.LANGUAGE_CODE,
    }


def _hidden(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
