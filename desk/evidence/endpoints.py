"""A claim's evidence for the desk's scripts: they take small JSON (and a file) and return the changed claim."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles.models import Claim, Evidence
from articles.selectors.evidence import source_search
from articles.services.articles.fetching import FetchError
from articles.services.evidence import evidence, linking
from articles.services.evidence.captures import UnsupportedFileError
from desk.claims import claim_json
from desk.claims.evidence_forms import ChangeForm, CopyForm, LinkForm, is_address, typed
from desk.evidence import responses
from desk.http import requests
from desk.http.refusals import (
    NOT_OF_A_FIELD,
    FieldProblem,
    RefusedFormError,
    UnreadableRequestError,
    as_form_errors,
    check,
)
from desk.http.views import Endpoint

#: More evidence than this no claim has; a longer list is no desk's doing.
_MOST = 500


class ClaimEndpoint(Endpoint):
    """An address below a claim's."""

    def find(self, *args: Any, **kwargs: Any) -> Any:
        """The claim. Raises ``Http404``."""
        return get_object_or_404(Claim.objects.select_related("claimant", "assignee"), pk=kwargs["claim_id"])

    @cached_property
    def sent(self) -> dict[str, Any]:
        """What was sent: JSON, or fields beside a file."""
        if not str(self.request.content_type).startswith("multipart/"):
            return requests.posted(self.request)
        fields: dict[str, Any] = {n: v for n, v in self.request.POST.items() if n != "csrfmiddlewaretoken"}
        return fields | {"version": requests.number_in(self.request.POST.get("version", ""))}

    def acting(self) -> dict[str, Any]:
        """Who does it, when, and on which version."""
        return {"by": self.request.user, "at": timezone.now(), "version": self.version()}

    def full(self, claim: Claim, *, status: int = 200) -> JsonResponse:
        """The current claim."""
        return claim_json.respond(claim, self.request.user, status=status)  # type: ignore[arg-type]


class StateEndpoint(ClaimEndpoint):
    """GET: the current claim, with its evidence."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The claim in full."""
        return self.full(self.row)


class SourcesEndpoint(ClaimEndpoint):
    """GET: sources by what was typed: words, or an address."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """What was found."""
        words = typed(request, "q")
        known = linking.source_at(words) if is_address(words) else None
        rows = source_search.sources_for(known.url if known else words) if known or not is_address(words) else []
        found = [row for row in responses.found(rows) if known is None or row["id"] == str(known.pk)]
        return JsonResponse({"sources": found, "is_address": is_address(words)})


class LookUpEndpoint(ClaimEndpoint):
    """POST: what is known of an address, or what the page there says about itself. Nothing is stored."""

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Look it up."""
        with as_form_errors(passing=NOT_OF_A_FIELD):
            made = linking.suggest(url=str(self.sent.get("url") or "")[:2000], by=request.user)
        return JsonResponse(responses.suggestion(made))


class AddEndpoint(ClaimEndpoint):
    """POST: cite a source: with what it says, a copy, and the source itself if it is new."""

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Cite it."""
        form = check(LinkForm(requests.as_fields(self.sent), request.FILES))
        with keeping():
            row = linking.link(claim=self.row, cited=form.cited(), copy=form.copy(), **self.acting(), **form.given())
        return self.full(row.claim, status=201)


class OrderEndpoint(ClaimEndpoint):
    """POST: put the evidence into the order of these ids."""

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Put them in order."""
        wished = self.sent.get("order")
        if not isinstance(wished, list) or not all(type(item) is int for item in wished[: _MOST + 1]):
            raise UnreadableRequestError(_("“order” is the list of the evidence's ids."))
        if len(wished) > _MOST:
            raise UnreadableRequestError(_("“order” names more than %(most)s pieces of evidence.") % {"most": _MOST})
        return self.full(evidence.reorder(claim=self.row, order=wished, **self.acting()))


class PieceEndpoint(ClaimEndpoint):
    """PATCH: other words or another stance, only of what is sent. DELETE: take it off the claim."""

    def find(self, *args: Any, **kwargs: Any) -> Evidence:
        """The piece of evidence. Raises ``Http404``."""
        rows = Evidence.objects.select_related("claim", "source", "capture")
        return get_object_or_404(rows, pk=kwargs["evidence_id"], claim_id=kwargs["claim_id"])

    def patch(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Change what was sent."""
        given = check(ChangeForm(requests.as_fields(self.sent))).given()
        with as_form_errors(passing=NOT_OF_A_FIELD):
            changed = evidence.edit(evidence=self.row, **self.acting(), **given)
        return self.full(changed.claim)

    def delete(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Take it off."""
        with as_form_errors(passing=NOT_OF_A_FIELD):
            return self.full(evidence.remove(evidence=self.row, **self.acting()))


class CopyEndpoint(PieceEndpoint):
    """POST: keep a copy for this piece of evidence: a file, what is at its address, or a capture of its source."""

    http_method_names = ["post"]

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Keep it."""
        wished = check(CopyForm(requests.as_fields(self.sent), request.FILES)).copy()
        if not (wished.file or wished.fetch or wished.known):
            problem = FieldProblem(_("Choose a file, or ask for a copy of the address."), "file", code="required")
            raise RefusedFormError([problem])
        with keeping():
            changed = linking.add_capture(evidence_row=self.row, copy=wished, **self.acting())
        return self.full(changed.claim)


@contextmanager
def keeping() -> Iterator[None]:
    """As ``as_form_errors``; what could not be fetched, or not be kept, is shown at the wish to keep a copy."""
    with as_form_errors(passing=NOT_OF_A_FIELD):
        try:
            yield
        except (FetchError, UnsupportedFileError) as error:
            words = _("%(why)s Nothing was saved: save it without a copy, or attach a file.") % {"why": error}
            raise RefusedFormError([FieldProblem(words, "fetch", code=error.code)], code=error.code) from error
