"""Figures as they are written, what says the same, and plain sums."""

import pytest

from lib.stated import figures, statements, sums


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "It has 86,600 square kilometres.", [("86,600 square kilometres", 86_600, "number")]),
        ("en", "Or 13.6 percent, not 20%.", [("13.6 percent", 13.6, "percent"), ("20%", 20, "percent")]),
        ("en", "It cost $2.4 million in 2019.", [("$2.4 million", 2_400_000, "number"), ("2019", 2019, "year")]),
        (
            "en",
            "On 16 November 2020 and 2020-11-16.",
            [("16 November 2020", 20201116, "day"), ("2020-11-16", 20201116, "day")],
        ),
        ("en", "On November 16, 2020.", [("November 16, 2020", 20201116, "day")]),
        ("en", "COVID-19, an F-16 and a source [2].", []),
        ("ru", "11 800 км, или 13,6 процента", [("11 800", 11_800, "number"), ("13,6 процента", 13.6, "percent")]),
        ("az", "4,5 milyon manat, 20 faiz", [("4,5 milyon manat", 4_500_000, "number"), ("20 faiz", 20, "percent")]),
        ("tr", "yüzde 20", [("yüzde 20", 20, "percent")]),
        ("ar", "١٢ مليون و ٢٠٪", [("١٢ مليون", 12_000_000, "number"), ("٢٠٪", 20, "percent")]),
        ("de", "Am 3. Mai 2019 12.500 Euro", [("3. Mai 2019", 20190503, "day"), ("12.500 Euro", 12_500, "number")]),
        ("hy", "", []),
    ],
)
def test_figures_are_found_as_each_language_writes_them(
    language: str, text: str, found: list[tuple[str, float, str]]
) -> None:
    assert [(one.words, one.value, one.kind) for one in figures.find(text, language)] == found


def test_positions_are_those_of_the_text() -> None:
    text = "About 20 percent of 86,600 km² on 3 May 2019"
    assert [text[one.start : one.end] for one in figures.find(text, "en")] == ["20 percent", "86,600 km²", "3 May 2019"]


@pytest.mark.parametrize(
    ("other", "figure", "said"),
    [
        ("86,600", "86,600", "same"),
        ("13.62 percent", "13.6 percent", "rounded"),
        ("2,412,000", "2.4 million", "rounded"),
        ("13.6 percent", "13.62 percent", ""),  # the source is less exact
        ("20", "20 percent", ""),
        ("20 percent", "21 percent", ""),
    ],
)
def test_a_figure_says_the_same_or_is_rounded(other: str, figure: str, said: str) -> None:
    assert figures.says(figures.find(other, "en")[0], figures.find(figure, "en")[0]) == said


@pytest.mark.parametrize(
    ("text", "words", "worked_out"),
    [
        ("11,800 of 86,600 square kilometres are 13.6 percent", "13.6 percent", "11,800 ÷ 86,600 = 13.63 %"),
        ("20 percent of 86,600 are 17,320", "17,320", "20 % of 86,600 = 17,320"),
        ("1,250 and 2,340 make 3,590", "3,590", "1,250 + 2,340 = 3,590"),
        ("from 3,590 less 2,340 remain 1,250", "1,250", "3,590 − 2,340 = 1,250"),
        ("11,800 of 86,600 are 15.1 percent", "15.1 percent", ""),
        ("2 of 8 are 25 percent, so they say", "25 percent", ""),  # one digit each fits by chance
        ("1999 less 1234 in 765", "765", ""),  # a year takes no part
    ],
)
def test_a_figure_is_worked_out_from_two_others(text: str, words: str, worked_out: str) -> None:
    found = figures.find(text, "en")
    figure = next(one for one in found if one.words == words)
    assert sums.worked_out(figure, [one for one in found if one is not figure]) == worked_out


def test_statements_are_figures_outside_of_quotations_and_quotations() -> None:
    text = "It has 12 bridges. She said “some 20 percent of them” are “old”."
    found = statements.find(text, "en")
    assert [(one.words, one.figure is None) for one in found] == [
        ("12 bridges"[:2], False),
        ("some 20 percent of them", True),
    ]
    assert [one.sentence for one in found] == ["It has 12 bridges.", "She said “some 20 percent of them” are “old”."]


def test_a_text_of_nothing_but_figures_is_bounded() -> None:
    assert len(figures.find("12,345 " * 20_000, "en")) == figures.MAX_FIGURES
