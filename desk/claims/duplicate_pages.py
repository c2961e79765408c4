"""The pages that ask before a claim becomes a repeat of another, before that is undone, and before passages move."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldBooleanWidget

from articles import rules, workflow
from articles.models import Article, Claim
from articles.selectors.claims import duplicates as chosen
from articles.services.claims import duplicates
from desk.http import versions
from desk.http.views import ActionPage, address_of
from lib.refusals import NotAllowedError


class RepeatForm(forms.Form):
    """Whether what is public is checked again at once."""

    recheck = forms.BooleanField(
        label=gettext_lazy("Start a re-check of it now"),
        required=False,
        widget=UnfoldBooleanWidget(),
        help_text=gettext_lazy(
            "The passages move at once, and readers see them with the next update. Without it they wait for a re-check."
        ),
    )

    def __init__(self, *args: Any, of: Claim | None, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = of is not None and rules.may_take_step(user, workflow.get("recheck"))
        if of is None or rules.is_editable(of) or not may:
            del self.fields["recheck"]


class DuplicatePage(ActionPage):
    """A question about a claim and, where there is one, the other claim."""

    model = Claim
    template_name = "desk/claims/duplicate.html"
    back = gettext_lazy("Back to the claim")

    def check_permission(self) -> None:
        """Refuse people who may not edit claims."""
        if not rules.may_edit_claims(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError.for_(_("You do not have permission to change claims."))

    def find(self, object_id: UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return claim_with_claimant(object_id)

    @cached_property
    def other(self) -> Claim | None:
        """The other claim."""
        return None

    def make_form(self, data: Any = None) -> RepeatForm:
        """With the question whether to check again what is public."""
        return RepeatForm(data, of=self.other, user=self.request.user)

    def version(self) -> int:
        """The version of the claim that was seen."""
        return versions.of_form(self.request, self.row)

    def other_version(self) -> int:
        """The version of the other claim that was seen."""
        assert self.other is not None  # noqa: S101
        return versions.of_form(self.request, self.other, "_of_version")

    def acting(self) -> dict[str, Any]:
        """Who does it, and when."""
        return {"by": self.request.user, "at": timezone.now()}

    def leave(self, message: str, to: Claim) -> HttpResponse:
        """Say what was done, and go to a claim."""
        messages.success(self.request, message)
        return HttpResponseRedirect(address_of(to))

    def context(self) -> dict[str, Any]:
        """With the other claim."""
        other = self.other
        return {
            "of": other if other != self.row else None,
            "of_closed": other is not None and not rules.is_editable(other),
            "of_version": versions.sign(other) if other else "",
        }


class MarkDuplicatePage(DuplicatePage):
    """One click makes the claim a repeat: ask, then drop it and give its passages to the other."""

    title = gettext_lazy("Mark as a duplicate")
    lead = gettext_lazy("This claim is dropped, and its passages are added to the other claim.")

    @cached_property
    def other(self) -> Claim:
        """The claim that says the same. Raises ``Http404``."""
        return claim_with_claimant(self.kwargs["of_id"])

    def act(self, form: RepeatForm) -> HttpResponse:
        """Do it."""
        seen: dict[str, Any] = {"version": self.version(), "of_version": self.other_version()}
        recheck = bool(form.cleaned_data.get("recheck"))
        duplicates.mark_duplicate(claim=self.row, of=self.other, recheck=recheck, **seen, **self.acting())
        return self.leave(_("The claim is dropped as a duplicate. You can undo this on its page."), self.other)


class MarkPassagePage(DuplicatePage):
    """A claim that is not entered yet: mark its passage on the claim that is there already."""

    title = gettext_lazy("Mark it there")

    @cached_property
    def other(self) -> Claim:
        """The claim itself."""
        found: Claim = self.row
        return found

    @cached_property
    def article(self) -> Article | None:
        """The article that the address names."""
        try:
            return Article.objects.filter(pk=UUID(self.request.GET.get("article", ""))).first()
        except ValueError:
            return None

    @property
    def quote(self) -> str:
        """The passage that the address holds."""
        return self.request.GET.get("quote", "").strip()

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Ask, once an article and a passage of it are named."""
        return super().get(request, **kwargs) if self.article and self.quote else self._choose_first()

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Do it, once an article and a passage of it are named."""
        return super().post(request, **kwargs) if self.article and self.quote else self._choose_first()

    def _choose_first(self) -> HttpResponse:
        messages.warning(self.request, _("Choose the article and copy the passage first."))
        return HttpResponseRedirect(self.back_address())

    def act(self, form: RepeatForm) -> HttpResponse:
        """Do it."""
        assert self.article is not None  # noqa: S101
        duplicates.mark_passage_of(
            of=self.row,
            article_version=self.article.current_version(),
            exact=self.quote,
            of_version=self.other_version(),
            recheck=bool(form.cleaned_data.get("recheck")),
            **self.acting(),
        )
        return self.leave(_("The passage is marked."), self.row)

    def context(self) -> dict[str, Any]:
        """With the passage."""
        lead = _("No new claim is entered: this passage of “%(article)s” is marked for the existing claim.")
        return {**super().context(), "lead": lead % {"article": self.article}, "quote": self.quote}


class UndoDuplicatePage(DuplicatePage):
    """It was no repeat after all."""

    title = gettext_lazy("Not a duplicate")
    lead = gettext_lazy(
        "The claim becomes a draft again and gets its passages back. A re-check of the other claim goes on."
    )

    @cached_property
    def other(self) -> Claim | None:
        """Of which claim it was a repeat."""
        relation = chosen.of(self.row)
        return relation.other if relation else None

    def act(self, form: RepeatForm) -> HttpResponse:
        """Do it."""
        done = duplicates.undo(claim=self.row, version=self.version(), **self.acting())
        return self.leave(_("It is a draft again, with its passages."), done)


class TakeOverPage(DuplicatePage):
    """The passages that wait on the claim's repeats become its own."""

    title = gettext_lazy("Take over passages")
    lead = gettext_lazy("The passages of its duplicates are added to this claim. It then needs a new approval.")

    def act(self, form: RepeatForm) -> HttpResponse:
        """Do it."""
        done = duplicates.move_pending_passages(claim=self.row, version=self.version(), **self.acting())
        return self.leave(_("The passages are marked for this claim now."), done)

    def context(self) -> dict[str, Any]:
        """With the passages."""
        return {**super().context(), "passages": chosen.waiting(self.row)}


def claim_with_claimant(pk: UUID) -> Claim:
    """The claim. Raises ``Http404``."""
    return get_object_or_404(Claim.objects.select_related("claimant"), pk=pk)
