"""What the review page asks for."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from articles.models import Rating
from articles.models.comment import MAX_COMMENT
from articles.models.review.passage import MAX_QUOTED
from articles.models.review.second_verdict import MAX_REASON
from articles.selectors.verification.statements import PARTS
from articles.services.collaboration import mentions
from desk.claims.assign_forms import ColleagueField
from desk.http.forms import RatingField

MAX_STEP_COMMENT = 2000


class ApproveForm(forms.Form):
    """The reason, where one is needed."""

    comment = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=MAX_STEP_COMMENT,
        widget=forms.Textarea(attrs={"rows": 2, "class": "desk-area", "dir": "auto"}),
    )


class SendBackField(forms.CharField):
    """What is missing; ``@`` opens a list of colleagues, and a name that nobody has is refused."""

    def clean(self, value: Any) -> str:
        """The words. Raises ``ValidationError``."""
        words: str = super().clean(value)
        mentions.refuse_unknown(words)
        return words

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """With the address of the list."""
        return {**super().widget_attrs(widget), "data-mentions": reverse_lazy("admin:collaboration_colleagues")}


class SendBackForm(forms.Form):
    """What is missing."""

    comment = SendBackField(
        label=_("What is missing?"),
        max_length=MAX_STEP_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4, "class": "desk-area", "dir": "auto"}),
        error_messages={"required": _("Say what is missing: the others need to know.")},
    )


class TickForm(forms.Form):
    """Which figure or quotation, and whether it is ticked."""

    key = forms.RegexField(r"^[0-9a-f]{64}$")
    is_ticked = forms.BooleanField(required=False)


class PassageCommentForm(forms.Form):
    """A comment, and the words it is about."""

    text = forms.CharField(max_length=MAX_COMMENT, error_messages={"required": _("Write what you want to say.")})
    part = forms.ChoiceField(choices=[(part, "") for part in PARTS])
    exact = forms.CharField(
        max_length=MAX_QUOTED,
        strip=False,
        error_messages={
            "max_length": _("Choose at most %(limit_value)d characters."),
            "required": _("Choose the words first."),
        },
    )
    start = forms.IntegerField(min_value=0, max_value=10**7)


class AskForm(forms.Form):
    """Who gives a second verdict."""

    person = ColleagueField(label=_("Who"), required=True)


class GiveForm(forms.Form):
    """A verdict of one's own."""

    rating = RatingField(
        Rating.objects.none(),
        label=_("Your rating"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a rating.")},
    )
    reason = forms.CharField(
        label=_("Why, in a sentence"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "class": "desk-area", "dir": "auto"}),
        error_messages={"required": _("Say in a sentence why.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["rating"].queryset = Rating.objects.current()  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Which second verdict is not needed any more."""

    row = forms.IntegerField(min_value=1, max_value=2**63 - 1)
