"""The page on which a step that needs words is confirmed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.groups import groups_with
from articles import workflow
from articles.models import Claim, PublishedClaim
from articles.selectors import admin_lists
from articles.selectors.claims import progress
from articles.selectors.verification import attributions, second_verdicts
from articles.services.errors import WrongStageError
from articles.services.verification import transitions
from articles.text import in_sentence
from articles.workflow import Transition
from desk.claims import stage_panel
from desk.http import versions
from desk.http.views import ActionPage
from desk.verification.forms import StepForm
from lib.refusals import StaleError


class StepPage(ActionPage):
    """Ask for the words a step needs, and take it."""

    model = Claim
    template_name = "desk/verification/transition.html"

    def find(self, object_id: UUID, key: str, **kwargs: Any) -> Claim:
        """The claim, and a step that the workflow has. Raises ``Http404``."""
        if key not in workflow.BY_KEY:
            raise Http404
        claim = get_object_or_404(Claim.objects.select_related("claimant", "assignee"), pk=object_id)
        second_verdicts.check_shown(claim, self.request.user)
        return claim

    @property
    def transition(self) -> Transition:
        """The step."""
        return workflow.get(self.kwargs["key"])

    @cached_property
    def step(self) -> progress.Step | None:
        """The step, with its guards; ``None`` where it does not lead on from the claim's stage."""
        steps = progress.steps(self.row, asker=self.request.user)  # type: ignore[arg-type]
        return next((step for step in steps if step.transition.key == self.transition.key), None)

    @cached_property
    def face(self) -> PublishedClaim | None:
        """What readers have of the claim now."""
        return admin_lists.current_publication(self.row.pk)

    def make_form(self, data: Any = None) -> StepForm:
        """For this step of this claim."""
        return StepForm(data, transition=self.transition, claim=self.row, face=self.face)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Ask; a step that is not possible now leads back to the claim. Two steps have pages of their own."""
        if self.transition.key in ("approve", "publish"):
            return HttpResponseRedirect(stage_panel.step_address(self.row, self.transition.key))
        if self.step is None:
            stands = in_sentence(self.row.get_stage_display())
            messages.info(
                request,
                _("“%(label)s” is not possible now: the claim is %(stands)s.")
                % {"label": self.transition.label, "stands": stands},
            )
            return HttpResponseRedirect(self.back_address())
        return super().get(request, **kwargs)

    def act(self, form: StepForm) -> HttpResponse:
        """Take the step."""
        taken = transitions.apply_transition(
            claim=self.row,
            transition=self.transition.key,
            by=self.request.user,  # type: ignore[arg-type]
            version=versions.of_form(self.request, self.row),
            comment=form.cleaned_data.get("comment", ""),
            correction=form.correction(),
            attribution=form.attribution(),
        )
        return self.done(stage_panel.done_text(self.transition, taken))

    def context(self) -> dict[str, Any]:
        """With the claim's panel."""
        return {
            **stage_panel.panel(self.row, self.request.user),  # type: ignore[arg-type]
            "title": self.transition.label,
            "button": stage_panel.button(self.step, self.row, self.face, groups_with(self.transition.permission))
            if self.step
            else None,
            "transition": self.transition,
            "remains": attributions.remains(self.face) if self.face and self.transition.key == "retract" else None,
        }

    def refusal_text(self, error: Exception) -> str:
        """A second click of the same button is explained."""
        if not isinstance(error, StaleError | WrongStageError):
            return super().refusal_text(error)
        now = in_sentence(self.row.get_stage_display())
        return _(
            "Nothing was done: the claim changed after that page was opened (it is %(now)s now). If you "
            "clicked twice, the first click counted."
        ) % {"now": now}
