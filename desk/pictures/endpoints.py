"""The picture of a claim, for the script of its page: each act answers with the claim's next version."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles.models import Capture, Claim
from articles.selectors.library import pictures
from articles.selectors.log import lead_pictures
from articles.services.pictures import lead, screenshots
from desk.http import dates, requests
from desk.http.refusals import NOT_OF_A_FIELD, as_form_errors, check
from desk.http.views import DeskView, Endpoint
from desk.pictures import choosing
from desk.pictures.forms import PictureDetailsForm
from lib.pictures import FORMATS, file_name, largest
from lib.refusals import NotNowError


class PictureEndpoint(Endpoint):
    """POST: a file, the hash of a picture that is here, or the number of a capture. PATCH: what is said about it.

    DELETE: take it off.
    """

    def find(self, object_id: uuid.UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return get_object_or_404(Claim, pk=object_id)

    @cached_property
    def sent(self) -> dict[str, Any]:
        """What was sent: JSON, or fields beside a file."""
        if not str(self.request.content_type).startswith("multipart/"):
            return requests.posted(self.request)
        fields: dict[str, Any] = {n: v for n, v in self.request.POST.items() if n != "csrfmiddlewaretoken"}
        return fields | {"version": requests.number_in(self.request.POST.get("version", ""))}

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Let it lead the claim."""
        act = self._acting()
        found = choosing.chosen(request, self.sent, claim=self.row)
        with as_form_errors(passing=NOT_OF_A_FIELD):
            put = lead.put(claim=self.row, picture=found.picture, **act, **found.said)
        return _version(put.claim, status=201)

    def patch(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Say other things about it."""
        row = lead_pictures.lead_picture(self.row)
        if row is None:
            raise NotNowError(_("This claim has no picture any more."))
        form = check(PictureDetailsForm(requests.as_fields(self.sent), instance=row))
        with as_form_errors(passing=NOT_OF_A_FIELD):
            changed = lead.describe(lead=row, **self._acting(), **form.given())
        return _version(changed.claim)

    def delete(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Take it off; the picture itself is kept."""
        with as_form_errors(passing=NOT_OF_A_FIELD):
            return _version(lead.take_off(claim=self.row, **self._acting()))

    def _acting(self) -> dict[str, Any]:
        return {"by": self.request.user, "at": timezone.now(), "version": self.version()}


class TextPictureEndpoint(PictureEndpoint):
    """GET: the kept copies that can be one. POST: keep a file or a copy, to be shown in the explanation.

    The claim changes when the explanation is saved.
    """

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Each copy with its number, a name, and words to start from."""
        return JsonResponse({"captures": [_described(one, self.row) for one in pictures.image_captures(self.row)]})

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The picture's address in records, and its size there."""
        picture = choosing.chosen(request, self.sent, claim=self.row).picture
        width, height = largest(picture.width, picture.height)
        address = f"/pictures/{file_name(picture.sha256, width, 'jpg')}"
        return JsonResponse({"src": address, "width": width, "height": height}, status=201)


class PictureFile(DeskView):
    """A picture in one size, published or not."""

    def get(self, request: Any, sha256: str, width: int, ending: str, **kwargs: Any) -> HttpResponse:
        """The bytes."""
        content = pictures.variant(sha256, width=width, ending=ending) if ending in FORMATS else None
        if content is None:
            raise Http404
        response = HttpResponse(content, content_type=FORMATS[ending])
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def refuse(self, error: Exception) -> HttpResponse:
        """As every page does."""
        raise error


def _version(claim: Claim, *, status: int = 200) -> JsonResponse:
    return JsonResponse({"version": claim.version}, status=status)


def _described(capture: Capture, claim: Claim) -> dict[str, Any]:
    alt, credit = screenshots.words(capture, claim)
    name = f"{capture.file_name}: {capture.source.title}, {dates.day(capture.captured_at)}"
    return {"id": capture.pk, "name": name, "alt": alt, "credit": credit}
