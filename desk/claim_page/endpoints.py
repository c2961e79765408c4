"""Parts of the claim's page that scripts ask for: conditions of what is typed, the work panel, the claims beside it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from articles import workflow
from articles.models import Article, Claim, UnsavedForm
from articles.selectors import admin_lists
from articles.selectors.claims import progress
from articles.selectors.passages import article_desk
from desk.claim_page import conditions, drawing, saving, unsaved
from desk.claim_page.pages import ClaimPage
from desk.claims.next_step import page_of_step
from desk.claims.stage_panel import done_text, foot, step_address
from desk.http import conflicts, versions
from desk.http.views import Endpoint, address_of

#: The fields of the work panel beside an article's text.
_PANEL_FIELDS = ("rating", "summary", "single_source_reason")
#: Posted by the panel's form.
_PANEL = "_panel"


class ClaimPart(ClaimPage):
    """A part of the claim's page, as HTML for the desk's scripts."""

    def find(self, object_id: Any = "", **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        found = super().find(str(object_id))
        if found is None:
            raise Http404
        return found

    def as_the_panel(self) -> None:
        """The form has the verdict alone; evidence has addresses of its own."""
        self.only, self.kinds = _PANEL_FIELDS, ()

    def foot(self) -> dict[str, Any]:
        """Steps and checklist for what is in the form."""
        claim: Claim = self.row
        user: Any = self.request.user
        face = admin_lists.current_publication(claim.pk)
        known = progress.facts(claim, asker=user, faces=[face] if face else [])
        if self.form.is_bound:
            known = conditions.typed_facts(known, self.form, self.row_sets)
        return {**foot(claim, progress.progress_from(known, asker=user), face), "may_save": self.may_save}


class ConditionsPart(ClaimPart):
    """POST: the foot of the work panel for the form as it is typed. Nothing is written."""

    http_method_names = ["post"]

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The steps and the checklist, drawn by the template of the page."""
        if _PANEL in request.POST:
            self.as_the_panel()
        self._bind(request.POST)
        return render(request, "desk/claims/parts/foot.html", self.foot())


class PanelPart(ClaimPart):
    """The work panel beside an article's text. GET: as it is; POST: save it and take the step of the pressed button."""

    http_method_names = ["get", "post"]

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The panel, with what this person typed into it before and did not save."""
        self.as_the_panel()
        self._bind(None)
        kept = self.kept if self.may_save else None
        if kept is not None and kept.version == self.row.version and set(kept.fields) <= set(self.form.fields):
            self._bind(unsaved.restored(self.form, {}, kept.fields).data)
            unsaved.without_errors(self.form, {})
            return self._part(replaces=kept)
        return self._part()

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """As the page does; the answer is the panel again, or the address of the page on which a step is confirmed."""
        self.as_the_panel()
        return super().post(request, **kwargs)

    def _drawn(self, *, is_restored: bool = False) -> HttpResponse:
        status = HTTPStatus.CONFLICT if self.stale is not None else HTTPStatus.UNPROCESSABLE_ENTITY
        return self._part(status=status)

    def _saved(self, claim: Claim, step: str) -> HttpResponse:
        page = page_of_step(claim, self.request.POST.get("_open", ""))
        if step in workflow.BY_KEY and claim.stage != workflow.get(step).target:
            page = step_address(claim, step) if saving.needs_confirmation(step) else page
        if page:
            return JsonResponse({"go": page})
        self.row = self.find(self.kwargs["object_id"])
        self.__dict__.pop("kept", None)
        self._bind(None)
        said = done_text(workflow.get(step), claim) if step in workflow.BY_KEY else _("Saved.")
        return self._part(said=said)

    def _part(self, *, status: int = 200, said: str = "", replaces: UnsavedForm | None = None) -> HttpResponse:
        shown = unsaved.context(
            self.request, self.row, form=self.form, row_sets={}, kept=self.kept, is_restored=replaces is not None
        )
        context = {
            "original": self.row,
            "form": self.form,
            "parts": drawing.parts(self.form, self.look, self.fixed),
            "ratings": drawing.ratings(self.form),
            "verdict": self.form.verdict,
            "desk_version": versions.sign(self.row),
            "conflict": conflicts.rows(self.row, self.stale, self.form) if self.stale is not None else None,
            "said": said,
            **shown,
            **self.foot(),
        }
        return render(self.request, "desk/claims/panel.html", context, status=status)


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
