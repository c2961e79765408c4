"""The forms of the page of ratings."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import text
from articles.choices import Tone
from articles.models import Rating
from articles.selectors.library import ratings as scale
from articles.selectors.library.ratings import LIMITS
from articles.services.library.rating_translations import Translated
from articles.services.library.ratings import BEST, WORST, Wording
from desk.http.widgets import area, line

_NUMBERS = [("", _("None: it measures nothing")), *((number, str(number)) for number in range(BEST, WORST - 1, -1))]


def _number(value: str) -> int:
    return int(value)


class WordingForm(forms.Form):
    """What an edition says. ``edition`` is the one that the form was drawn from."""

    label = forms.CharField(label=pgettext_lazy("of a rating", "Label"), max_length=LIMITS["label"], widget=line())
    definition = forms.CharField(
        label=_("Definition"),
        max_length=LIMITS["definition"],
        widget=area(3),
        help_text=_("Readers see it below a verdict, and on the page about your methods."),
    )
    tone = forms.ChoiceField(label=_("Tone"), choices=Tone.choices)
    value = forms.TypedChoiceField(
        label=pgettext_lazy("of a rating", "Number"),
        choices=_NUMBERS,
        coerce=_number,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"class": "mark-input"}),
        help_text=_("For search engines: 5 is the best, 1 the worst."),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**6)

    @classmethod
    def of(cls, rating: Rating) -> "WordingForm":
        """The form with the words of ``rating``."""
        given = {name: getattr(rating, name) for name in ("label", "definition", "tone", "value", "edition")}
        return cls(initial=given)

    def wording(self) -> Wording:
        """What was posted."""
        return Wording(**{name: self.cleaned_data[name] for name in ("label", "definition", "tone", "value")})


class NewRatingForm(WordingForm):
    """A rating that is not there yet."""

    key = forms.CharField(
        label=_("Key"),
        max_length=40,
        required=False,
        widget=line(autocapitalize="none", spellcheck="false", dir="ltr"),
        help_text=_("Its name for programs, in records and the API. It never changes. Small letters, digits and _."),
    )
    edition = None  # type: ignore[assignment]
    field_order = ("label", "key", "definition")

    def clean(self) -> dict[str, Any]:
        """With a key made of the label where none was given. Raises ``ValidationError``."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("label") and not given.get("key") and "key" not in self.errors:
            given["key"] = slugify(given["label"]).replace("-", "_").lstrip("_0123456789")[:40]
            if not given["key"]:
                self.add_error("key", _("Give a key: none can be made of this label."))
        return given


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """One language of the form: its name in itself, its tag and direction, its two fields."""

    code: str
    name: str
    direction: str
    label: Any
    definition: Any

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong in this language."""
        return bool(self.label.errors or self.definition.errors)

    @property
    def is_translated(self) -> bool:
        """Whether readers have both texts in this language."""
        fields = (self.label, self.definition)
        return all(field.value() or field.field.widget.attrs.get("placeholder") for field in fields)


class TranslationsForm(forms.Form):
    """The label and the definition of one rating in each language of the site.

    The versions that were seen come back in hidden fields.
    """

    def __init__(self, rating: Rating, data: Any = None) -> None:
        super().__init__(data)
        self.translations = dict(scale.translations(rating))
        for (code, kind), one in self.translations.items():
            widget = line() if kind == "label" else area(2)
            widget.attrs |= {"lang": code, "placeholder": one.usual}
            name = str(pgettext_lazy("of a rating", "Label") if kind == "label" else _("Definition"))
            self.fields[f"{code}_{kind}"] = forms.CharField(
                required=False, max_length=LIMITS[kind], initial=one.said, widget=widget, label=name
            )
            self.fields[f"{code}_{kind}_version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=one.version, min_value=0, max_value=10**9
            )

    def translated(self) -> list[Translated]:
        """What was posted."""
        given = self.cleaned_data
        return [
            Translated(code, kind, one.words, given[f"{code}_{kind}"], given[f"{code}_{kind}_version"])
            for (code, kind), one in self.translations.items()
        ]

    def languages(self) -> list[LanguageRow]:
        """The fields by language."""
        return [
            LanguageRow(
                code,
                get_language_info(code)["name_local"],
                text.direction(code),
                self[f"{code}_label"],
                self[f"{code}_definition"],
            )
            for code in scale.languages()
        ]
