"""The article desk's addresses for a passage whose claim is there already: mark it for that claim, take that back."""

import uuid
from typing import Any

from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from articles.models import Appearance, Claim
from articles.services.claims import duplicates
from desk.http.refusals import as_form_errors
from desk.passages import endpoints
from desk.passages.forms import UnreadableRequestError, posted
from desk.passages.responses import answering


@answering
def mark(model_admin: Any, request: Any, article_id: uuid.UUID) -> HttpResponse:
    """POST ``{of, of_version, exact, start, article_text}``: the passage is the claim ``of``, made again.

    Answers ``{passage, claim, waits}``; it ``waits`` on a dropped double while ``of`` is settled.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article, sent = endpoints.article_of(request, article_id), posted(request)
    of = get_object_or_404(Claim, pk=_id(sent.get("of")))
    version = endpoints.text_of(article, str(sent.get("article_text") or ""))
    with as_form_errors(passing=endpoints.PASSING):
        held = duplicates.mark_passage_of(
            of=of,
            article_version=version,
            exact=str(sent.get("exact") or ""),
            start=_whole(sent, "start"),
            by=request.user,
            at=timezone.now(),
            of_version=_whole(sent, "of_version"),
        )
    passage = held.appearances.filter(article_version=version).latest("id")
    waits = held.pk != of.pk
    return JsonResponse({"passage": passage.pk, "claim": str(of.pk), "waits": waits}, status=201)


@answering
def undo(model_admin: Any, request: Any, article_id: uuid.UUID, passage_id: int) -> HttpResponse:
    """POST: take back that a passage was marked for a claim that was there already."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article = endpoints.article_of(request, article_id)
    rows = Appearance.objects.select_related("claim").filter(article_version__article=article)
    with as_form_errors(passing=endpoints.PASSING):
        duplicates.take_back(appearance=get_object_or_404(rows, pk=passage_id), by=request.user, at=timezone.now())
    return JsonResponse({"passage": passage_id})


def _id(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError as error:
        raise UnreadableRequestError("“of” is the id of a claim.") from error


def _whole(sent: dict[str, Any], name: str) -> int:
    value = sent.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise UnreadableRequestError(f"“{name}” is a whole number.")
    return value
