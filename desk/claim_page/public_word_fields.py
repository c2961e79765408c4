"""Form fields for what a claim says to readers beside its statement: lists of sentences, and its authors."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.models import User


class LinesField(forms.CharField):
    """A list of texts, one on each line; empty lines are left out. ``column`` has the number and length allowed."""

    def __init__(self, column: Any, **kwargs: Any) -> None:
        self.most, self.longest = int(column.size), int(column.base_field.max_length)
        widget = forms.Textarea(attrs={"rows": 3, "class": "claim-input", "dir": "auto"})
        given = {"label": column.verbose_name, "help_text": column.help_text, "widget": widget, **kwargs}
        super().__init__(required=False, strip=False, **given)

    def prepare_value(self, value: Any) -> Any:
        """A stored list as lines; what was typed as it is."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """The lines that have words."""
        lines = str(super().to_python(value) or "").replace("\r\n", "\n").split("\n")
        return [line.strip() for line in lines if line.strip()]

    def validate(self, value: Any) -> None:
        """Raises ``ValidationError`` for too many lines, and for a line that is too long."""
        if len(value) > self.most:
            said = _("Write at most %(most)s, each on a line of its own: there are %(count)s.")
            raise forms.ValidationError(said, params={"most": self.most, "count": len(value)})
        for number, line in enumerate(value, 1):
            if len(line) > self.longest:
                said = _("Line %(number)s has %(count)s characters: at most %(most)s are possible. Shorten it.")
                counts = {"number": number, "count": len(line), "most": self.longest}
                raise forms.ValidationError(said, params=counts)

    def run_validators(self, value: Any) -> None:
        """The check for NUL, on the lines together."""
        super().run_validators("\n".join(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lines differ; how they are parted does not count."""
        return self.to_python(data) != list(initial or [])


class AuthorsField(forms.TypedMultipleChoiceField):
    """Colleagues who are named as authors, by id. Whether they may be, the service says."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=[], required=False, widget=forms.CheckboxSelectMultiple(), **kwargs)

    def valid_value(self, value: Any) -> bool:
        """Any id: the list to choose from is read only where the page is drawn."""
        return str(value).isdecimal() and len(str(value)) < 10

    def show(self, colleagues: Iterable[User], chosen: Iterable[Any]) -> None:
        """Offer these, and who is chosen already. Whom readers do not see is marked."""
        offered = {user.pk: user for user in colleagues}
        ids = {int(pk) for pk in chosen if self.valid_value(pk)}
        if missing := ids - set(offered):
            offered |= User.objects.in_bulk(missing)
        self.choices = [(pk, self._named(user)) for pk, user in offered.items()]

    @staticmethod
    def _named(user: User) -> str:
        return user.public_name or _("%(name)s (readers do not see this name)") % {"name": user.display_name()}
