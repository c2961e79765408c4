"""A second, independent verdict: asked for, given, withdrawn."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import SecondVerdict
from articles.selectors.verification.second_verdicts import hides
from articles.services.verification import second_verdicts
from desk.http.refusals import NOT_OF_A_FIELD, RefusedFormError, add_problems, as_form_errors
from desk.verification import review_loading
from desk.verification.review_forms import AskForm, GiveForm, WithdrawForm
from desk.verification.review_pages import ReviewPage


class _SecondVerdictPage(ReviewPage):
    form_class: Any = AskForm

    def find(self, object_id: UUID, **kwargs: Any) -> Any:
        """The claim. Raises ``Http404``."""
        return review_loading.load(object_id)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is done: the page was reloaded, or come back to."""
        return HttpResponseRedirect(self.back_address())

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say what is wrong."""
        form = self.form_class(request.POST)
        if form.is_valid():
            try:
                with as_form_errors(passing=NOT_OF_A_FIELD):
                    messages.success(request, self.act(form.cleaned_data))
                return HttpResponseRedirect(self.back_address())
            except RefusedFormError as refused:
                add_problems(form, refused.problems)
        return self.again(form)

    def act(self, given: dict[str, Any]) -> str:
        """Do it; what is said then."""
        raise NotImplementedError

    def again(self, form: Any) -> HttpResponse:
        """What is wrong, in words above the page."""
        messages.warning(self.request, " ".join(str(one) for found in form.errors.values() for one in found))
        return HttpResponseRedirect(self.back_address())


class AskPage(_SecondVerdictPage):
    """Ask a colleague."""

    def act(self, given: dict[str, Any]) -> str:
        """Ask."""
        person = given["person"]
        second_verdicts.ask(claim=self.row, person=person, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]
        return _("%(name)s is asked for a verdict and does not see the claim's until then.") % {
            "name": person.display_name()
        }


class GivePage(_SecondVerdictPage):
    """Give one's own."""

    form_class = GiveForm

    def act(self, given: dict[str, Any]) -> str:
        """Give it."""
        row = get_object_or_404(
            SecondVerdict.objects.filter(withdrawn_at=None), claim=self.row, person=self.request.user.pk
        )
        second_verdicts.give(second=row, by=self.request.user, at=timezone.now(), **given)  # type: ignore[arg-type]
        return _("Your verdict is kept. The claim's own is shown now.")

    def again(self, form: Any) -> HttpResponse:
        """The form again, with what was typed; not once the verdict is given or withdrawn."""
        return self.show_hidden(form) if hides(self.row, self.request.user) else super().again(form)


class WithdrawPage(_SecondVerdictPage):
    """Do without it."""

    form_class = WithdrawForm

    def act(self, given: dict[str, Any]) -> str:
        """Withdraw it."""
        row = get_object_or_404(SecondVerdict, pk=given["row"], claim=self.row)
        second_verdicts.withdraw(second=row, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]
        return _("The second verdict is not asked for any more.")


_ACTS: dict[str, Any] = {"ask": AskPage, "give": GivePage, "withdraw": WithdrawPage}


def act(request: Any, key: str, **kwargs: Any) -> HttpResponseBase:
    """One of the three. Raises ``Http404``."""
    if key not in _ACTS:
        raise Http404
    page: HttpResponseBase = _ACTS[key].as_view()(request, **kwargs)
    return page
