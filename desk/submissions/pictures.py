"""Pictures of readers' tips: for the desk alone."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rules
from articles.models import Submission, TipPicture
from articles.selectors import submissions as chosen
from articles.services.pictures import tips
from desk.http.views import ActionPage, DeskView
from lib.refusals import NotAllowedError


class TipPictureFile(DeskView):
    """One picture of a tip."""

    def find(self, pk: UUID, place: int, **kwargs: Any) -> TipPicture:
        """The picture. Raises ``Http404``."""
        found = chosen.picture_of(pk, place)
        if found is None:
            raise Http404
        return found

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The bytes. No cache keeps them: they are deleted after a set time."""
        response = HttpResponse(bytes(self.row.content), content_type=self.row.media_type)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def refuse(self, error: Exception) -> HttpResponse:
        """As every page does."""
        raise error


class DeletePicturesPage(ActionPage):
    """Ask once more, then delete the pictures of a tip."""

    model = Submission
    template_name = "desk/submissions/decide.html"
    back = gettext_lazy("Back to the submission")

    def check_permission(self) -> None:
        """Let only people in who may decide on submissions. Raises ``NotAllowedError``."""
        if not rules.may_decide_submissions(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError(_("Only checkers and editors decide on what is sent in."))

    def find(self, pk: UUID, **kwargs: Any) -> Submission:
        """The submission. Raises ``Http404``."""
        return get_object_or_404(chosen.for_the_desk(), pk=pk)

    def act(self, form: Any) -> HttpResponse:
        """Delete them."""
        tips.delete(submission=self.row, by=self.request.user)  # type: ignore[arg-type]
        return self.done(_("The pictures are deleted."))

    def context(self) -> dict[str, Any]:
        """What is lost."""
        lead = _("Nobody can bring them back. The text of the tip stays.")
        return {"title": _("Delete the pictures"), "button": _("Delete the pictures"), "lead": lead, "tone": "danger"}
