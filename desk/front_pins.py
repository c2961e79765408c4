"""The page on which a published claim is put at the top of the front page, or taken from there."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminDateWidget

from accounts.groups import who_may
from articles import claim_addresses, rules, text
from articles.models import Claim, FrontPin
from articles.selectors.newsroom import front_pins as chosen
from articles.services.newsroom import front_pins
from desk.http.views import ActionPage
from lib.refusals import NotAllowedError

#: What the form proposes.
_USUAL_DAYS = 1


class PinForm(forms.Form):
    """Until when."""

    until = forms.DateField(
        label=gettext_lazy("Until"),
        widget=UnfoldAdminDateWidget(),
        help_text=gettext_lazy("The last day on which it is at the top. After that the newest fact check leads again."),
    )


class PinPage(ActionPage):
    """Say what is at the top of the front page now and who put it there, and put this claim there."""

    model = Claim
    template_name = "desk/newsroom/pin.html"
    form_class = PinForm
    title = gettext_lazy("Pin to the front page")
    back = gettext_lazy("Back to the claim")

    def check_permission(self) -> None:
        """Refuse people who may not publish. Raises ``NotAllowedError``."""
        if not rules.may_publish(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError.for_(
                _("You do not have permission to choose the top of the front page."),
                groups=who_may("articles.publish_claim"),
            )

    def find(self, object_id: UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return get_object_or_404(Claim, pk=object_id)

    @cached_property
    def pinned(self) -> FrontPin | None:
        """What is at the top in the claim's language."""
        return chosen.of_language(claim_addresses.site_language(self.row.language))

    def make_form(self, data: Any = None) -> PinForm:
        """With the next day, or the day that was chosen before."""
        is_this = self.pinned is not None and self.pinned.claim_id == self.row.pk
        day = localdate() + timedelta(days=_USUAL_DAYS)
        return PinForm(data, initial={"until": max(self.pinned.until, day) if is_this and self.pinned else day})

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Pin it, or take it from the top."""
        if request.POST.get("_act") != "unpin":
            return super().post(request, **kwargs)
        front_pins.unpin(claim=self.row, by=request.user, at=timezone.now(), seen=request.POST.get("_seen", ""))
        return self.done(_("It is no longer pinned. The newest fact check leads the front page."))

    def act(self, form: PinForm) -> HttpResponse:
        """Pin it."""
        until, now = form.cleaned_data["until"], timezone.now()
        seen = self.request.POST.get("_seen", "")
        front_pins.pin(claim=self.row, until=until, by=self.request.user, at=now, seen=seen)  # type: ignore[arg-type]
        return self.done(_("It leads the front page until %(day)s.") % {"day": text.long_day(until)})

    def context(self) -> dict[str, Any]:
        """With what is at the top now, and who put it there."""
        row = self.pinned
        language = text.language_name(claim_addresses.site_language(self.row.language))
        return {
            "lead": _("It will be the first fact check on the front page in %(language)s.") % {"language": language},
            "pinned": row,
            "pinned_claim": chosen.pinned_claim(row) if row else None,
            "is_this": row is not None and row.claim_id == self.row.pk,
            "is_over": row is not None and row.until < localdate(),
            "seen": front_pins.state(row),
        }
