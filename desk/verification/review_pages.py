"""The review page: a second person reads the claim, compares each figure with its source, approves or sends back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles import guards, rules, text, workflow
from articles.models import Claim
from articles.selectors.claims import progress
from articles.selectors.collaboration import activity
from articles.selectors.log import bylines, record_content
from articles.selectors.verification import approval_reason, changes_since, second_verdicts, statements
from articles.selectors.verification import readings as readings_of
from articles.selectors.verification.changes_since import Earlier
from articles.services.verification import readings, transitions
from articles.text import in_sentence
from desk.claims import picture_previews, stage_panel
from desk.http import badges, versions
from desk.http.refusals import CONFLICTS, NOT_OF_A_FIELD, RefusedFormError, add_problems, as_form_errors
from desk.http.views import Page, address_of
from desk.verification import review_loading, review_view
from desk.verification.review_forms import ApproveForm, AskForm, GiveForm, SendBackForm
from desk.verification.review_json import items_json, script_data

_FORMS: dict[str, Any] = {"approve": ApproveForm, "send_back": SendBackForm}


class ReviewPage(Page):
    """Reading on one side, what to compare on the other; the next step stays in view."""

    model = Claim
    template_name = "desk/verification/review.html"

    def find(self, object_id: UUID, **kwargs: Any) -> Any:
        """The claim with all that is shown. Raises ``Http404``."""
        return review_loading.load(object_id)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The page; a claim in another stage has nothing to review."""
        if self.row.stage not in workflow.get("approve").sources:
            stands = in_sentence(self.row.get_stage_display())
            messages.info(request, _("There is nothing to review now: the claim is %(stage)s.") % {"stage": stands})
            return HttpResponseRedirect(address_of(self.row))
        if self.row.has_open_second_verdict and second_verdicts.hides(self.row, request.user):
            return self.show_hidden(GiveForm())
        if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
            readings.note(claim=self.row, by=request.user, at=timezone.now())
        return self.draw({})

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Approve or send back; what is refused is shown beside what was typed."""
        key = request.POST.get("step", "")
        if key not in _FORMS:
            return HttpResponseRedirect(request.path)
        second_verdicts.check_shown(self.row, request.user)
        form = _FORMS[key](request.POST, auto_id=f"{key}_%s")
        if form.is_valid():
            try:
                with as_form_errors(passing=NOT_OF_A_FIELD):
                    return self._take(key, form.cleaned_data["comment"])
            except RefusedFormError as refused:
                add_problems(form, refused.problems)
            except CONFLICTS as refused:
                return self._was_overtaken(refused, form.cleaned_data["comment"])
        return self.draw({key: form})

    def _was_overtaken(self, refused: Exception, comment: str) -> HttpResponse:
        """Somebody else was first: what is there now, and what was typed."""
        messages.warning(self.request, self.refusal_text(refused))
        if comment:
            messages.info(self.request, _("You had written: “%(words)s”") % {"words": comment})
        return HttpResponseRedirect(self.back_address())

    def _take(self, key: str, comment: str) -> HttpResponse:
        taken = transitions.apply_transition(
            claim=self.row,
            transition=key,
            by=self.request.user,  # type: ignore[arg-type]
            version=versions.of_form(self.request, self.row),
            comment=comment,
        )
        messages.success(self.request, stage_panel.done_text(workflow.get(key), taken))
        return HttpResponseRedirect(address_of(taken))

    def back_address(self) -> str:
        """This page: who was refused reads what is there now."""
        return reverse("admin:articles_claim_review", args=[self.row.pk])

    # --- Drawing ----------------------------------------------------------------------------------------
    def show_hidden(self, form: GiveForm) -> HttpResponse:
        """The claim without its verdict, for who has to give one first."""
        second = second_verdicts.open_for(self.request.user).select_related("created_by").get(claim=self.row)
        return self.show(
            "desk/verification/second_verdict.html",
            title=_("A verdict of your own"),
            form=form,
            second=second,
            page=address_of(self.row),
            **self._said(),
            evidence=[(row, "") for row in self.row.evidence.all()],
        )

    def draw(self, bound: dict[str, Any]) -> HttpResponse:
        """The page, with a form that has to be shown again."""
        items = statements.of_claim(self.row)
        comments = activity.comments(self.row)
        earlier = self.earlier
        shown = review_view.shown(self.row, items, comments, earlier)
        forms = {key: form_class(auto_id=f"{key}_%s") for key, form_class in _FORMS.items()} | bound
        ticked, total = statements.counted(items)
        return self.show(
            title=_("Review"),
            page=address_of(self.row),
            shown=shown,
            items=items_json(items, shown.new_keys),
            ticked=ticked,
            total=total,
            open_count=total - ticked,
            is_open_again="send_back" in bound,
            comments=[comment for comment in comments if not comment.removed_at],
            script_data=script_data(self.row, self.request),
            **{f"{key}_form": form for key, form in forms.items()},
            **self._said(),
            **self._verdict(),
            **self._since(),
            **self._next_step(items),
            **review_view.evidence(self.row, earlier),
        )

    def _said(self) -> dict[str, Any]:
        claim = self.row
        return {
            "stage_badge": badges.stage(claim.stage),
            "direction": text.direction(claim.language),
            "passages": [review_loading.passage(row) for row in claim.appearances.all()],
            **picture_previews.context(claim),
        }

    def _verdict(self) -> dict[str, Any]:
        verdict = record_content.current_verdict(self.row)
        rating = verdict.rating if verdict else None
        seconds = second_verdicts.of_claim(self.row)
        ask = AskForm()
        may_ask = rules.may_ask_for_second_verdict(self.request.user)  # type: ignore[arg-type]
        return {
            "verdict": verdict,
            "rating_sign": badges.RATING_SIGNS.get(rating.tone, "?") if rating else "",
            "seconds": seconds,
            "named": bylines.shown_authors(self.row),
            "differs": [one for one in seconds if one.rating and rating and one.rating.key != rating.key],
            "ask_form": ask,
            "may_ask": may_ask,
        }

    @cached_property
    def moments(self) -> list[Earlier]:
        """What the claim can be compared with."""
        return changes_since.moments(self.row)

    @cached_property
    def earlier(self) -> Earlier | None:
        """What it is compared with: as the address says, else with the newest moment there is."""
        wanted = self.request.GET.get("since", "")
        if wanted == "none" or not self.moments:
            return None
        return next((one for one in self.moments if one.key == wanted), self.moments[0])

    def _since(self) -> dict[str, Any]:
        rating = record_content.current_verdict(self.row)
        was = self.earlier.rating if self.earlier else ""
        is_other = bool(self.earlier and rating and was != str(rating.rating))
        return {"moments": self.moments, "earlier": self.earlier, "rating_was": was if is_other else ""}

    def _next_step(self, items: list[Any]) -> dict[str, Any]:
        """What the lower edge of the panel says: what holds, what does not, and the two buttons."""
        user: Any = self.request.user
        steps = {step.transition.key: step for step in progress.steps(self.row, asker=user)}
        approve, send_back = steps["approve"], steps["send_back"]
        may_tick = approve.allowed and not {guards.SECOND_PERSON.key} & {one.key for one in approve.unmet}
        button = stage_panel.button(approve, self.row, None)
        differing = second_verdicts.differing(self.row, record_content.current_verdict(self.row))
        return {
            "approve": button,
            "may_send_back": send_back.allowed,
            "may_tick": may_tick,
            "must_say_why": bool(differing),
            "opened_by": readings_of.of_content(self.row),
            "approval": approval_reason.last_approval(self.row),
        }
