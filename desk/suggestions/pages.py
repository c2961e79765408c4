"""Suggestions of one article: JSON for the desk's screens, and a page that needs no script.

One address each for listing, dismissing, taking back and accepting. A request with a JSON body is answered in JSON;
a form's is answered with the page.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import rules, text
from articles.models import Article, ArticleVersion
from articles.models.inexact_date import to_inexact_date
from articles.selectors import suggestions as listed
from articles.selectors.suggestions import Listing
from articles.services import suggestions
from desk.http.requests import number_in
from desk.http.views import DeskView, Endpoint, Page, address_of
from desk.suggestions import responses
from lib.refusals import NotAllowedError, RefusedError

#: So many are drawn on the page without scripts at a time.
PAGE = 60


class SuggestionsView(DeskView):
    """An address of the suggestions of an article; ``row`` is the article's newest text."""

    def check_permission(self) -> None:
        """Refuse people who may not see articles. Raises ``NotAllowedError``."""
        if not self.request.user.has_perm("articles.view_article"):
            raise NotAllowedError(_("You may not look at articles."))

    def find(self, pk: UUID, **kwargs: Any) -> ArticleVersion:
        """The newest text. Raises ``Http404``."""
        return get_object_or_404(Article, pk=pk).versions.select_related("article").latest("number")


class ListingEndpoint(SuggestionsView, Endpoint):
    """Everything as JSON."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The list."""
        listing = listed.of_version(self.row)
        return JsonResponse(responses.listing(listing, may_edit=rules.may_edit_claims(request.user)))


class SuggestionsPage(SuggestionsView, Page):
    """The list as a page: forms, and one key each when scripts run."""

    model = Article
    template_name = "desk/suggestions/suggestions.html"

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        listing = listed.of_version(self.row)
        article = listing.version.article
        cards = [responses.card(listing, each) for each in listing.offered[:PAGE]]
        merging = listing.find(request.GET.get("merge", ""))
        return self.show(
            title=_("Suggestions: %(article)s") % {"article": article},
            original=article,
            listing=listing,
            cards=cards,
            merged=responses.merged(listing, merging) if merging else None,
            more=len(listing.offered) - len(cards),
            others=listing.others[: PAGE * 3],
            flags=[responses.flag(listing, each) for each in listing.disagreements],
            may_edit=rules.may_edit_claims(request.user),
            language=article.language,
            direction=text.direction(article.language),
            address={act: _address(article, act) for act in ("dismiss", "restore", "accept", "list")},
        )

    def back_address(self) -> str:
        """The article's page."""
        return address_of(self.row.article)


def dismiss(version: ArticleVersion, sent: Mapping[str, Any], user: Any) -> tuple[dict[str, Any], str]:
    """Dismiss the sentence with the ``key`` that is sent."""
    found = _found(listed.of_version(version), sent)
    row = suggestions.dismiss(article_version=version, exact=found.exact, by=user, at=timezone.now())
    said = format_html("Dismissed: “{}”. {}", found.exact[:90], _undo(version.article))
    return {"key": row.key, "dismissed": True}, said


def restore(version: ArticleVersion, sent: Mapping[str, Any], user: Any) -> tuple[dict[str, Any], str]:
    """Take a dismissal back."""
    key = str(sent.get("key") or "")
    suggestions.restore(article=version.article, key=key, by=user)
    return {"key": key, "dismissed": False}, _("It is suggested again.")


def accept(version: ArticleVersion, sent: Mapping[str, Any], user: Any) -> tuple[dict[str, Any], str]:
    """Make a draft claim of a passage: of the text whose ``version`` is sent, else of the newest."""
    claim = suggestions.accept(
        article_version=_meant(version, sent),
        start=_number(sent, "start"),
        end=_number(sent, "end"),
        by=user,
        at=timezone.now(),
        statement=str(sent.get("text") or ""),
        claimant=str(sent.get("claimant") or ""),
        claimant_kind=str(sent.get("claimant_kind") or ""),
        claimant_role=str(sent.get("claimant_role") or ""),
        claimed_on=_date(sent),
        confirm_old_date=bool(sent.get("confirm_old_date")),
    )
    address = address_of(claim)
    answer = {"claim": {"id": str(claim.pk), "text": claim.text, "url": address}}
    return answer, format_html('A draft now: <a href="{}">{}</a>', address, claim)


_ACTS = {"dismiss": dismiss, "restore": restore, "accept": accept}


class JsonAct(SuggestionsView, Endpoint):
    """An act that the desk's scripts ask for."""

    def post(self, request: Any, act: str, **kwargs: Any) -> HttpResponse:
        """Do it."""
        answer, _said = _ACTS[act](self.row, self.sent, request.user)
        return JsonResponse(answer)


class FormAct(SuggestionsView, Page):
    """An act that a form of the page asks for; then back to the page."""

    model = Article

    def post(self, request: Any, act: str, **kwargs: Any) -> HttpResponse:
        """Do it."""
        _answer, said = _ACTS[act](self.row, request.POST, request.user)
        messages.success(request, said)
        return HttpResponseRedirect(self.back_address())

    def back_address(self) -> str:
        """The list."""
        return _address(self.row.article, "list")


def act(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """One of the acts: sent as JSON, or posted by a form."""
    view = JsonAct if request.content_type == "application/json" else FormAct
    return view.as_view()(request, **kwargs)


def _found(listing: Listing, sent: Mapping[str, Any]) -> Any:
    found = listing.find(str(sent.get("key") or ""))
    if found is None:
        raise RefusedError(_("This sentence is not in the article's newest text. Load the page again."))
    return found


def _meant(newest: ArticleVersion, sent: Mapping[str, Any]) -> ArticleVersion:
    if not sent.get("version"):
        return newest
    number = _number(sent, "version")
    meant = newest.article.versions.select_related("article").filter(number=number).first()
    if meant is None:
        raise ValidationError({"version": _("The article has no text with this number.")})
    return meant


def _number(sent: Mapping[str, Any], name: str) -> int:
    given = number_in(str(sent.get(name, "")))
    if given is None:
        raise ValidationError({name: _("Send a whole number: a position in the text, counted in code points.")})
    return given


def _date(sent: Mapping[str, Any]) -> Any:
    given = str(sent.get("claimed_on") or "").strip()
    try:
        return to_inexact_date(given)
    except ValidationError as error:
        raise ValidationError({"claimed_on": error}) from error


def _undo(article: Article) -> str:
    link = _address(article, "list") + "#dismissed"
    return format_html('<a href="{}">Take back</a>', link)


def _address(article: Article, act: str) -> str:
    return reverse(f"admin:articles_article_suggestions_{act}", args=[article.pk])
