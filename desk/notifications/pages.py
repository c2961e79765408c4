"""The page on which a person chooses what they are notified of, and the demo's page of e-mails."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from desk.http.language import IN_SESSION, language_of
from desk.http.views import ActionPage, Page
from desk.notifications.forms import LANGUAGE, ChoicesForm
from notifications import selectors
from notifications.choices import SHOWN
from notifications.services import preferences

#: The page of the demo shows so many e-mails.
_MOST_EMAILS = 50


class ChoicesPage(ActionPage):
    """One's own choices."""

    title = gettext_lazy("Notifications")
    button = gettext_lazy("Save")
    back = gettext_lazy("Inbox")

    def make_form(self, data: Any = None) -> ChoicesForm:
        """With what this person chose."""
        return ChoicesForm(data, chosen=selectors.choices_of(self.request.user))  # type: ignore[arg-type]

    def context(self) -> dict[str, Any]:
        """Where the e-mails go."""
        address = self.request.user.email  # type: ignore[union-attr]
        lead = _("You get e-mails at %(address)s about what colleagues and readers do. Choose how often.")
        nowhere = _("You get no e-mails: your account has no e-mail address. Ask an administrator to enter it.")
        return {"lead": lead % {"address": address} if address else nowhere}

    def back_address(self) -> str:
        """The inbox."""
        return reverse("admin:inbox")

    def act(self, form: ChoicesForm) -> HttpResponse:
        """Store the choices."""
        chosen = dict(form.cleaned_data)
        language = chosen.pop(LANGUAGE)
        preferences.choose(user=self.request.user, choices=chosen, language=language)  # type: ignore[arg-type]
        self.request.session[IN_SESSION] = language
        with override(language_of(self.request)):
            return self.done(_("Your choices are saved."))


class SentPage(Page):
    """What would have been sent: the demo sends nothing."""

    template_name = "desk/notifications/sent.html"

    def check_permission(self) -> None:
        """Only where e-mails are shown instead of sent. Raises ``Http404`` elsewhere."""
        super().check_permission()
        if not is_shown(self.request):
            raise Http404

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The newest e-mails."""
        return self.show(title=_("Sent e-mails"), emails=selectors.newest_messages(limit=_MOST_EMAILS))


def is_shown(request: Any) -> bool:
    """Whether this installation shows its e-mails on a page, for the menu."""
    return settings.DEBUG and settings.EMAIL_BACKEND == SHOWN
