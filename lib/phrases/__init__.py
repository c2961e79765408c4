"""Sentences of a library: English by themselves, and whatever language there is a catalogue for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Self


class Phrase(str):
    """An English sentence that still knows the text and the values it was made of.

    ``text`` is what a catalogue has; ``several`` is its plural form, chosen by the value ``n``, or empty.
    """

    text: str
    several: str
    values: Mapping[str, Any]

    def __new__(cls, text: str, several: str = "", values: Mapping[str, Any] | None = None) -> Self:
        """The sentence in English."""
        given = values or {}
        chosen = several if several and given["n"] != 1 else text
        made = super().__new__(cls, chosen % {name: _in_english(value) for name, value in given.items()})
        made.text, made.several, made.values = text, several, given
        return made


def phrase(text: str, **values: Any) -> Phrase:
    """A sentence with its values in places such as ``%(name)s``. A value may be a phrase or a day."""
    return Phrase(text, values=values)


def marked(text: str) -> str:
    """``text`` itself: the catalogues get what is marked, and a phrase is made of it later."""
    return text


def marked_forms(one: str, several: str) -> tuple[str, str]:
    """The same for a text with a plural form."""
    return one, several


def counted(one: str, several: str, *, n: int, **values: Any) -> Phrase:
    """A sentence about ``n`` things: ``one`` for a single thing, else ``several``."""
    return Phrase(one, several, {"n": n, **values})


def listed(items: Sequence[str]) -> str:
    """Items as a sentence lists them: "a, b and c". At least one."""
    begun = items[0]
    for item in items[1:-1]:
        begun = phrase("%(items)s, %(next)s", items=begun, next=item)
    return phrase("%(items)s and %(last)s", items=begun, last=items[-1]) if len(items) > 1 else begun


def translated(
    said: str,
    *,
    one: Callable[[str], str],
    many: Callable[[str, str, int], str],
    day: Callable[[date], str],
) -> str:
    """``said`` in another language: ``one`` and ``many`` look texts up, ``day`` writes a day. Other text stays."""
    if not isinstance(said, Phrase):
        return said
    text = many(said.text, said.several, said.values["n"]) if said.several else one(said.text)
    shown = {
        name: translated(value, one=one, many=many, day=day) if isinstance(value, str) else value
        for name, value in said.values.items()
    }
    return text % {name: day(value) if isinstance(value, date) else value for name, value in shown.items()}


def _in_english(value: Any) -> Any:
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else value
