"""What the desk's forms share: texts compared as people see them, what services refused, files that are checked."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldBooleanWidget

from articles import rating_words
from articles.models.base import language_tag
from articles.services.evidence import captures
from articles.services.past_dates import CONFIRM, OLD_YEAR
from desk.http.refusals import FieldProblem, add_problems
from desk.http.widgets import KnownAutocomplete
from lib.languages import names
from lib.refusals import RefusedError


class LanguageField(forms.ChoiceField):
    """A language out of a list, each by its own name. Empty until somebody has chosen.

    ``also`` is an additional tag: the one that a row or a page has already.
    """

    def __init__(self, *, also: str = "", **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "label": _("Language"),
            "widget": UnfoldAdminSelectWidget(),
            "error_messages": {"required": _("Choose the language of the text.")},
        }
        super().__init__(choices=[("", _("Choose …")), *names.choices(also=also)], **{**defaults, **kwargs})

    def valid_value(self, value: Any) -> bool:
        """A language of the list, or any other tag that is well formed: files and partners bring those too."""
        try:
            language_tag(value)
        except ValidationError:
            return super().valid_value(value)
        return True


def _old_date_label() -> str:
    return gettext("A date before %(old_year)s is right") % {"old_year": OLD_YEAR}


def _file_help() -> str:
    limit = settings.ATTACHMENT_MAX_BYTES >> 20
    return gettext("PDF, PNG, JPEG, WebP or GIF, up to %(n)s MB.") % {"n": limit}


class ConfirmedDateField(forms.BooleanField):
    """The tick by which a person says that a date before 1800 is right."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", lazy(_old_date_label, str)())
        kwargs.setdefault("widget", UnfoldBooleanWidget())
        super().__init__(required=False, **kwargs)


class DeskForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that also shows what is wrong with the version it was drawn from."""

    problems: list[FieldProblem] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tag = self.fields.get("language")
        if type(tag) is forms.CharField:
            also = str(self.data.get(self.add_prefix("language")) or self.initial.get("language") or "")
            self.fields["language"] = LanguageField(also=also, label=tag.label, help_text=tag.help_text)

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields that were changed by a person: a browser's own line ends are no change."""
        return [name for name in super().changed_data if not self.same_text(name)]

    def same_text(self, name: str) -> bool:
        """Whether a field's posted text is what it was drawn with, line ends and outer blanks aside."""
        before, after = self.get_initial_for_field(self.fields[name], name), self[name].data
        if not isinstance(before, str) or not isinstance(after, str):
            return False
        return "\n".join(before.split("\r\n")).strip() == "\n".join(after.split("\r\n")).strip()

    def changed_columns(self) -> dict[str, Any]:
        """The columns whose posted value differs from what the form was drawn with."""
        columns = {field.name for field in self._meta.model._meta.fields}
        changed = {
            name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data and name in columns
        }
        return changed | ({CONFIRM: True} if changed and self.cleaned_data.get(CONFIRM) else {})

    def full_clean(self) -> None:
        """Validate, then add ``problems``."""
        super().full_clean()
        if self.is_bound:
            add_problems(self, self.problems)

    def name_what_is_chosen(self) -> None:
        """Tell the autocompletes what is chosen, so that drawing them costs no statement."""
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownAutocomplete) and self.instance.pk and name in self.instance._state.fields_cache:
                widget.known = self.instance._state.fields_cache[name]


class RowForm(DeskForm):
    """A row below another one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_what_is_chosen()


class RatingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A rating, by its label in the language of the page."""

    def label_from_instance(self, obj: Any) -> str:
        """Its label."""
        return rating_words.at_desk(obj.label)


class KeptFileField(forms.FileField):
    """A file that is looked at before anything is written: what comes out is the file as it will be kept."""

    widget = forms.FileInput(attrs={"class": "mark-input", "accept": ".pdf,.png,.jpg,.jpeg,.webp,.gif"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", lazy(_file_help, str)())
        super().__init__(required=False, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The checked file, or ``None``. Raises ``ValidationError`` with what to do."""
        upload = super().clean(data, initial)
        if not upload:
            return None
        upload.seek(0)
        try:
            return captures.checked(upload.read(settings.ATTACHMENT_MAX_BYTES + 1), name=upload.name)
        except RefusedError as error:
            raise forms.ValidationError(str(error), code=error.code) from error
