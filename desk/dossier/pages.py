"""Addresses of dossiers: one claim or one article as a file to print, sign or send."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from articles.models import Article, Claim
from desk.dossier import content
from desk.http.views import Page
from lib.paper import writing
from lib.paper.blocks import Document
from lib.refusals import NotAllowedError
from lib.sharecards import lettering

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DossierFile(Page):
    """The dossier of a row as PDF or .docx. ``kind`` is the end of its name."""

    kind = "pdf"

    def check_permission(self) -> None:
        """Refuse people who may not see what evidence was kept. Raises ``NotAllowedError``."""
        super().check_permission()
        if not self.request.user.has_perm("articles.view_capture"):
            raise NotAllowedError(_("You may not look at kept copies, which a dossier describes."))

    def document(self, by: str) -> Document:
        """What the file says."""
        raise NotImplementedError

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The file."""
        document = self.document(request.user.display_name())
        fonts = writing.Fonts(Path(lettering.REGULAR), Path(lettering.BOLD))
        made = writing.write(document, fonts, kind=self.kind)
        response = HttpResponse(made, content_type="application/pdf" if self.kind == "pdf" else _WORD)
        name = f"{self.row.slug}.{self.kind}"
        response["Content-Disposition"] = str(content_disposition_header(True, name))
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response


class ClaimDossier(DossierFile):
    """The dossier of a claim."""

    model: type[Model] | None = Claim

    def find(self, object_id: UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return get_object_or_404(Claim.objects.select_related("claimant"), pk=object_id)

    def document(self, by: str) -> Document:
        """What the file says."""
        return content.of_claim(self.row, at=timezone.now(), by=by)


class ArticleDossier(DossierFile):
    """The dossier of an article, with all its claims."""

    model: type[Model] | None = Article

    def find(self, pk: UUID, **kwargs: Any) -> Article:
        """The article. Raises ``Http404``."""
        return get_object_or_404(Article, pk=pk)

    def document(self, by: str) -> Document:
        """What the file says."""
        return content.of_article(self.row, at=timezone.now(), by=by)
