"""Sentences that name what was left out of a text, and what is a guess."""

from collections import Counter

from lib.extraction import markup, visibility
from lib.phrases import counted, marked_forms

#: What can be left out: one of it, and several.
_KINDS = {
    visibility.STRUCK: marked_forms(
        "One struck-through passage was left out.", "%(n)s struck-through passages were left out."
    ),
    visibility.HIDDEN: marked_forms("One hidden passage was left out.", "%(n)s hidden passages were left out."),
    visibility.ADVERTISEMENTS: marked_forms("An advertisement was left out.", "%(n)s advertisements were left out."),
    markup.PICTURES: marked_forms("One picture was left out.", "%(n)s pictures were left out."),
    "deletions": marked_forms("One tracked deletion was left out.", "%(n)s tracked deletions were left out."),
    "insertions": marked_forms("One tracked insertion was taken in.", "%(n)s tracked insertions were taken in."),
    "comments": marked_forms("One comment was left out.", "%(n)s comments were left out."),
    "formulas": marked_forms("One formula was left out.", "%(n)s formulas were left out."),
    "charts": marked_forms("One chart was left out.", "%(n)s charts were left out."),
    "headers": marked_forms(
        "A header or footer of the page was left out.", "%(n)s headers and footers of the pages were left out."
    ),
    "attachments": marked_forms("One attachment was left out.", "%(n)s attachments were left out."),
    "empty_pages": marked_forms("One page has no text.", "%(n)s pages have no text."),
}


def left_out(counts: Counter[str]) -> tuple[str, ...]:
    """A sentence for each kind that was counted, in a fixed order."""
    return tuple(counted(one, several, n=counts[kind]) for kind, (one, several) in _KINDS.items() if counts[kind] > 0)
