"""Sentences that name what was left out of a text, and what is a guess."""

from collections import Counter

from lib.extraction import markup, visibility

#: What can be left out: one of it, and several.
_KINDS = {
    visibility.STRUCK: ("One struck-through passage was left out.", "{n} struck-through passages were left out."),
    visibility.HIDDEN: ("One hidden passage was left out.", "{n} hidden passages were left out."),
    visibility.ADVERTISEMENTS: ("An advertisement was left out.", "{n} advertisements were left out."),
    markup.PICTURES: ("One picture was left out.", "{n} pictures were left out."),
    "deletions": ("One tracked deletion was left out.", "{n} tracked deletions were left out."),
    "insertions": ("One tracked insertion was taken in.", "{n} tracked insertions were taken in."),
    "comments": ("One comment was left out.", "{n} comments were left out."),
    "formulas": ("One formula was left out.", "{n} formulas were left out."),
    "charts": ("One chart was left out.", "{n} charts were left out."),
    "headers": ("A header or footer of the page was left out.", "{n} headers and footers of the pages were left out."),
    "attachments": ("One attachment was left out.", "{n} attachments were left out."),
    "empty_pages": ("One page has no text.", "{n} pages have no text."),
}


def left_out(counts: Counter[str]) -> tuple[str, ...]:
    """A sentence for each kind that was counted, in a fixed order."""
    return tuple(
        one if counts[kind] == 1 else several.format(n=counts[kind])
        for kind, (one, several) in _KINDS.items()
        if counts[kind] > 0
    )
