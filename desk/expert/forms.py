"""What an expert is asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models.expert import MAX_INTERESTS, MAX_NOTE


def _line(**attrs: str) -> forms.TextInput:
    """A line whose text direction follows its content, not the page."""
    return forms.TextInput(attrs={"dir": "auto", **attrs})


class NoteForm(forms.Form):
    """Who writes, what they know, what they say, and what they have at stake."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=_line(autocomplete="name"))
    expertise = forms.CharField(
        label=_("Your expertise"),
        max_length=200,
        widget=_line(),
        help_text=_("What you do, and where: for instance “Professor of hydrology, University of Lindholm”."),
    )
    text = forms.CharField(
        label=_("Your note"),
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        help_text=_("What you know about the claim, and how one can look it up. Up to 10,000 characters."),
    )
    interests = forms.CharField(
        label=_("Conflicts of interest"),
        max_length=MAX_INTERESTS,
        widget=_line(),
        help_text=_("Any connection you have to the subject or to the people involved. Write “none” if there is none."),
    )
    may_be_named = forms.BooleanField(
        label=_("You may quote this note and name me, with my expertise and interests."),
        required=False,
    )
