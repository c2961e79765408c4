"""The stage panel, read off the workflow table, and the page on which a step that needs words is confirmed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from accounts.groups import groups_by_permission, groups_with
from accounts.models import User
from articles import rules, workflow
from articles.choices import Severity, Stage, Surface
from articles.models import Claim, PublishedClaim
from articles.selectors import admin_lists, reports
from articles.selectors.claims import progress
from articles.selectors.log import record_content
from articles.selectors.verification import sent_back
from articles.services import audit
from articles.services.errors import WrongStageError
from articles.services.verification import transitions
from articles.services.verification.publishing import Correction
from articles.workflow import Transition, Unmet
from desk import translations
from desk.claims import duplicate_pages
from desk.http import badges, versions
from desk.http.refusals import RefusedFormError, add_problems, as_form_errors
from lib.refusals import NotAllowedError, StaleError

#: Where on the page what a guard asks for is filled in.
_ANCHORS = {"evidence": "evidence-group", "appearances": "appearances-group"}
_CLOSED = {
    Stage.PUBLISHED: "Published, so its content does not change in place. To change it, start a re-check: "
    "readers keep the last record until you publish again.",
    Stage.RETRACTED: "Retracted, so its content does not change in place. To take it up again, start a re-check.",
    Stage.DROPPED: "Dropped, so its content is not edited. To work on it, take it up again.",
}


@dataclass(frozen=True, slots=True)
class Button:
    """One step as the panel shows it; ``refusals`` are the reasons why a click would not succeed."""

    key: str
    label: str
    help: str
    tone: str
    address: str
    ready: bool
    refusals: list["Reason"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step is not possible now, and the place on the page where that is met."""

    text: str
    anchor: str = ""


def panel(claim: Claim, user: User) -> dict[str, Any]:
    """What the claim page says above its form."""
    face = admin_lists.current_publication(claim.pk)
    verdict = record_content.current_verdict(claim)
    checklist = progress.checklist(claim) if rules.is_editable(claim) else []
    return {
        "stage_badge": badges.stage(claim.stage),
        "stage": claim.stage,
        "steps": _buttons(claim, user),
        "checklist": [_reason(item) for item in checklist],
        "checklist_done": rules.is_editable(claim) and not checklist,
        "closed": _CLOSED.get(Stage(claim.stage), ""),
        "sent_back": sent_back.sent_back_claims([claim]).get(claim.pk),
        "verdict": verdict,
        "face": face,
        "face_address": f"/claims/{face.slug}/" if face else "",
        "face_checked_on": face.checked_on if face else None,
        "face_recheck_on": _recheck_day(face),
        "open_reports": reports.open_about(claim),
        "reports_address": _reports_address(claim) if user.has_perm("articles.view_report") else "",
        **duplicate_pages.notes(claim),
        **translations.notes(claim),
        "may_translate": rules.may_edit_claims(user),
        "newer_draft": face is not None and claim.stage not in (Stage.PUBLISHED, Stage.RETRACTED),
    }


def _recheck_day(face: PublishedClaim | None) -> date | None:
    """The day of the next check as readers have it, which need not be the desk's any more."""
    day = face.record.document().get("recheck_on") if face else None
    return date.fromisoformat(day) if day else None


def _has_an_object(step: progress.Step) -> bool:
    """Whether there is what the step is about. What was never published cannot be retracted, whoever asks."""
    return workflow.IS_PUBLIC.key not in (unmet.key for unmet in step.unmet)


def _reports_address(claim: Claim) -> str:
    return f"{reverse('admin:articles_report_changelist')}?claim__id__exact={claim.pk}"


def needs_confirmation_page(claim: Claim, transition: Transition) -> bool:
    """Whether a step asks for more than a click: a comment, or what readers are told about a new revision."""
    if transition.needs_comment:
        return True
    return transition.key == "publish" and admin_lists.current_publication(claim.pk) is not None


def after_saving(request: Any, claim: Claim) -> HttpResponse | None:
    """Where to go once the form is saved and a step's button was pressed: its own page, or back to the claim."""
    key = request.POST.get("_step", "")
    if key not in workflow.BY_KEY:
        return None
    transition = workflow.get(key)
    if needs_confirmation_page(claim, transition) and request.desk_claim.stage != transition.target:
        return HttpResponseRedirect(_address(claim, key))
    messages.success(request, _done(transition, request.desk_claim))
    return HttpResponseRedirect(_page(claim))


def confirm(model_admin: Any, request: Any, object_id: str, key: str) -> HttpResponse:
    """Ask for the words a step needs, and take it."""
    claim = model_admin.get_object(request, object_id)
    if claim is None or key not in workflow.BY_KEY:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, claim):
        raise PermissionDenied
    claim, transition = Claim.objects.get(pk=claim.pk), workflow.get(key)
    step = next((step for step in progress.steps(claim, asker=request.user) if step.transition.key == key), None)
    if request.method != "POST" and step is None:
        stands = claim.get_stage_display().lower()
        messages.info(request, f"“{transition.label}” is not possible now: the claim is {stands}.")
        return HttpResponseRedirect(_page(claim))
    form = StepForm(request.POST or None, transition=transition, claim=claim)
    if request.method == "POST":
        answer = _take(request, claim, transition, form)
        if answer is not None:
            return answer
    context = {
        **model_admin.admin_site.each_context(request),
        **panel(claim, request.user),
        "title": transition.label,
        "button": _button(step, claim, groups_with(transition.permission)) if step else None,
        "transition": transition,
        "form": form,
        "original": claim,
        "opts": model_admin.opts,
        "page": _page(claim),
        "desk_version": versions.sign(claim),
    }
    return TemplateResponse(request, "desk/verification/transition.html", context)


