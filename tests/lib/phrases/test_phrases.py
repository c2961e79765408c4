"""Sentences of a library: English as they are, another language through a catalogue."""

from datetime import date

import pytest

from lib.phrases import counted, listed, marked, phrase, translated

TURKISH = {
    "This file is larger than %(size)s MB.": "Bu dosya %(size)s MB'den büyük.",
    "%(advice)s Try again.": "%(advice)s Yeniden deneyin.",
    "The article is dated %(day)s.": "Haberin tarihi %(day)s.",
    "One picture was left out.": "%(n)s resim alınmadı.",
    "%(items)s, %(next)s": "%(items)s, %(next)s",
    "%(items)s and %(last)s": "%(items)s ve %(last)s",
    "“%(words)s”": "«%(words)s»",
}


def in_turkish(said: str) -> str:
    return translated(
        said,
        one=lambda text: TURKISH[text],
        many=lambda text, _several, _n: TURKISH[text],
        day=lambda day: f"{day.day}.{day.month}.{day.year}",
    )


@pytest.mark.parametrize(
    ("said", "english", "turkish"),
    [
        (
            phrase("This file is larger than %(size)s MB.", size=5),
            "This file is larger than 5 MB.",
            "Bu dosya 5 MB'den büyük.",
        ),
        (
            phrase("%(advice)s Try again.", advice=phrase("This file is larger than %(size)s MB.", size=5)),
            "This file is larger than 5 MB. Try again.",
            "Bu dosya 5 MB'den büyük. Yeniden deneyin.",
        ),
        (
            phrase("The article is dated %(day)s.", day=date(2020, 11, 4)),
            "The article is dated 4 November 2020.",
            "Haberin tarihi 4.11.2020.",
        ),
        (listed(["a", "b", phrase("“%(words)s”", words="100%")]), "a, b and “100%”", "a, b ve «100%»"),
        (listed(["a"]), "a", "a"),
        ("Any 100% text.", "Any 100% text.", "Any 100% text."),
    ],
)
def test_a_phrase_is_english_and_can_be_translated(said: str, english: str, turkish: str) -> None:
    assert (said, in_turkish(said)) == (english, turkish)


@pytest.mark.parametrize(
    ("n", "english"),
    [(0, "0 pictures were left out."), (1, "One picture was left out."), (3, "3 pictures were left out.")],
)
def test_a_counted_phrase_takes_the_form_of_its_number(n: int, english: str) -> None:
    said = counted("One picture was left out.", "%(n)s pictures were left out.", n=n)
    assert (said, in_turkish(said)) == (english, f"{n} resim alınmadı.")


def test_a_marked_text_is_the_text_itself() -> None:
    assert marked("Save it as %(kind)s.") == "Save it as %(kind)s."
