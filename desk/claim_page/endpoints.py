"""What the claim's page asks while somebody works on it: the conditions of what is typed, and the claims beside it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from articles.models import Article, Claim
from articles.selectors import admin_lists
from articles.selectors.claims import progress
from articles.selectors.passages import article_desk
from desk.claim_page import conditions
from desk.claim_page.pages import ClaimPage
from desk.claims.stage_panel import foot
from desk.http.views import Endpoint, address_of


class ConditionsPart(ClaimPage):
    """POST: the foot of the work panel for the form as it is typed. Nothing is written."""

    http_method_names = ["post"]

    def find(self, object_id: Any = "", **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        found = super().find(str(object_id))
        if found is None:
            raise Http404
        return found

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The steps and the checklist, drawn by the template of the page."""
        claim: Claim = self.row
        self._bind(request.POST)
        for form in (self.form, *(form for rows in self.row_sets.values() for form in rows.forms if form.is_bound)):
            form.is_valid()
        face = admin_lists.current_publication(claim.pk)
        stored = progress.facts(claim, asker=request.user, faces=[face] if face else [])
        known = progress.progress_from(conditions.typed_facts(stored, self.form, self.row_sets), asker=request.user)
        return render(request, "desk/claims/parts/foot.html", {**foot(claim, known, face), "may_save": self.may_save})


class NeighboursEndpoint(Endpoint):
    """GET: the claims before and after one in the text of its article."""

    http_method_names = ["get"]

    def find(self, object_id: UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return get_object_or_404(Claim, pk=object_id)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Their addresses; empty where there is none."""
        article = Article.objects.filter(versions__appearances__claim=self.row).order_by("pk").first()
        claims = list(article_desk.claims_with_passages(article)) if article else []
        at = next((place for place, claim in enumerate(claims) if claim.pk == self.row.pk), None)
        if at is None:
            return JsonResponse({"previous": "", "next": ""})
        previous, following = claims[at - 1 : at], claims[at + 1 : at + 2]
        return JsonResponse(
            {
                "previous": address_of(previous[0]) if previous else "",
                "next": address_of(following[0]) if following else "",
            }
        )
