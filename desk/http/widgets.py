"""Inputs of the desk's own."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: What the editor of a text with formats offers: no more than ``newsroom.pages.sanitize`` lets through.
PROSE: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Heading": {"levels": [3, 4]},
    "Link": {"enableTarget": False, "protocols": ["http", "https"]},
    "History": True,
}
#: What the editor of explanations offers: no more than ``lib.richtext.cleaning`` lets through. It has its own buttons.
EXPLANATION: dict[str, Any] = {
    **PROSE,
    "Subscript": True,
    "Superscript": True,
    "Table": {"resizable": False},
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "TrailingNode": True,
    "Citation": True,
    "Chart": True,
    "Picture": True,
    "Writing": True,
    "Menu": False,
}


def area(rows: int) -> forms.Textarea:
    """A field of several lines, as the desk draws it."""
    return forms.Textarea(attrs={"rows": rows, "class": "mark-input", "dir": "auto"})


def line(**attrs: str | Promise) -> forms.TextInput:
    """A field of one line, as the desk draws it."""
    return forms.TextInput(attrs={"class": "mark-input", "autocomplete": "off", "dir": "auto", **attrs})


def day() -> forms.DateInput:
    """A field for a day, as the desk draws it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "mark-input"})


def inexact_date() -> forms.TextInput:
    """A field for a day, a month or a year, as the desk draws it."""
    return line(inputmode="numeric", placeholder=_("2020-10-04, 2020-10 or 2020"), maxlength="10")


class KnownAutocomplete(AutocompleteSelect):
    """An autocomplete that gets its selected choices from the form, so that it needs no query for a row."""

    known: models.Model | None = None

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """The chosen option alone; asks the database only for a choice it was not told of."""
        chosen = {str(item) for item in value if str(item)}
        if self.known is None or chosen != {str(self.known.pk)}:
            try:
                return super().optgroups(name, value, attr)
            except (ValidationError, ValueError):  # somebody posted what no id looks like; the field says so
                return super().optgroups(name, [], attr)
        options = [self.create_option(name, str(self.known.pk), str(self.known), True, 1)]
        if not self.is_required:
            options.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, options, 0)]
