"""The picture of a claim on a page of its own: to choose one that is here, and for a browser without scripts."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rules
from articles.models import Claim
from articles.picture_choices import PictureFocus
from articles.selectors.library import pictures
from articles.services.pictures import charts, lead
from desk.http import badges
from desk.http.refusals import NOT_OF_A_FIELD, RefusedFormError, add_problems, as_form_errors
from desk.http.requests import number_in
from desk.http.views import Page
from desk.pictures import choosing, panel
from desk.pictures.chart_form import ChartForm
from desk.pictures.forms import UploadForm
from lib.refusals import RefusedError

#: How many of the newest pictures are offered.
_OFFERED = 24


class PicturePage(Page):
    """GET: what the claim has, and what it can have. POST: one of the acts of the page."""

    model = Claim
    template_name = "desk/pictures/picture.html"

    def find(self, object_id: uuid.UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return get_object_or_404(Claim.objects.select_related("claimant", "assignee"), pk=object_id)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        return self._with()

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Do it and go back to the claim, or show the page again with what is wrong."""
        acts = {"chart": self._draw, "remove": self._take_off}
        upload, chart = UploadForm(request.POST, request.FILES), ChartForm(request.POST)
        forms: dict[str, Any] = {"chart_form": chart} if request.POST.get("act") == "chart" else {"upload_form": upload}
        shown = next(iter(forms.values()))
        try:
            with as_form_errors(passing=NOT_OF_A_FIELD):
                acts.get(request.POST.get("act", ""), self._choose)()
        except RefusedFormError as refused:
            if request.POST.get("act") == "capture":
                return self._with(capture_errors=[problem.message for problem in refused.problems])
            shown.is_valid()
            add_problems(shown, refused.problems)
            return self._with(**forms)
        messages.success(request, _("The picture of the claim was changed."))
        return HttpResponseRedirect(f"{self.back_address()}#picture-group")

    def refuse(self, error: Exception) -> HttpResponse:
        """On this page, where the act was tried."""
        if self.request.method == "POST" and self.row is not None and type(error) is RefusedError:
            messages.warning(self.request, self.refusal_text(error))
            return HttpResponseRedirect(self.request.path)
        return super().refuse(error)

    def _choose(self) -> None:
        found = choosing.chosen(self.request, self.request.POST.dict(), claim=self.row)
        self._put(found.picture, **found.said)

    def _draw(self) -> None:
        form = ChartForm(self.request.POST)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        drawn = charts.draw(form.chart(), by=self._by, at=timezone.now())
        self._put(drawn.picture, alt=drawn.alt, credit=form.cleaned_data["source"], focus=PictureFocus.WHOLE)

    def _take_off(self) -> None:
        lead.take_off(claim=self.row, **self._acting())

    def _put(self, picture: Any, **said: Any) -> None:
        lead.put(claim=self.row, picture=picture, **self._acting(), **said)

    @property
    def _by(self) -> Any:
        return self.request.user

    def _acting(self) -> dict[str, Any]:
        version = number_in(self.request.POST.get("version", "")) or 0
        return {"by": self._by, "at": timezone.now(), "version": version}

    def _with(self, **forms: Any) -> HttpResponse:
        offered = [(one, panel.preview_address(one, at_most=320)) for one in pictures.recent()[:_OFFERED]]
        shown = {"upload_form": UploadForm(), "chart_form": ChartForm(), **forms}
        return self.show(
            title=_("Picture: %(claim)s") % {"claim": self.row},
            stage_badge=badges.stage(self.row.stage),
            offered=offered,
            captures=list(pictures.image_captures(self.row)),
            **panel.context(self.row, may_save=rules.may_edit_claims(self._by)),
            **shown,
        )
