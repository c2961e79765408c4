"""Who works on a claim, until when: for one claim, or for several of the list."""

from typing import Any

from django import forms

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

    assignee = ColleagueField(label="On whose desk", empty_label="Nobody")
    due_on = forms.DateField(label="Due", required=False, widget=day())


class AssignSelectedForm(AssignForm):
    """Who works on the chosen claims, until when: what is not ticked does not change."""

    set_assignee = forms.BooleanField(label="Put them on this desk", required=False)
    set_due = forms.BooleanField(label="Set this due date", required=False)
    due_on = forms.DateField(label="Due", required=False, widget=day(), help_text="Empty: no due date.")

    field_order = ("set_assignee", "assignee", "set_due", "due_on")

    def clean(self) -> dict[str, Any]:
        """Something is to be done."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("set_assignee") and not data.get("set_due"):
            raise forms.ValidationError("Tick what is to be changed.")
        return data

    def values(self) -> dict[str, Any]:
        """The columns to change."""
        pairs = (("set_assignee", "assignee"), ("set_due", "due_on"))
        return {name: self.cleaned_data[name] for ticked, name in pairs if self.cleaned_data[ticked]}
