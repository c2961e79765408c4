"""Working together on a claim: what is shown below its form and on a page of its own, and the acts of both.

The article desk's panel asks the same addresses for JSON.
"""

import uuid
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from articles import rules
from articles.choices import Surface
from articles.models import Claim, ExpertNote
from articles.selectors.collaboration import activity
from articles.services import audit
from articles.services.collaboration import experts
from articles.services.errors import WrongStageError
from desk.collaboration import responses
from desk.collaboration.actions import ACTS, ON_A_VERSION, SETTLED, ActionRequest, ActionResult
from desk.collaboration.forms import AssignForm, CiteForm, CommentForm, DependencyForm, DueForm, InviteForm
from desk.http import versions
from desk.http.refusals import Problem, RefusedFormError, add_problems, as_form_errors, error_text
from desk.passages.forms import UnreadableRequestError, as_fields, posted
from desk.passages.responses import answering
from lib.refusals import NotAllowedError, RefusedError, StaleError

#: Left to the views: they are no fault of a field.
_PASSING = (NotAllowedError, StaleError, WrongStageError, *SETTLED)
#: Acts whose form is on the page, and is shown again with what is wrong in it.
_ON_THE_PAGE = ("say", "wait", "assign", "due", "invite")


def badge(request: HttpRequest) -> str:
    """How many comments are for whoever looks, for the menu."""
    user: Any = request.user
    count = activity.unseen(user).count() if user.is_authenticated and rules.may_see_the_desk(user) else 0
    return str(count) if count else ""


def addresses(model_admin: Any) -> list[URLPattern]:
    """Of the pages and acts here, below a claim's address."""
    view = model_admin.admin_site.admin_view
    base = "<uuid:object_id>/together/"
    return [
        path(base, view(partial(page, model_admin)), name="articles_claim_together"),
        path(f"{base}<slug:key>/", view(partial(act, model_admin)), name="articles_claim_together_act"),
        path(f"{base}notes/<int:note_id>/cite/", view(partial(cite, model_admin)), name="articles_claim_cite"),
    ]


def context(claim: Claim, user: Any, bound: dict[str, forms.Form] | None = None) -> dict[str, Any]:
    """What the section shows; ``bound`` are forms that were posted and have to be shown again."""
    at, today = timezone.now(), localdate()
    said = [responses.said(comment, user, at) for comment in activity.comments(claim)]
    given: dict[str, forms.Form] = {
        "say": CommentForm(auto_id="say_%s"),
        "wait": DependencyForm(auto_id="wait_%s"),
        "assign": AssignForm(auto_id="assign_%s", initial={"assignee": claim.assignee_id, "due_on": claim.due_on}),
        "due": DueForm(auto_id="due_%s", initial={"due_on": claim.due_on}),
        "invite": InviteForm(auto_id="invite_%s"),
    }
    return {
        "together_summary": activity.summary(activity.counts(claim, user)),
        "together_address": reverse("admin:articles_claim_together", args=[claim.pk]),
        "comments": said,
        "for_you": any(comment["is_for_you"] for comment in said),
        "waits": [(one, one.is_late(today)) for one in activity.dependencies_of(claim)],
        "links": activity.links(claim, at=at),
        "notes": activity.notes(claim),
        "may_edit_claims": rules.may_edit_claims(user),
        "may_invite": rules.may_invite_experts(user, claim),
        "may_settle_notes": rules.may_settle_notes(user),
        "may_take": claim.assignee_id != user.pk and rules.may_assign(user, assignee=user),
        "may_assign": user.has_perm("articles.assign_claim"),
        "can_cite": rules.is_editable(claim),
        "together_version": versions.sign(claim),
        "together_forms": given | (bound or {}),
    }


