"""The article desk's own addresses: small JSON in, small JSON out; every act is a service's."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from articles import rules, text, workflow
from articles.models import Article, ArticleVersion, Claim, RightOfReply
from articles.selectors.passages import article_desk
from articles.services.claims import claim_entry, claims
from articles.services.errors import NotAllowedError, StaleError, WrongStageError
from articles.services.verification import transitions
from desk.http.refusals import Problem, RefusedFormError, as_form_errors
from desk.passages import responses
from desk.passages.forms import (
    ClaimWordingForm,
    MarkingReplyForm,
    PassageForm,
    UnreadableRequestError,
    as_fields,
    posted,
)
from desk.passages.responses import answering, refused
from desk.verification.transition_pages import needs_confirmation_page

#: A claim may be said to be known at a passage this often; more is no desk's doing.
_MOST_SEEN = 200
#: Left to ``answering``: they are no fault of a field.
PASSING = (NotAllowedError, StaleError, WrongStageError, claim_entry.AlreadyMarkedError, claim_entry.IdTakenError)


@answering
def state(model_admin: Any, request: Any, article_id: uuid.UUID) -> HttpResponse:
    """The article's claims as they are now; 304 when nothing differs from the state the browser names."""
    article = article_of(request, article_id)
    tag = f'"{article_desk.state_tag(article)}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    answer = JsonResponse(responses.state(article, text_of(article, request.GET.get("text", "")), tag.strip('"')))
    answer.headers["ETag"] = tag
    return answer


@answering
def speaker(model_admin: Any, request: Any, article_id: uuid.UUID) -> HttpResponse:
    """Who may have said the passage from ``start`` to ``end`` (code points), and when it was said."""
    article = article_of(request, article_id)
    version = text_of(article, request.GET.get("text", ""))
    start, end = _number(request, "start"), _number(request, "end")
    found = article_desk.likely_speaker(version, start, end) if start < end <= len(version.body) else None
    known = found.claimant if found else None
    return JsonResponse(
        {
            "claimant": {"id": str(known.pk), "label": str(known)} if known else None,
            "name": found.name if found else "",
            "because": found.because if found else "",
            "claimed_on": article.published_on.isoformat() if article.published_on else "",
        }
    )


@answering
def claimants(model_admin: Any, request: Any, article_id: uuid.UUID) -> HttpResponse:
    """Known claimants by what was typed."""
    article_of(request, article_id)
    typed = request.GET.get("q", "").replace("\x00", "")[:200]
    rows = article_desk.claimants_named(typed) if typed.strip() else []
    return JsonResponse({"claimants": [{"id": str(row.pk), "name": row.name, "label": str(row)} for row in rows]})


@answering
def claim(model_admin: Any, request: Any, article_id: uuid.UUID, claim_id: uuid.UUID) -> HttpResponse:
    """GET: the claim in full. PUT: enter it under this id, or learn that it is there. PATCH: change its words."""
    article = article_of(request, article_id)
    match request.method:
        case "GET":
            return _full(_claim(article, claim_id), request)
        case "PUT":
            return _enter(request, article, claim_id)
        case "PATCH":
            return _reword(request, _claim(article, claim_id))
    return HttpResponseNotAllowed(["GET", "PUT", "PATCH"])


def _enter(request: Any, article: Article, claim_id: uuid.UUID) -> JsonResponse:
    sent = posted(request)
    form = _valid(PassageForm(as_fields({name: value for name, value in sent.items() if name != "seen"})))
    with as_form_errors(fields={"assignee": "mine"}, passing=PASSING):
        entered = claim_entry.enter(
            pk=claim_id,
            article_version=text_of(article, str(sent.get("article_text") or "")),
            exact=form.cleaned_data["exact"],
            start=form.cleaned_data["start"],
            speaker=form.speaker(),
            by=request.user,
            at=timezone.now(),
            seen=_ids(sent.get("seen")),
            **form.values_for(request.user),
        )
    return _full(entered.claim, request, status=201 if entered.is_new else 200)


