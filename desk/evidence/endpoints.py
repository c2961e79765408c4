"""A claim's evidence for the desk's scripts: small JSON in (a file beside it), the claim as it is then out."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rules
from articles.models import Claim, Evidence
from articles.selectors.evidence import source_search
from articles.services.articles.fetching import FetchError
from articles.services.errors import WrongStageError
from articles.services.evidence import evidence, linking
from articles.services.evidence.captures import UnsupportedFileError
from articles.services.evidence.evidence import OrderDiffersError
from desk.evidence import responses
from desk.evidence.forms import ChangeForm, CopyForm, LinkForm, is_address, typed
from desk.http.refusals import Problem, RefusedFormError, TooLargeError, as_form_errors
from desk.passages import responses as passages_responses
from desk.passages.forms import UnreadableRequestError, as_fields, posted
from desk.passages.responses import answering
from lib.refusals import NotAllowedError, StaleError

#: Left to ``answering``: they are no fault of a field.
_PASSING = (NotAllowedError, StaleError, WrongStageError, OrderDiffersError)
#: More evidence than this no claim has; a longer list is no desk's doing.
_MOST = 500


@answering
def state(request: Any, claim_id: uuid.UUID) -> HttpResponse:
    """GET: the claim as it is now, with its evidence."""
    return full(claim_of(request, claim_id), request)


@answering
def sources(request: Any, claim_id: uuid.UUID) -> HttpResponse:
    """GET: sources by what was typed: words, or an address."""
    claim_of(request, claim_id)
    words = typed(request, "q")
    known = linking.source_at(words) if is_address(words) else None
    rows = source_search.sources_for(known.url if known else words) if known or not is_address(words) else []
    found = [row for row in responses.found(rows) if known is None or row["id"] == str(known.pk)]
    return JsonResponse({"sources": found, "is_address": is_address(words)})


@answering
def look_up(request: Any, claim_id: uuid.UUID) -> HttpResponse:
    """POST: what is known of an address, or what the page there says about itself. Nothing is stored."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    claim_of(request, claim_id)
    with as_form_errors(passing=_PASSING):
        made = linking.suggest(url=str(posted(request).get("url") or "")[:2000], by=request.user)
    return JsonResponse(responses.suggestion(made))


@answering
def add(request: Any, claim_id: uuid.UUID) -> HttpResponse:
    """POST: cite a source: with what it says, a copy, and the source itself if it is new."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    claim, sent = claim_of(request, claim_id), _sent(request)
    form = _valid(LinkForm(as_fields(sent), request.FILES))
    with keeping():
        row = linking.link(
            claim=claim,
            cited=form.cited(),
            copy=form.copy(),
            by=request.user,
            at=timezone.now(),
            version=_version(sent),
            **form.given(),
        )
    return full(row.claim, request, status=201)


@answering
def order(request: Any, claim_id: uuid.UUID) -> HttpResponse:
    """POST: put the evidence into the order of these ids."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    claim, sent = claim_of(request, claim_id), posted(request)
    wished = sent.get("order")
    if not isinstance(wished, list) or not all(type(item) is int for item in wished[: _MOST + 1]):
        raise UnreadableRequestError("“order” is the list of the evidence's ids.")
    if len(wished) > _MOST:
        raise UnreadableRequestError(f"“order” names more than {_MOST} pieces of evidence.")
    changed = evidence.reorder(claim=claim, order=wished, by=request.user, at=timezone.now(), version=_version(sent))
    return full(changed, request)


@answering
def piece(request: Any, claim_id: uuid.UUID, evidence_id: int) -> HttpResponse:
    """PATCH: other words or another stance, only of what is sent. DELETE: take it off the claim."""
    if request.method not in ("PATCH", "DELETE"):
        return HttpResponseNotAllowed(["PATCH", "DELETE"])
    row, sent = _row(request, claim_id, evidence_id), posted(request)
    act = {"evidence": row, "by": request.user, "at": timezone.now(), "version": _version(sent)}
    with as_form_errors(passing=_PASSING):
        if request.method == "DELETE":
            return full(evidence.remove(**act), request)
        changed = evidence.edit(**act, **_valid(ChangeForm(as_fields(sent))).given())
    return full(changed.claim, request)


@answering
def copy(request: Any, claim_id: uuid.UUID, evidence_id: int) -> HttpResponse:
    """POST: keep a copy for this piece of evidence: a file, what is at its address, or a capture of its source."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row, sent = _row(request, claim_id, evidence_id), _sent(request)
    wished = _valid(CopyForm(as_fields(sent), request.FILES)).copy()
    if not (wished.file or wished.fetch or wished.known):
        raise RefusedFormError([Problem("Choose a file, or ask for a copy of the address.", "file")])
    with keeping():
        changed = linking.add_capture(
            evidence_row=row, copy=wished, by=request.user, at=timezone.now(), version=_version(sent)
        )
    return full(changed.claim, request)


@contextmanager
def keeping() -> Iterator[None]:
    """As ``beside``; what could not be fetched, or not be kept, stands at the wish to keep a copy."""
    with as_form_errors(passing=_PASSING):
        try:
            yield
        except (FetchError, UnsupportedFileError) as error:
            words = _("%(why)s Nothing was saved: save it without a copy, or attach a file.") % {"why": error}
            raise RefusedFormError([Problem(words, "fetch")]) from error


def full(claim: Claim, request: Any, *, status: int = 200) -> JsonResponse:
    """The claim as it is now."""
    row = Claim.objects.select_related("claimant", "assignee").get(pk=claim.pk)
    return JsonResponse(passages_responses.full(row, request.user), status=status)


def claim_of(request: Any, claim_id: uuid.UUID) -> Claim:
    """The claim, for whoever may look at the desk. Raises ``NotAllowedError``, ``Http404``."""
    if not rules.may_see_the_desk(request.user):
        raise NotAllowedError.for_("see the desk")
    return get_object_or_404(Claim.objects.select_related("claimant", "assignee"), pk=claim_id)


def _row(request: Any, claim_id: uuid.UUID, evidence_id: int) -> Evidence:
    rows = Evidence.objects.select_related("claim", "source", "capture")
    return get_object_or_404(rows, pk=evidence_id, claim=claim_of(request, claim_id))


def _sent(request: Any) -> dict[str, Any]:
    """What was sent: JSON, or fields beside a file."""
    if not str(request.content_type).startswith("multipart/"):
        return posted(request)
    return {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}


def _version(sent: dict[str, Any]) -> int:
    value = str(sent.get("version"))
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise UnreadableRequestError("“version” says which version of the claim the change was made on.")
    return int(value)


def _valid(form: Any) -> Any:
    if form.is_valid():
        return form
    found = form.errors.get_json_data()
    problems = [
        Problem(item["message"], "" if name == "__all__" else name) for name, items in found.items() for item in items
    ]
    codes = {item["code"] for item in found.get("file", ())}
    raise (TooLargeError if "too_large" in codes else RefusedFormError)(problems)
