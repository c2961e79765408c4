"""The evidence of one claim on a page of its own: the desk's panel, and a plain form for a browser without scripts."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from articles import rules
from articles.models import Attachment, Capture, Claim
from articles.services.evidence import linking
from desk.claims import claim_json
from desk.claims.evidence_forms import LinkForm
from desk.evidence.endpoints import keeping
from desk.http import badges
from desk.http.refusals import FieldProblem, RefusedFormError, add_problems
from desk.http.requests import number_in
from desk.http.views import Page
from lib.refusals import NotAllowedError, RefusedError


class EvidencePage(Page):
    """The page; a post cites a source, as a browser without scripts does."""

    model = Claim
    template_name = "desk/evidence/evidence.html"

    def find(self, claim_id: uuid.UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return get_object_or_404(Claim.objects.select_related("claimant", "assignee"), pk=claim_id)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The panel, and the form."""
        return self._with(LinkForm())

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Cite what was posted, or show the form again with what is wrong."""
        form = LinkForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._with(form)
        try:
            self._link(form)
        except RefusedFormError as error:
            add_problems(form, error.problems)
        except NotAllowedError:
            raise
        except RefusedError as error:
            add_problems(form, [FieldProblem(str(error))])
        else:
            messages.success(request, _("Evidence added."))
            return HttpResponseRedirect(request.get_full_path())
        return self._with(form)

    def _link(self, form: LinkForm) -> None:
        with keeping():
            linking.link(
                claim=self.row,
                cited=form.cited(),
                copy=form.copy(),
                by=self.request.user,  # type: ignore[arg-type]
                at=timezone.now(),
                version=number_in(self.request.POST.get("version", "")) or 0,
                **form.given(),
            )

    def _with(self, form: LinkForm) -> HttpResponse:
        user: Any = self.request.user
        get_token(self.request)
        return self.show(
            title=_("Evidence: %(claim)s") % {"claim": self.row},
            form=form,
            evidence_form=LinkForm(auto_id="evidence_%s"),
            largest_file=settings.ATTACHMENT_MAX_BYTES,
            stage_badge=badges.stage(self.row.stage),
            may_edit=rules.may_edit_claims(user) and rules.is_editable(self.row),
            state=claim_json.full(self.row, user),
        )


class CaptureFile(Page):
    """The file of a capture, for people who may see captures: it is saved, never shown or run in this site.

    The file may hold a page or scripts. So the headers say: save it, do not guess its type, and open it
    in a sandbox without an origin if the browser shows it anyway.
    """

    model = Capture

    def check_permission(self) -> None:
        """Refuse people who may not see captures. Raises ``NotAllowedError``."""
        super().check_permission()
        if not self.request.user.has_perm("articles.view_capture"):
            raise NotAllowedError(_("You may not look at kept copies."))

    def find(self, capture_id: int, **kwargs: Any) -> Capture:
        """The capture. Raises ``Http404``."""
        capture = get_object_or_404(Capture.objects.select_related(None), pk=capture_id)
        if capture.attachment_id is None:
            raise Http404
        return capture

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The bytes, as an attachment."""
        kept = get_object_or_404(Attachment.objects.defer(None), pk=self.row.attachment_id)
        # A page goes out as the text it is written in.
        kind = "text/plain" if kept.media_type.startswith("text/") else kept.media_type
        response = HttpResponse(bytes(kept.content), content_type=kind)
        for name, value in {
            "Content-Disposition": str(content_disposition_header(True, self.row.file_name)),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
        }.items():
            response.headers[name] = value
        return response