def _take(request: Any, claim: Claim, transition: Transition, form: "StepForm") -> HttpResponse | None:
    """Do it. ``None`` when the form has to be shown again with what is wrong."""
    version = versions.read(request.POST.get(versions.FIELD), claim)
    if not form.is_valid():
        return None
    try:
        if version is None:
            raise StaleError(current=claim.version)
        with audit.surface(Surface.ADMIN), as_form_errors(passing=(NotAllowedError, StaleError, WrongStageError)):
            taken = transitions.apply_transition(
                claim=claim,
                transition=transition.key,
                by=request.user,
                at=timezone.now(),
                version=version,
                comment=form.cleaned_data.get("comment", ""),
                correction=form.correction(),
            )
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    except (StaleError, WrongStageError):
        now = claim.get_stage_display().lower()
        messages.warning(
            request,
            f"Nothing was done: the claim changed after that page was opened (it is {now} now). "
            "If you clicked twice, the first click counted.",
        )
    except RefusedFormError as error:
        add_problems(form, error.problems)
        return None
    else:
        messages.success(request, _done(transition, taken))
    return HttpResponseRedirect(_page(claim))


class StepForm(forms.Form):
    """What a step asks for: a comment, or, for a new revision, what it is and what readers are told."""

    comment = forms.CharField(required=False, max_length=2000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))
    change = forms.ChoiceField(
        label="What this is",
        choices=[
            ("update", "An update: nothing was wrong, there is more to say"),
            ("correction", "A correction: something we published was wrong"),
        ],
        widget=UnfoldAdminSelectWidget(),
    )
    severity = forms.ChoiceField(
        label="How far it reaches",
        required=False,
        choices=[("", "Only for a correction"), *Severity.choices],
        widget=UnfoldAdminSelectWidget(),
    )
    note = forms.CharField(
        label="Note to readers",
        required=False,
        max_length=1000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="For a correction: what was wrong and what is right. It stays on the page for good.",
    )

    def __init__(self, *args: Any, transition: Transition, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        face = admin_lists.current_publication(claim.pk)
        if transition.key != "publish" or face is None:
            for name in ("change", "severity", "note"):
                del self.fields[name]
        elif _rating_changed(claim, face):
            self.initial = {"change": "correction", "severity": Severity.VERDICT}
        if not transition.needs_comment:
            del self.fields["comment"]
            return
        self.fields["comment"].required = True
        for_readers = transition.key == "retract"
        self.fields["comment"].label = "Note to readers" if for_readers else "Comment"
        self.fields["comment"].help_text = (
            "Why the finding is withdrawn. It stays on the public page for good."
            if for_readers
            else "Only the newsroom sees it, in the history."
        )

    def correction(self) -> Correction | None:
        """The correction this is, if it is one."""
        if self.cleaned_data.get("change") != "correction":
            return None
        return Correction(severity=self.cleaned_data["severity"], note=self.cleaned_data["note"])


def _rating_changed(claim: Claim, face: PublishedClaim) -> bool:
    verdict = record_content.current_verdict(claim)
    return bool(verdict and face.rating_key and verdict.rating.key != face.rating_key)


def _buttons(claim: Claim, user: User) -> list[Button]:
    steps = [step for step in progress.steps(claim, asker=user) if _has_an_object(step)]
    groups = groups_by_permission({step.transition.permission for step in steps if not step.allowed})
    return [_button(step, claim, groups.get(step.transition.permission, [])) for step in steps]


def _button(step: progress.Step, claim: Claim, groups: list[str]) -> Button:
    transition = step.transition
    refusals = [_reason(item) for item in step.unmet]
    if not step.allowed:
        refusals.insert(0, Reason(str(NotAllowedError.for_("do this", groups=groups))))
    return Button(
        key=transition.key,
        label=transition.label + ("…" if needs_confirmation_page(claim, transition) else ""),
        help=transition.help,
        tone=transition.tone,
        address=_address(claim, transition.key),
        ready=step.ready,
        refusals=refusals,
    )


def _reason(item: Unmet) -> Reason:
    return Reason(item.text, _ANCHORS.get(item.field, f"id_{item.field}" if item.field else ""))


def _done(transition: Transition, claim: Claim) -> str:
    return f"{transition.label}: done. The claim is {claim.get_stage_display().lower()} now."


def _address(claim: Claim, key: str) -> str:
    return reverse("admin:articles_claim_step", args=[claim.pk, key])


def _page(claim: Claim) -> str:
    return reverse("admin:articles_claim_change", args=[claim.pk])
