"""What the review page's script asks for: a tick, and a comment on a passage."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from articles.models import Claim
from articles.selectors.log import record_content
from articles.selectors.verification import statements
from articles.services.collaboration import comments
from articles.services.collaboration.comments import Quoted
from articles.services.verification import ticks
from desk.http import refusals
from desk.http.requests import as_fields
from desk.http.views import Endpoint
from desk.verification.review_forms import PassageCommentForm, TickForm
from desk.verification.review_json import comment_json, tick_json


class _ReviewEndpoint(Endpoint):
    http_method_names = ["post"]

    def find(self, object_id: UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return get_object_or_404(Claim, pk=object_id)


class TicksEndpoint(_ReviewEndpoint):
    """POST ``{key, is_ticked}``: set or take back a tick; how many are ticked now."""

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        given = refusals.check(TickForm(as_fields(self.sent))).cleaned_data
        tick = None
        if given["is_ticked"]:
            tick = ticks.set_tick(claim=self.row, key=given["key"], by=request.user, at=timezone.now())
        else:
            ticks.take_back(claim=self.row, key=given["key"], by=request.user)
        record_content.prefetch(self.row)
        ticked, total = statements.counted(statements.of_claim(self.row))
        return JsonResponse({"tick": tick_json(tick) if tick else None, "ticked": ticked, "total": total})


class CommentsEndpoint(_ReviewEndpoint):
    """POST ``{text, part, exact, start}``: say something about words of the claim."""

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Write it."""
        given = refusals.check(PassageCommentForm(as_fields(self.sent))).cleaned_data
        quoted = Quoted(given["part"], given["exact"], given["start"])
        with refusals.as_form_errors(fields={"quoted": "exact"}, passing=refusals.NOT_OF_A_FIELD):
            written = comments.write(
                claim=self.row, text=given["text"], by=request.user, at=timezone.now(), quoted=quoted
            )
        return JsonResponse(comment_json(written.comment) | {"unknown": written.unknown}, status=201)
