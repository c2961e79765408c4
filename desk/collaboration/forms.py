"""What is asked for when colleagues work together on a claim. The same forms read a page's post and the desk's JSON."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from articles.choices import DependencyKind, DependencyOutcome, Stance
from articles.models.comment import MAX_COMMENT
from articles.models.expert import LONGEST_LIFE, MAX_NOTE, MAX_QUESTION
from desk.claims.assign_forms import ColleagueField
from desk.http.widgets import area, day, line


class RowForm(forms.Form):
    """Which row an act is about."""

    row = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput())


class CommentField(forms.CharField):
    """The words of a comment; ``@`` opens a list of colleagues. What is too long is refused, never cut off."""

    def __init__(self) -> None:
        widget = area(3)
        widget.attrs |= {"data-mentions": reverse_lazy("admin:collaboration_colleagues")}
        too_long = _("A comment has at most %(limit_value)d characters, this one has %(show_value)d. Shorten it.")
        super().__init__(
            label=_("Comment"),
            max_length=MAX_COMMENT,
            widget=widget,
            help_text=_("Never public. @ mentions a colleague."),
            error_messages={"required": _("Write a comment first."), "max_length": too_long},
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without ``maxlength``: it would cut off silently what is pasted."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class CommentForm(forms.Form):
    """A comment; with ``parent`` it is a reply."""

    text = CommentField()
    parent = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )


class RewordForm(RowForm):
    """Other words for a comment."""

    text = CommentField()


class DependencyForm(forms.Form):
    """What the claim waits for."""

    kind = forms.ChoiceField(
        label=_("Waiting for"), choices=DependencyKind.choices, widget=forms.Select(attrs={"class": "mark-input"})
    )
    note = forms.CharField(label=_("What exactly"), required=False, max_length=300, widget=line())
    colleague = ColleagueField(label=_("Whose review"), help_text=_("For a colleague’s review."))
    since = forms.DateField(label=_("Since"), required=False, widget=day(), help_text=_("Today, if left empty."))
    until = forms.DateField(label=_("Until"), required=False, widget=day())


class PostponeForm(RowForm):
    """Until when instead."""

    until = forms.DateField(label=_("Until"), required=False, widget=day())


class SettleForm(RowForm):
    """How the waiting ended."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=DependencyOutcome.choices)


class DueForm(forms.Form):
    """Until when, for who may not assign."""

    due_on = forms.DateField(label=_("Due"), required=False, widget=day(), help_text=_("Empty: no due date."))


class InviteForm(forms.Form):
    """For whom a link is, what is asked, how long it lives."""

    invited = forms.CharField(
        label=_("For whom"), max_length=200, widget=line(), help_text=_("Only the newsroom sees it.")
    )
    question = forms.CharField(
        label=_("Open question"), max_length=MAX_QUESTION, widget=area(3), help_text=_("The expert reads it.")
    )
    days = forms.IntegerField(
        label=_("Days it works"),
        min_value=1,
        max_value=LONGEST_LIFE.days,
        initial=14,
        widget=forms.NumberInput(attrs={"class": "mark-input", "min": 1, "max": LONGEST_LIFE.days}),
    )


class CiteForm(forms.Form):
    """What of a note becomes evidence."""

    stance = forms.ChoiceField(
        label=_("What it does to the claim"),
        choices=[("", _("Choose")), *Stance.choices],
        widget=forms.Select(attrs={"class": "mark-input"}),
    )
    quote = forms.CharField(
        label=_("Quote"),
        max_length=MAX_NOTE,
        widget=area(8),
        help_text=_("The expert’s words, as they stand in the note. Leave out what readers do not need."),
    )
