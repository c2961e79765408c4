"""What readers may send in, and what is asked of it before anything is written."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles import text
from articles.models.base import web_address
from articles.models.report import MAX_HOW, MAX_WHAT
from followers import selectors as followers
from followers.services import following

#: A report that consists of addresses says nothing; so many letters (few, as in Chinese) must be left without them.
MIN_LETTERS = 5
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LETTERS = re.compile(r"\w")


def says_something(value: str) -> None:
    """Refuse a text that is nothing but addresses, or too short to be understood."""
    if len(_LETTERS.findall(_ADDRESS.sub("", value))) < MIN_LETTERS:
        raise ValidationError(
            _("Write it in a sentence of your own: addresses alone say too little."), code="too_little"
        )


class ReaderForm(forms.Form):
    """A form without a script: errors beside their fields, and a field that people leave alone."""

    error_css_class = "wrong"
    #: Fields that may be empty where another one is not: they are not marked as optional.
    one_is_needed: tuple[str, ...] = ()
    #: A honeypot: programs fill in a field with this name; people do not see it.
    website = forms.CharField(required=False, max_length=200, label=_("Leave this field empty"))
    seal = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            hints = [f"{name}-help"] if field.help_text else []
            if self.is_bound and name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"
                hints.append(f"{name}-error")
            if hints:
                field.widget.attrs["aria-describedby"] = " ".join(hints)
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that people are asked to fill in."""
        return [field for field in self if field.name not in ("website", "seal")]

    def clean_website(self) -> str:
        """Empty, or a program's."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty: it is there to tell programs from people."))
        return ""


def _line(limit: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(max_length=limit, required=kwargs.pop("required", False), **kwargs)


def _area(limit: int, rows: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def _email() -> forms.EmailField:
    return forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_(
            "Only if you want us to write to you. Nobody but the newsroom sees it, and it is erased some time after "
            "your report was decided on."
        ),
    )


class ReportForm(ReaderForm):
    """An error on a claim's page. ``clean`` leaves ``answer_to``: where the answer is sent, or empty."""

    what = _area(
        MAX_WHAT,
        6,
        label=_("What is wrong?"),
        validators=[says_something],
        help_text=_("Which word, figure or conclusion, and what it should say."),
    )
    how_known = _area(MAX_HOW, 3, required=False, label=_("How do you know?"))
    link = _line(
        2000,
        label=_("An address where it can be looked up"),
        validators=[web_address],
        widget=forms.URLInput(attrs={"placeholder": "https://", "dir": "ltr"}),
    )
    email = _email()
    is_answer_wanted = forms.BooleanField(
        label=_("Send me the answer by e-mail"),
        required=False,
        help_text=_("One e-mail, when we have decided. Then your address is erased."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not followers.is_on():
            del self.fields["is_answer_wanted"]

    def clean(self) -> dict[str, Any]:
        """The answer needs an address."""
        given: dict[str, Any] = super().clean() or {}
        given["answer_to"] = ""
        if given.pop("is_answer_wanted", False) and "email" in given:
            try:
                given["answer_to"] = following.clean_address(given["email"])
            except ValidationError:
                self.add_error("email", ValidationError(_("Enter a valid e-mail address."), code="invalid"))
        return given


class PageReportForm(ReportForm):
    """An error anywhere else on the site."""

    page = _line(500, required=True, label=_("On which page?"), help_text=_("Its address on this site."))
    field_order = ("page", "what", "how_known", "link", "email", "is_answer_wanted")

    def clean_page(self) -> str:
        """A page of this site, by its path."""
        given = text.one_line(self.cleaned_data["page"])
        path = given.removeprefix(settings.SITE_URL) or "/"
        if not path.startswith("/"):
            raise ValidationError(_("Give the address of a page on this site, such as /articles/."))
        return path