def _reword(request: Any, claim: Claim) -> JsonResponse:
    sent = posted(request)
    form = _valid(ClaimWordingForm(as_fields(sent)))
    with as_form_errors(passing=PASSING):
        changed = claim_entry.reword(
            claim=claim,
            speaker=form.speaker(),
            by=request.user,
            at=timezone.now(),
            version=_version(sent),
            **form.values(),
        )
    return _full(changed, request)


@answering
def step(model_admin: Any, request: Any, article_id: uuid.UUID, claim_id: uuid.UUID, key: str) -> HttpResponse:
    """POST: take a step that needs no more than a click, or a comment."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found, sent = _claim(article_of(request, article_id), claim_id), posted(request)
    if key not in workflow.BY_KEY:
        raise Http404
    if key == "publish" and needs_confirmation_page(found, workflow.get(key)):
        return refused("needs_words", "Say on the claim's page whether this is an update or a correction.", 400)
    with as_form_errors(passing=PASSING):
        taken = transitions.apply_transition(
            claim=found,
            transition=key,
            by=request.user,
            at=timezone.now(),
            version=_version(sent),
            comment=text.clean(str(sent.get("comment") or ""), field="comment")[:2000],
        )
    return _full(taken, request)


@answering
def take_back(model_admin: Any, request: Any, article_id: uuid.UUID, claim_id: uuid.UUID) -> HttpResponse:
    """POST: undo having entered a claim."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found, sent = _claim(article_of(request, article_id), claim_id), posted(request)
    claim_entry.take_back(claim=found, by=request.user, at=timezone.now(), version=_version(sent))
    return JsonResponse({"id": str(claim_id)})


@answering
def replies(
    model_admin: Any, request: Any, article_id: uuid.UUID, claim_id: uuid.UUID, reply_id: int | None = None
) -> HttpResponse:
    """POST: note that somebody was asked, or (with a reply's number) what they answered."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found, sent = _claim(article_of(request, article_id), claim_id), posted(request)
    values = _valid(MarkingReplyForm(as_fields(sent))).cleaned_data
    act = {"by": request.user, "at": timezone.now(), "version": _version(sent)}
    with as_form_errors(passing=PASSING):
        if reply_id is None:
            reply = claims.record_reply(claim=found, **act, **values)
        else:
            row = get_object_or_404(RightOfReply.objects.select_related("claim"), pk=reply_id, claim=found)
            reply = claims.edit_reply(reply=row, **act, **values)
    return _full(reply.claim, request)


def _full(claim: Claim, request: Any, *, status: int = 200) -> JsonResponse:
    row = Claim.objects.select_related("claimant", "assignee").get(pk=claim.pk)
    return JsonResponse(responses.full(row, request.user), status=status)


def article_of(request: Any, article_id: uuid.UUID) -> Article:
    """The article, for whoever may look at its desk. Raises ``NotAllowedError`` and ``Http404``."""
    if not rules.may_see_the_desk(request.user) or not request.user.has_perm("articles.view_article"):
        raise NotAllowedError("You may not look at the desk.")
    return get_object_or_404(Article, pk=article_id)


def _claim(article: Article, claim_id: uuid.UUID) -> Claim:
    rows = Claim.objects.select_related("claimant", "assignee")
    return get_object_or_404(rows.filter(appearances__article_version__article=article).distinct(), pk=claim_id)


def text_of(article: Article, number: str) -> ArticleVersion:
    """The article's text with this number; the newest when none is named. Raises ``Http404``."""
    if not number:
        return article.current_version()
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        raise Http404
    return get_object_or_404(article.versions.select_related("article"), number=int(number))


def _number(request: Any, name: str) -> int:
    value = request.GET.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise UnreadableRequestError(f"“{name}” is a position in the text, in code points.")
    return int(value)


def _version(sent: dict[str, Any]) -> int:
    value = sent.get("version")
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnreadableRequestError("“version” says which version of the claim the change was made on.")
    return value


def _ids(value: Any) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(str(item)) for item in (value if isinstance(value, list) else [])[:_MOST_SEEN]]
    except ValueError as error:
        raise UnreadableRequestError("“seen” is a list of claims' ids.") from error


def _valid(form: Any) -> Any:
    if form.is_valid():
        return form
    found = form.errors.get_json_data()
    raise RefusedFormError(
        [Problem(item["message"], "" if name == "__all__" else name) for name, items in found.items() for item in items]
    )
