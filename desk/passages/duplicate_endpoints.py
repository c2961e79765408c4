"""The article desk's addresses for a passage whose claim is there already: mark it for that claim, take that back."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from articles.models import Appearance, Claim
from articles.services.claims import duplicates
from desk.http.refusals import NOT_OF_A_FIELD, as_form_errors
from desk.http.requests import id_in, whole_number
from desk.passages.endpoints import ArticleEndpoint, text_of


class MarkEndpoint(ArticleEndpoint):
    """POST ``{of, of_version, exact, start, article_text}``: the passage is the claim ``of``, made again.

    Answers ``{passage, claim, waits}``; it ``waits`` on a dropped double while ``of`` is settled.
    """

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Mark it."""
        sent = self.sent
        of = get_object_or_404(Claim, pk=id_in(sent, "of"))
        version = text_of(self.article, str(sent.get("article_text") or ""))
        with as_form_errors(passing=NOT_OF_A_FIELD):
            held = duplicates.mark_passage_of(
                of=of,
                article_version=version,
                exact=str(sent.get("exact") or ""),
                start=whole_number(sent, "start"),
                by=request.user,
                at=timezone.now(),
                of_version=whole_number(sent, "of_version"),
            )
        passage = held.appearances.filter(article_version=version).latest("id")
        waits = held.pk != of.pk
        return JsonResponse({"passage": passage.pk, "claim": str(of.pk), "waits": waits}, status=201)


class UndoEndpoint(ArticleEndpoint):
    """POST: take back that a passage was marked for a claim that was there already."""

    def find(self, *args: Any, **kwargs: Any) -> Appearance:
        """The passage. Raises ``Http404``."""
        article = super().find(**kwargs)
        rows = Appearance.objects.select_related("claim").filter(article_version__article=article)
        return get_object_or_404(rows, pk=kwargs["passage_id"])

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Take it back."""
        with as_form_errors(passing=NOT_OF_A_FIELD):
            duplicates.take_back(appearance=self.row, by=request.user, at=timezone.now())
        return JsonResponse({"passage": self.row.pk})
