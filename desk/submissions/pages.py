"""The page on which a submission is decided."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rules
from articles.models import Submission
from articles.selectors import submissions as chosen
from desk.http.views import ActionPage
from desk.submissions.forms import DECISIONS
from lib.refusals import NotAllowedError


class DecidePage(ActionPage):
    """Ask for the words a decision needs, and take it."""

    model = Submission
    template_name = "desk/submissions/decide.html"
    back = gettext_lazy("Back to the submission")

    def check_permission(self) -> None:
        """Checkers and editors. Raises ``NotAllowedError``."""
        if not rules.may_decide_submissions(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError(_("Only checkers and editors decide on what is sent in."))

    def find(self, pk: UUID, how: str, **kwargs: Any) -> Submission:
        """The submission. Raises ``Http404``."""
        if how not in DECISIONS:
            raise Http404
        return get_object_or_404(chosen.for_the_desk(), pk=pk)

    def make_form(self, data: Any = None) -> Any:
        """For the decision that the address names."""
        form_class = DECISIONS[self.kwargs["how"]][1]
        return form_class(data, initial=form_class.start(self.row, self.request))

    def act(self, form: Any) -> HttpResponse:
        """Take it."""
        return self.done(form.decide(self.row, self.request.user))

    def context(self) -> dict[str, Any]:
        """In the decision's words."""
        label, _form, lead, tone = DECISIONS[self.kwargs["how"]]
        return {"title": label, "button": label, "lead": lead, "tone": tone}
