"""The address to which the claim's page sends what is typed, before anybody presses Save."""

import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Claim
from articles.selectors.collaboration.unsaved import of_person
from articles.services.collaboration import unsaved as services
from desk.claim_page.unsaved import REPLACES, WRITER
from desk.http import versions
from desk.http.refusals import UnreadableRequestError
from desk.http.requests import id_in
from desk.http.unsaved_pages import check_person, id_of, texts
from desk.http.views import Endpoint

_OURS = (versions.FIELD, WRITER, REPLACES, "_user")


class UnsavedEndpoint(Endpoint):
    """What one person has not saved of one claim. It is written here and read by the page alone."""

    http_method_names = ["get", "put", "delete"]

    def find(self, object_id: uuid.UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return get_object_or_404(Claim, pk=object_id)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Who is signed in, and which opened page of theirs kept something."""
        kept = of_person(self.row, request.user)
        named = {"user": request.user.pk, "username": request.user.get_username()}
        return JsonResponse({**named, "writer": str(kept.writer) if kept else ""})

    def put(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Keep the fields that differ from the claim, under the names that the form posts."""
        self._check_person()
        version = versions.read(str(self.sent.get(versions.FIELD)), self.row)
        if version is None:
            raise UnreadableRequestError(
                _("“%(field)s” names no version of this claim. Reload the page.") % {"field": versions.FIELD}
            )
        kept = services.keep(
            claim=self.row,
            by=request.user,
            at=timezone.now(),
            version=version,
            writer=id_in(self.sent, WRITER),
            replaces=id_of(self.sent.get(REPLACES)),
            fields={name: texts(value) for name, value in self.sent.items() if name not in _OURS},
        )
        return JsonResponse({"saved_at": kept.saved_at.isoformat()})

    def delete(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Forget them."""
        self._check_person()
        writers = [one for name in (WRITER, REPLACES) if (one := id_of(self.sent.get(name)))]
        was_there = services.discard(claim=self.row, by=request.user, writers=writers)
        return JsonResponse({"discarded": was_there})

    def _check_person(self) -> None:
        check_person(self.request, self.sent.get("_user"))
