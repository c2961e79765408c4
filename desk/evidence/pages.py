"""The evidence of one claim on a page of its own: the desk's panel, and a plain form for a browser without scripts."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from articles import rules
from articles.choices import Surface
from articles.models import Attachment, Capture, Claim
from articles.services import audit
from articles.services.evidence import linking
from desk.evidence import endpoints
from desk.evidence.forms import LinkForm
from desk.http import badges
from desk.http.refusals import Problem, RefusedFormError, add_problems
from desk.passages import responses
from lib.refusals import RefusedError


def addresses(model_admin: Any) -> list[Any]:
    """The addresses of a claim's evidence, below the claim's."""
    view, base = model_admin.admin_site.admin_view, "<uuid:claim_id>/evidence/"

    def shown(request: Any, claim_id: uuid.UUID) -> HttpResponse:
        return page(model_admin, request, claim_id)

    return [
        path(base, view(shown), name="articles_claim_evidence"),
        path(f"{base}state/", view(endpoints.state), name="articles_claim_evidence_state"),
        path(f"{base}sources/", view(endpoints.sources), name="articles_claim_evidence_sources"),
        path(f"{base}look-up/", view(endpoints.look_up), name="articles_claim_evidence_look_up"),
        path(f"{base}add/", view(endpoints.add), name="articles_claim_evidence_add"),
        path(f"{base}order/", view(endpoints.order), name="articles_claim_evidence_order"),
        path(f"{base}<int:evidence_id>/", view(endpoints.piece), name="articles_claim_evidence_piece"),
        path(f"{base}<int:evidence_id>/copy/", view(endpoints.copy), name="articles_claim_evidence_copy"),
    ]


def page(model_admin: Any, request: Any, claim_id: uuid.UUID) -> HttpResponse:
    """The page; a post cites a source, as a browser without scripts does."""
    if not rules.may_see_the_desk(request.user):
        raise PermissionDenied
    claim = get_object_or_404(Claim.objects.select_related("claimant", "assignee"), pk=claim_id)
    form = LinkForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _link(request, claim, form):
        return HttpResponseRedirect(request.get_full_path())
    get_token(request)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Evidence: %(claim)s") % {"claim": claim},
        "opts": model_admin.opts,
        "original": claim,
        "form": form,
        "evidence_form": LinkForm(auto_id="evidence_%s"),
        "largest_file": settings.ATTACHMENT_MAX_BYTES,
        "stage_badge": badges.stage(claim.stage),
        "may_edit": rules.may_edit_claims(request.user) and rules.is_editable(claim),
        "state": responses.full(claim, request.user),
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "desk/evidence/evidence.html", context)


def _link(request: Any, claim: Claim, form: LinkForm) -> bool:
    """Cite what was posted; False when the form says what is wrong."""
    sent = str(request.POST.get("version", ""))
    try:
        with audit.surface(Surface.ADMIN), endpoints.keeping():
            linking.link(
                claim=claim,
                cited=form.cited(),
                copy=form.copy(),
                by=request.user,
                at=timezone.now(),
                version=int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0,
                **form.given(),
            )
    except RefusedFormError as error:
        add_problems(form, error.problems)
        return False
    except RefusedError as error:
        add_problems(form, [Problem(str(error))])
        return False
    messages.success(request, _("Evidence added."))
    return True


def file_of(request: Any, capture_id: int) -> HttpResponse:
    """The file of a capture, for whoever may look at captures: to be saved, never to be shown or run in this site.

    Whatever it holds (a page, scripts in a PDF), the browser is told to store it, not to guess its type, and to open it
    in a sandbox of no origin if it should show it all the same.
    """
    if not (rules.may_see_the_desk(request.user) and request.user.has_perm("articles.view_capture")):
        raise PermissionDenied
    capture = get_object_or_404(Capture.objects.select_related(None), pk=capture_id)
    if capture.attachment_id is None:
        raise Http404
    kept = get_object_or_404(Attachment.objects.defer(None), pk=capture.attachment_id)
    # A page goes out as the text it is written in.
    kind = "text/plain" if kept.media_type.startswith("text/") else kept.media_type
    response = HttpResponse(bytes(kept.content), content_type=kind)
    for name, value in {
        "Content-Disposition": str(content_disposition_header(True, capture.file_name)),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
    }.items():
        response.headers[name] = value
    return response
