"""Suggestions of one article: JSON for the desk's screens, and a page that needs no script.

One address each for listing, dismissing, taking back and accepting. A request with a JSON body is answered in JSON;
a form's is answered with the page.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST

from articles import rules, text
from articles.choices import ClaimantKind, Surface
from articles.models import Article, ArticleVersion
from articles.selectors import suggestions as listed
from articles.selectors.suggestions import Listing
from articles.services import audit, suggestions
from desk.suggestions import responses
from lib.refusals import NotAllowedError, RefusedError

#: So many are drawn on the page without scripts at a time.
PAGE = 60


def urls(admin: Any) -> list[Any]:
    """The addresses, for ``ArticleAdmin.get_urls``."""

    def view(function: Callable[..., HttpResponse]) -> Any:
        return admin.admin_site.admin_view(lambda request, pk: function(admin, request, pk))

    base, name = "<uuid:pk>/suggestions/", "articles_article_suggestions"
    return [
        path(base, view(_listing), name=name),
        path(f"{base}list/", view(_page), name=f"{name}_list"),
        path(f"{base}dismiss/", view(_dismiss), name=f"{name}_dismiss"),
        path(f"{base}restore/", view(_restore), name=f"{name}_restore"),
        path(f"{base}accept/", view(_accept), name=f"{name}_accept"),
    ]


def _version(admin: Any, request: Any, pk: UUID) -> ArticleVersion:
    """The newest text of the article, for whoever may see it."""
    if not admin.has_view_permission(request):
        raise PermissionDenied("You may not see articles.")
    article = Article.objects.filter(pk=pk).first()
    if article is None:
        raise Http404("There is no such article.")
    return article.versions.select_related("article").latest("number")


def _listing(admin: Any, request: Any, pk: UUID) -> HttpResponse:
    """Everything as JSON."""
    if refused := _only("GET", request):
        return refused
    listing = listed.of_version(_version(admin, request, pk))
    return JsonResponse(responses.listing(listing, may_edit=rules.may_edit_claims(request.user)))


def _page(admin: Any, request: Any, pk: UUID) -> HttpResponse:
    """The list as a page: forms, and one key each for whoever has scripts."""
    if refused := _only("GET", request):
        return refused
    listing = listed.of_version(_version(admin, request, pk))
    article = listing.version.article
    cards = [responses.card(listing, each) for each in listing.offered[:PAGE]]
    merging = listing.find(request.GET.get("merge", ""))
    context = {
        **admin.admin_site.each_context(request),
        "title": f"Suggestions: {article}",
        "original": article,
        "opts": admin.opts,
        "page": admin.page_of(article),
        "listing": listing,
        "cards": cards,
        "merged": responses.merged(listing, merging) if merging else None,
        "more": len(listing.offered) - len(cards),
        "others": listing.others[: PAGE * 3],
        "flags": [responses.flag(listing, each) for each in listing.disagreements],
        "may_edit": rules.may_edit_claims(request.user),
        "language": article.language,
        "direction": text.direction(article.language),
        "address": {act: _address(article, act) for act in ("dismiss", "restore", "accept", "list")},
    }
    return TemplateResponse(request, "desk/suggestions/suggestions.html", context)


def _dismiss(admin: Any, request: Any, pk: UUID) -> HttpResponse:
    """Dismiss the sentence with the ``key`` that is sent."""

    def act(version: ArticleVersion, sent: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        found = _found(listed.of_version(version), sent)
        row = suggestions.dismiss(article_version=version, exact=found.exact, by=request.user, at=timezone.now())
        undo = _undo(version.article)
        return {"key": row.key, "dismissed": True}, format_html("Dismissed: “{}”. {}", found.exact[:90], undo)

    return _done(admin, request, pk, act)


def _restore(admin: Any, request: Any, pk: UUID) -> HttpResponse:
    """Take a dismissal back."""

    def act(version: ArticleVersion, sent: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        key = str(sent.get("key") or "")
        suggestions.restore(article=version.article, key=key, by=request.user)
        return {"key": key, "dismissed": False}, "It is suggested again."

    return _done(admin, request, pk, act)


def _accept(admin: Any, request: Any, pk: UUID) -> HttpResponse:
    """Make a draft claim of a passage: of the text whose ``version`` is sent, else of the newest."""

    def act(version: ArticleVersion, sent: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        claim = suggestions.accept(
            article_version=_meant(version, sent),
            start=_number(sent, "start"),
            end=_number(sent, "end"),
            by=request.user,
            at=timezone.now(),
            statement=str(sent.get("text") or ""),
            claimant=str(sent.get("claimant") or ""),
            claimant_kind=str(sent.get("claimant_kind") or ClaimantKind.PERSON),
            claimant_role=str(sent.get("claimant_role") or ""),
            claimed_on=_day(sent),
        )
        address = reverse("admin:articles_claim_change", args=[claim.pk])
        answer = {"claim": {"id": str(claim.pk), "text": claim.text, "url": address}}
        return answer, format_html('A draft now: <a href="{}">{}</a>', address, claim)

    return _done(admin, request, pk, act)


def _done(admin: Any, request: Any, pk: UUID, act: Callable[..., tuple[dict[str, Any], str]]) -> HttpResponse:
    """Do it, and answer as the request asks: JSON for JSON, else the page with what happened in words."""
    if refused := _only("POST", request):
        return refused
    version = _version(admin, request, pk)
    wants_json = request.content_type == "application/json"
    back = HttpResponseRedirect(_address(version.article, "list"))
    try:
        with audit.surface(Surface.ADMIN):
            answer, said = act(version, _sent(request))
    except NotAllowedError as error:
        if not wants_json:
            raise PermissionDenied(str(error)) from error
        return _problem(403, error.code, str(error))
    except ValidationError as error:
        if wants_json:
            fields = error.message_dict if hasattr(error, "error_dict") else {}
            return _problem(422, "invalid", " ".join(error.messages), fields)
        messages.error(request, "Nothing was done: " + " ".join(error.messages))
        return back
    except RefusedError as error:
        if wants_json:
            return _problem(409, error.code, str(error))
        messages.warning(request, f"Nothing was done: {error}")
        return back
    if wants_json:
        return JsonResponse(answer)
    messages.success(request, said)
    return back


def _problem(status: int, code: str, message: str, fields: dict[str, Any] | None = None) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message, "fields": fields or {}}}, status=status)


def _only(method: str, request: Any) -> HttpResponse | None:
    """The refusal of any other method, or ``None``."""
    guard = require_GET if method == "GET" else require_POST
    answer = guard(lambda _request: HttpResponse())(request)
    return answer if answer.status_code == 405 else None


def _sent(request: Any) -> Mapping[str, Any]:
    if request.content_type != "application/json":
        sent: Mapping[str, Any] = request.POST
        return sent
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise ValidationError("The request's body is not JSON.") from error
    if not isinstance(body, dict):
        raise ValidationError("Send a JSON object.")
    return body


def _found(listing: Listing, sent: Mapping[str, Any]) -> Any:
    found = listing.find(str(sent.get("key") or ""))
    if found is None:
        raise RefusedError("This sentence is not in the article's newest text. Load the page again.")
    return found


def _meant(newest: ArticleVersion, sent: Mapping[str, Any]) -> ArticleVersion:
    if not sent.get("version"):
        return newest
    number = _number(sent, "version")
    meant = newest.article.versions.select_related("article").filter(number=number).first()
    if meant is None:
        raise ValidationError({"version": "The article has no text with this number."})
    return meant


def _number(sent: Mapping[str, Any], name: str) -> int:
    given = str(sent.get(name, ""))
    if not (given.isascii() and given.isdigit() and len(given) < 9):
        raise ValidationError({name: "Send a whole number: a position in the text, counted in code points."})
    return int(given)


def _day(sent: Mapping[str, Any]) -> Any:
    given = str(sent.get("claimed_on") or "").strip()
    try:
        day = parse_date(given) if given else None
    except ValueError:
        day = None
    if given and day is None:
        raise ValidationError({"claimed_on": "Write the day as 2026-03-02."})
    return day


def _undo(article: Article) -> str:
    link = _address(article, "list") + "#dismissed"
    return format_html('<a href="{}">Take back</a>', link)


def _address(article: Article, act: str) -> str:
    return reverse(f"admin:articles_article_suggestions_{act}", args=[article.pk])
