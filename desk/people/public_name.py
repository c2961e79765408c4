"""The page on which a person chooses the name under which readers see them."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.models import User
from accounts.services import public_names
from articles import text
from desk.http.views import ActionPage


class PublicNameForm(forms.ModelForm):  # type: ignore[type-arg]
    """One's public name and a line about oneself."""

    class Meta:
        model = User
        fields = ("public_name", "public_line")
        labels = {"public_line": gettext_lazy("A few words about you")}
        widgets = {name: UnfoldAdminTextInputWidget(attrs={"dir": "auto"}) for name in fields}

    def clean_public_name(self) -> str:
        """On one line, without what would mislead readers."""
        return _line(self.cleaned_data["public_name"])

    def clean_public_line(self) -> str:
        """On one line, without what would mislead readers."""
        return _line(self.cleaned_data["public_line"])

    def clean(self) -> dict[str, Any]:
        """A line belongs to a name."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("public_line") and not cleaned.get("public_name") and not self.has_error("public_name"):
            self.add_error("public_name", _("Give a name, or leave both empty."))
        return cleaned


class PublicNamePage(ActionPage):
    """One's own public name."""

    title = gettext_lazy("Public name")
    button = gettext_lazy("Save")
    back = gettext_lazy("Inbox")

    def make_form(self, data: Any = None) -> PublicNameForm:
        """With what this person chose."""
        user: Any = self.request.user
        return PublicNameForm(data, instance=User.objects.get(pk=user.pk))

    def context(self) -> dict[str, Any]:
        """What the name is for, and that published records keep it."""
        own = _(
            "Readers see this name as an author of checks that you write and as the person who checked those that you "
            "approve. Without a name you are not named."
        )
        kept = _(
            "Records never change: if you take the name away later, new versions do not name you, but versions "
            "published before keep the name, and their pages show it."
        )
        return {"lead": f"{_NEWSROOM[settings.BYLINES]} {own} {kept}"}

    def back_address(self) -> str:
        """The inbox."""
        return reverse("admin:inbox")

    def act(self, form: PublicNameForm) -> HttpResponse:
        """Store the choice."""
        given = form.cleaned_data
        user: Any = self.request.user
        public_names.choose(user=user, name=given["public_name"], line=given["public_line"])
        return self.done(_("Your public name is saved.") if given["public_name"] else _("You are not named any more."))


#: What the newsroom chose, for the page.
_NEWSROOM = {
    "none": gettext_lazy("This newsroom currently publishes no names of authors or approvers."),
    "authors": gettext_lazy("This newsroom names authors, not those who approve."),
    "authors-and-checkers": gettext_lazy("This newsroom names authors and those who approve."),
}


def _line(value: str) -> str:
    cleaned = " ".join(text.one_line(text.clean_public(value)).split())
    return "" if text.is_blank(cleaned) else cleaned
