"""Who works on a claim, until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.selectors.collaboration import activity
from desk.http.widgets import day


def _named(user: Any) -> str:
    return f"{user.display_name()} (@{user.username})"


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody of the desk, by name."""

    def __init__(self, **kwargs: Any) -> None:
        select = forms.Select(attrs={"class": "mark-input"})
        super().__init__(activity.colleagues(), **{"required": False, **kwargs}, widget=select)

    def offer(self, colleagues: list[Any]) -> None:
        """Show these, which were read once for all forms of a page."""
        empty = [("", self.empty_label)] if self.empty_label is not None else []
        self.widget.choices = [*empty, *((user.pk, _named(user)) for user in colleagues)]

    def label_from_instance(self, obj: Any) -> str:
        """The full name, and the name to call them by."""
        return _named(obj)


class AssignForm(forms.Form):
    """Who works on it, until when."""

    assignee = ColleagueField(label=_("Assigned to"), empty_label=_("Unassigned"))
    due_on = forms.DateField(label=_("Due"), required=False, widget=day())