def page(
    model_admin: Any,
    request: Any,
    object_id: uuid.UUID,
    bound: dict[str, forms.Form] | None = None,
    made: ActionResult | None = None,
) -> HttpResponse:
    """The section on a page of its own; JSON for the desk's panel, when that is asked for."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return _state(model_admin, request, object_id)
    claim = _known(request, object_id)
    shown = {
        **model_admin.admin_site.each_context(request),
        **context(claim, request.user, bound),
        "title": _("Working together"),
        "original": claim,
        "opts": model_admin.opts,
        "page": _page(claim),
        "made": made,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "desk/collaboration/page.html", shown)


@answering
def _state(model_admin: Any, request: Any, object_id: uuid.UUID) -> HttpResponse:
    if not rules.may_see_the_desk(request.user):
        raise NotAllowedError.for_("see the desk")
    return JsonResponse(responses.state(_known(request, object_id), request.user))


def act(model_admin: Any, request: Any, object_id: uuid.UUID, key: str) -> HttpResponse:
    """Do one thing: posted by a form, then back to the claim; or as JSON, then the state as it is now."""
    if key not in ACTS:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(f"{_page(_known(request, object_id))}#together")  # reloaded, or come back to
    if request.content_type == "application/json":
        return _json_act(model_admin, request, object_id, key)
    return _form_act(model_admin, request, object_id, key)


@answering
def _json_act(model_admin: Any, request: Any, object_id: uuid.UUID, key: str) -> HttpResponse:
    if not rules.may_see_the_desk(request.user):
        raise NotAllowedError.for_("see the desk")
    claim, sent = _known(request, object_id), posted(request)
    shape, do = ACTS[key]
    form = shape(as_fields({name: value for name, value in sent.items() if name != "version"}))
    if not form.is_valid():
        raise RefusedFormError([Problem(str(m), f) for f, found in form.errors.items() for m in found])
    version = sent.get("version", 0)
    if key in ON_A_VERSION and (not isinstance(version, int) or isinstance(version, bool)):
        raise UnreadableRequestError("“version” is the number of the claim's version that you saw.")
    with as_form_errors(passing=_PASSING):
        done = do(ActionRequest(claim, request.user, version, form.cleaned_data))
    answer = responses.state(_known(request, object_id), request.user)
    return JsonResponse({**answer, "said": done.said, "warning": done.warning, "made": done.address})


def _form_act(model_admin: Any, request: Any, object_id: uuid.UUID, key: str) -> HttpResponse:
    claim = _known(request, object_id)
    shape, do = ACTS[key]
    form = shape(request.POST, auto_id=f"{key}_%s")
    if not form.is_valid():
        return _again(model_admin, request, claim, key, form)
    version = versions.read(request.POST.get("_claim_version"), claim) if key in ON_A_VERSION else 0
    try:
        if version is None:
            raise StaleError(current=claim.version)
        with audit.surface(Surface.ADMIN), as_form_errors(passing=_PASSING):
            done = do(ActionRequest(claim, request.user, version, form.cleaned_data))
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    except _PASSING as error:
        messages.warning(request, str(error))
    except RefusedFormError as refused:
        add_problems(form, refused.problems)
        return _again(model_admin, request, claim, key, form)
    else:
        if done.address:
            return page(model_admin, request, object_id, made=done)
        messages.success(request, done.said)
        if done.warning:
            messages.warning(request, done.warning)
    return HttpResponseRedirect(f"{_page(claim)}#together")


def _again(model_admin: Any, request: Any, claim: Claim, key: str, form: forms.Form) -> HttpResponse:
    """Show what is wrong: in the form, where the page has it, else in words above."""
    if key in _ON_THE_PAGE:
        return page(model_admin, request, claim.pk, {key: form})
    messages.warning(request, " ".join(str(message) for found in form.errors.values() for message in found))
    return HttpResponseRedirect(f"{_page(claim)}#together")


def cite(model_admin: Any, request: Any, object_id: uuid.UUID, note_id: int) -> HttpResponse:
    """Make an expert's note a source and evidence in one act: choose the words, see what readers will see."""
    claim = _known(request, object_id)
    if not rules.may_settle_notes(request.user):
        raise PermissionDenied
    note = get_object_or_404(ExpertNote, pk=note_id, claim=claim)
    form = CiteForm(request.POST or None, initial={"quote": note.text})
    if request.method == "POST" and form.is_valid():
        answer = _cited(request, claim, note, form)
        if answer is not None:
            return answer
    shown = {
        **model_admin.admin_site.each_context(request),
        "title": _("Make it evidence"),
        "button": _("Make it evidence"),
        "tone": "primary",
        "back": _("Back to the claim"),
        "page": f"{_page(claim)}#together",
        "form": form,
        "note": note,
        "original": claim,
        "opts": model_admin.opts,
        "desk_version": versions.sign(claim),
    }
    return TemplateResponse(request, "desk/collaboration/cite.html", shown)


def _cited(request: Any, claim: Claim, note: ExpertNote, form: CiteForm) -> HttpResponse | None:
    version = versions.read(request.POST.get(versions.FIELD), claim)
    try:
        if version is None:
            raise StaleError(current=claim.version)
        with audit.surface(Surface.ADMIN), as_form_errors(passing=(RefusedError,)):
            experts.cite(note=note, by=request.user, at=timezone.now(), version=version, **form.cleaned_data)
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    except RefusedFormError as refused:
        add_problems(form, refused.problems)
        return None
    except (RefusedError, ValidationError) as error:
        messages.warning(request, _("Nothing was done. %(why)s") % {"why": error_text(error)})
    else:
        messages.success(
            request, _("It is a source now, and evidence of this claim. Readers see it once it is published.")
        )
    return HttpResponseRedirect(f"{_page(claim)}#together")


def _known(request: Any, object_id: uuid.UUID) -> Claim:
    if not rules.may_see_the_desk(request.user):
        raise PermissionDenied
    return get_object_or_404(Claim.objects.select_related("claimant", "assignee"), pk=object_id)


def _page(claim: Claim) -> str:
    return reverse("admin:articles_claim_change", args=[claim.pk])
