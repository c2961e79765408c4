"""Punctuation, script and suffixes of the readers' translations, by the rules of each language."""

import re
import unicodedata
from collections.abc import Iterator

import pytest

from tools import messages

_PLACEHOLDER = r"%\(\w+\)s"
#: Suffixes that change with the sound before them. After a number or a name that is put in, one of them is wrong.
_SUFFIX = {
    "az": rf"{_PLACEHOLDER}[-’'][a-zçəğıöşü]+",
    "tr": rf"{_PLACEHOLDER}[-’'][a-zçğıöşü]+",
    "hy": rf"{_PLACEHOLDER}»?-(?:ը|ն|ին)\b",
}
#: Marks of English that the language writes otherwise; a colon or a comma inside a number is right.
_MARKS = {
    "hy": r"[?]|:(?!//|\d)|[“”\"]|\u2024",
    "ar": r"[?;“”\"]|,(?!\d)",
    "ru": r"[“”\"]| – ",
    "az": r"[«»\"]| %(?!\()",
    "tr": r"[«»\"]| %(?!\()",
}


def translations(language: str) -> Iterator[str]:
    """Every translated form of the readers' catalogue."""
    for message in messages.read(language):
        if message.id:
            yield from [message.string] if isinstance(message.string, str) else message.string


def scripts(word: str) -> set[str]:
    """The scripts of a word's letters."""
    names = {unicodedata.name(letter).split()[0] for letter in word if letter.isalpha()}
    return names - {"MODIFIER"}


@pytest.mark.parametrize("language", messages.languages())
def test_marks_are_those_of_the_language(language: str) -> None:
    wrong = re.compile(_MARKS[language])
    assert [said for said in translations(language) if wrong.search(re.sub(r"https?:", "", said))] == []


@pytest.mark.parametrize("language", sorted(_SUFFIX))
def test_no_changing_suffix_hangs_on_what_is_put_in(language: str) -> None:
    wrong = re.compile(_SUFFIX[language])
    assert [said for said in translations(language) if wrong.search(said)] == []


@pytest.mark.parametrize("language", messages.languages())
def test_no_word_mixes_scripts(language: str) -> None:
    words = (
        word for said in translations(language) for word in re.findall(r"[^\W\d_]+", re.sub(_PLACEHOLDER, " ", said))
    )
    # Arabic writes "and" without a space, also before a word in Latin letters.
    assert [word for word in words if len(scripts(word.removeprefix("و"))) > 1] == []


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (_SUFFIX["az"], "%(count)s-dən çox iddia"),
        (_SUFFIX["tr"], "%(site)s'in incelemesi"),
        (_SUFFIX["hy"], "%(site)s-ը ստուգել է"),
        (_MARKS["hy"], "Նկատի ունեի՞ք?"),
        (_MARKS["hy"], "Հեղինակ: Անի"),
        (_MARKS["ar"], "هل تقصد?"),
        (_MARKS["az"], "84 %"),
    ],
)
def test_a_wrong_suffix_or_mark_is_found(pattern: str, said: str) -> None:
    assert re.search(pattern, said)
