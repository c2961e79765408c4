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
from articles.models import Claim, MapOutline
from articles.picture_choices import PictureFocus
from articles.selectors.library import pictures
from articles.services.pictures import charts, lead, maps
from articles.services.pictures.storage import UnusablePictureError
from desk.claims import picture_previews
from desk.http import badges
from desk.http.refusals import NOT_OF_A_FIELD, RefusedFormError, add_problems, as_form_errors
from desk.http.requests import number_in
from desk.http.views import Page
from desk.pictures import choosing, panel
from desk.pictures.chart_form import ChartForm
from desk.pictures.forms import UploadForm
from desk.pictures.map_form import MapForm
from lib.refusals import NotAllowedError, RefusedError

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
        if request.POST.get("act") == "map":
            return self._draw_map()
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
        return self._done()

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

    def _draw_map(self) -> HttpResponse:
        """What was typed stays in the form, whatever is refused.

        Outlines that came along are kept even if the map cannot be drawn yet: a browser forgets a chosen file.
        """
        form = MapForm(self.request.POST, self.request.FILES)
        is_whole = form.is_valid()
        try:
            with as_form_errors(passing=(NotAllowedError,)):
                outline = self._outline(form)
                form.suspect(outline)
                if is_whole and not form.errors:
                    drawn = maps.draw(form.order(outline), claim=self.row, by=self._by, at=timezone.now())
                    said = {"alt": drawn.alt, "credit": drawn.credit, "licence": drawn.licence}
                    self._put(drawn.picture, **said, focus=PictureFocus.WHOLE)
                    return self._done()
        except RefusedFormError as refused:
            add_problems(form, refused.problems)
        return self._with(map_form=form)

    def _outline(self, form: MapForm) -> MapOutline | None:
        """The outlines of a new file, else the ones that were chosen. The form then names the kept ones."""
        if not form.has_outline_file():
            return form.cleaned_data.get("outline")
        said = {name: form.cleaned_data[f"outline_{name}"] for name in ("name", "credit", "licence")}
        try:
            kept = maps.keep_outline(form.outline_data(), **said, by=self._by, at=timezone.now())
        except UnusablePictureError as error:
            form.add_error("outline_file", str(error))
            return None
        form.name_kept(kept)
        return kept

    def _done(self) -> HttpResponse:
        messages.success(self.request, _("The picture of the claim was changed."))
        return HttpResponseRedirect(f"{self.back_address()}#picture-group")

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
        offered = [(one, picture_previews.address(one, at_most=320)) for one in pictures.recent()[:_OFFERED]]
        context = panel.context(self.row, may_save=rules.may_edit_claims(self._by))
        lead_picture = context["lead_picture"]
        map_form = forms.get("map_form") or MapForm.of(lead_picture and lead_picture.picture)
        shown = {"upload_form": UploadForm(), "chart_form": ChartForm(), "map_form": map_form, **forms}
        return self.show(
            title=_("Picture: %(claim)s") % {"claim": self.row},
            stage_badge=badges.stage(self.row.stage),
            offered=offered,
            captures=list(pictures.image_captures(self.row)),
            **context,
            **shown,
        )
