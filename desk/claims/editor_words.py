"""The words of the editor of explanations."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def editor_words() -> dict[str, str]:
    """What the buttons, boxes and messages of the editor say, in the language of who is signed in."""
    return _buttons() | _table() | _picture() | _chart() | _boxes()


def _buttons() -> dict[str, str]:
    return {
        "explanation": _("Explanation"),
        "formats": _("Formats"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "sub": _("Subscript"),
        "sup": _("Superscript"),
        "heading3": _("Heading"),
        "heading4": _("Smaller heading"),
        "bulletList": _("List"),
        "orderedList": _("Numbered list"),
        "quote": _("Quotation"),
        "link": _("Link"),
        "cite": _("Cite evidence"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "characters": _("{count} characters"),
    }


def _table() -> dict[str, str]:
    return {
        "table": _("Table"),
        "caption": _("Caption"),
        "toggleHeaderRow": _("Header row"),
        "toggleHeaderColumn": _("Header column"),
        "addRowAfter": _("Add row"),
        "deleteRow": _("Delete row"),
        "addColumnAfter": _("Add column"),
        "deleteColumn": _("Delete column"),
        "deleteTable": _("Delete table"),
        "too_many_cells": _(
            "This table has {count} cells; a table may have {limit}. Nothing was pasted: copy fewer rows."
        ),
        "no_pictures": _("The text was pasted without its pictures."),
    }


def _picture() -> dict[str, str]:
    return {
        "picture": _("Picture"),
        "picture_file": _("Picture from your computer"),
        "picture_capture": _("Or a kept copy of the evidence"),
        "picture_no_copy": _("None"),
        "picture_alt": _("What it shows, for people who do not see it"),
        "picture_credit": _("Credit: who made it"),
        "picture_done": _("Put the picture in"),
        "picture_edit": _("Edit the words"),
        "picture_no_file": _("Choose a picture."),
        "picture_no_alt": _("Describe what the picture shows."),
        "picture_no_credit": _("Say who made the picture."),
        "picture_sending": _("Sending the picture…"),
    }


def _chart() -> dict[str, str]:
    return {
        "chart": _("Chart"),
        "chart_kind": _("Kind of chart"),
        "chart_bar": _("Bars"),
        "chart_line": pgettext("kind of chart", "Line"),
        "chart_number": _("One big number"),
        "chart_title": _("Title"),
        "chart_unit": _("Unit, such as %"),
        "chart_source": _("Source of the figures"),
        "chart_rows": _("Figures"),
        "chart_label": pgettext("of a figure in a chart", "Label"),
        "chart_figure": _("Figure"),
        "chart_add": _("Add a row"),
        "chart_remove": _("Remove row"),
        "chart_edit": _("Edit the chart"),
        "chart_done": _("Put the chart in"),
        "chart_no_title": _("Give the chart a title that says what is shown."),
        "chart_no_rows": _("Type at least one label with its figure."),
        "chart_no_source": _("Name the source of the figures."),
        "chart_many": _("There are {count} rows; at most 30 can be read."),
        "chart_one": _("One big number has one row. Remove the others."),
        "chart_two": _("A line needs at least two figures."),
        "chart_wrong_label": _("Row {row} has no label."),
        "chart_wrong_figure": _("Row {row} needs a plain number, such as 12.5."),
    }


def _boxes() -> dict[str, str]:
    return {
        "evidence": _("Evidence"),
        "find_evidence": _("Number or words of the source"),
        "no_match": _("No listed evidence has these words."),
        "no_evidence": _("No evidence is saved yet. Add a source first."),
        "no_number": _("There is no evidence with the number {number}."),
        "address": _("Address of the link"),
        "no_address": _("Type a whole web address, such as https://example.org/report."),
        "unlink": _("Remove the link"),
        "done": _("Done"),
        "cancel": _("Cancel"),
    }
