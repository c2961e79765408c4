"""Search for reviews in the words of Google's Fact Check Tools API, so that its clients only change the host."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from api.google import errors
from api.google import query as google_query
from api.google.schema import PARAMETERS
from api.http import etags, field_masks, query
from api.http.base import ReadView
from api.http.field_errors import FieldError
from api.http.openapi_helpers import ref
from api.http.problems import ProblemError, invalid
from articles import claim_addresses, rating_words
from articles.models import PublishedClaim
from articles.selectors.keyset import CursorError
from articles.selectors.readers import best_matches, published
from lib.parsing.inexact_dates import parse_inexact_date

#: What a page token holds for: the size of pages may change, and an offset counts for nothing beside a token.
_BOUND: Final = ("query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays")


class GoogleView(ReadView):
    """The read API's limits, keys, tags and openness, with answers and errors in Google's shape."""

    def get_exception_handler(self) -> Any:
        """Errors in Google's shape, too."""
        return errors.handle


@extend_schema(tags=["Google-shaped search"])
class ClaimsSearchView(GoogleView):
    """``claims:search`` of the Fact Check Tools API, v1alpha1."""

    parameters: ClassVar[Mapping[str, query.Parser]] = google_query.SEARCH

    @extend_schema(
        operation_id="google_claims_search",
        summary="Reviews of claims, as Google's Fact Check Tools API gives them",
        description="Existing clients only change the host. All words of `query` have to be there; the best comes "
        "first. Retracted claims are left out. Nothing found is `{}`; no `nextPageToken` is the end.",
        parameters=PARAMETERS,
        responses=ref("FactCheckedClaims"),
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of claims, each with our review of it."""
        _require_something(self.given)
        since = _since(self.given.get("maxAgeDays", 0))
        head = published.head()
        made_of = f"{head.epoch} {head.seq} {since} {rating_words.stamp()} {request.build_absolute_uri()}"
        tag = etags.of_content(made_of.encode())
        if unchanged := self.unchanged(tag):
            return unchanged
        found = _found(self.given, since)
        document: dict[str, Any] = {"claims": [_claim(row) for row in found.rows], "nextPageToken": found.next}
        document = {name: value for name, value in document.items() if value}
        if mask := self.given.get("fields"):
            document = field_masks.apply(mask, document)
        layout: dict[str, Any] = {"indent": 2} if self.given.get("prettyPrint", True) else {"separators": (",", ":")}
        response = self.answer(json.dumps(document, ensure_ascii=False, **layout).encode(), tag)
        response["Content-Type"] = errors.JSON_TYPE
        return response


@extend_schema(exclude=True)
class NothingHereView(GoogleView):
    """The rest of Google's API, search by image and the pages of its markup tool: 404 in its shape."""

    authentication_classes = ()

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Counted, but not negotiated: there is nothing to read."""
        self.admit(request)
        what = "Search by image is not offered here" if request.path.endswith(":imageSearch") else "This is not here"
        raise NotFound(f"{what}; of Google's Fact Check Tools API, /v1alpha1/claims:search is.")


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """404 for every method."""
    return NothingHereView.as_view()(request)


nothing_here.csrf_exempt = True  # type: ignore[attr-defined]


def site() -> str:
    """This newsroom's site as Google names one: its host without ``www.``."""
    return (urlsplit(settings.SITE_URL).hostname or "").removeprefix("www.")


def _require_something(given: Mapping[str, Any]) -> None:
    if not given.get("query", "").strip() and not given.get("reviewPublisherSiteFilter"):
        text = "Give a query, or a reviewPublisherSiteFilter to list the reviews of one site."
        raise invalid([FieldError("query", "required", text)])


def _since(max_age_days: int) -> date | None:
    today = timezone.localdate()
    return today - timedelta(days=min(max_age_days, today.toordinal() - 366)) if max_age_days else None


def _found(given: Mapping[str, Any], since: date | None) -> best_matches.Found:
    """The page: claims with all words of the query, or, for a text that no claim has all words of, the same claims."""
    asked_site = given.get("reviewPublisherSiteFilter", "")
    if asked_site and not f".{site()}".endswith(f".{asked_site}"):
        return best_matches.Found([], "")  # every review here is ours
    asked = best_matches.Search(given.get("query", "").strip(), given.get("languageCode", ""), since)
    try:
        found = best_matches.not_retracted(
            asked,
            token=given.get("pageToken", ""),
            offset=given.get("offset", 0),
            size=given.get("pageSize") or google_query.PAGE_SIZE,
            scope=["google", *(given.get(name) or None for name in _BOUND)],
        )
    except CursorError:
        text = "This page token is not one of ours for this search. Send it with the parameters it came from."
        raise ProblemError(400, "invalid_page_token", text, [FieldError("pageToken", "invalid", text)]) from None
    if found.rows or given.get("pageToken") or given.get("offset"):
        return found
    return best_matches.Found(best_matches.same_claims(asked), "")


def _claim(row: PublishedClaim) -> dict[str, Any]:
    """A claim with our review. What is not known is left out, as in every message of Google's."""
    document = row.record.document()
    claim = document["claim"]
    label = rating_words.in_language(document["verdict"]["rating"]["label"], claim["language"])
    known = {
        "text": claim["text"],
        "claimant": (claim["claimant"] or {}).get("name"),
        "claimDate": f"{parse_inexact_date(claim['claimed_on']).first_day}T00:00:00Z" if claim["claimed_on"] else None,
        "claimReview": [
            {
                "publisher": {"name": settings.SITE_NAME, "site": site()},
                "url": claim_addresses.canonical_address(claim["slug"], claim["language"]),
                "title": document.get("headline") or f"{label}: {claim['text']}",  # as the page's own title has it
                "reviewDate": document["published_at"],
                "textualRating": label,
                "languageCode": claim["language"],
            }
        ],
    }
    return {name: value for name, value in known.items() if value}
