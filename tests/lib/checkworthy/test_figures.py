"""Numbers with the words that multiply them, in several scripts."""

import pytest

from lib.checkworthy import figures, suggest


@pytest.mark.parametrize(
    ("language", "written", "value"),
    [
        ("tr", "32 milyon 531 bin", 32_531_000),
        ("tr", "195 bin", 195_000),
        ("tr", "2 trilyon", 2e12),
        ("es", "255 mil 300", 255_300),
        ("ru", "12 млрд", 12e9),
        ("de", "3,4 Mrd.", 3.4e9),
        ("ar", "12 مليون", 12e6),
        ("ar", "١٢ مليون", 12e6),
        ("az", "2,5 milyard", 2.5e9),
        ("fr", "12 millions", 12e6),
        ("en", "1,200.5", 1200.5),
        ("en", "3.4 million", 3.4e6),
    ],
)
def test_a_number_keeps_its_multiplier(language: str, written: str, value: float) -> None:
    assert figures.value(written, language) == pytest.approx(value)
    (sentence,) = suggest(f"x {written} x", language=language).sentences
    assert [reason.found for reason in sentence.reasons if reason.kind == "number"] == [written]


def kinds(text: str) -> set[str]:
    (found,) = suggest(text, language="en").sentences
    return {reason.kind for reason in found.reasons}


def test_a_first_lady_is_no_superlative_and_more_than_a_number_no_comparison() -> None:
    assert "superlative" not in kinds("First Lady Ada Berg opened the school.")
    assert "superlative" in kinds("It was the first school of the town.")
    assert kinds("She paid more than $32 million.") & {"comparison", "money"} == {"money"}
    assert "comparison" in kinds("She paid more than the mayor.")
