"""What disagrees inside one text, and what only looks like it."""

from datetime import date

import pytest

from lib.checkworthy import suggest
from lib.checkworthy.disagreements import Disagreement

PUBLISHED = date(2026, 3, 4)


def flags(text: str, language: str = "en", published_on: date | None = PUBLISHED) -> tuple[Disagreement, ...]:
    return suggest(text, language=language, published_on=published_on).disagreements


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("It ended six weeks of fighting. During nearly two months of clashes nobody slept.", "en", "duration"),
        ("The nine-day strike is over. Drivers came back after a strike of eleven days.", "en", "duration"),
        ("Забастовка длилась шесть дней. Шла 9 дней забастовка: забастовка длилась девять дней.", "ru", "duration"),
        ("In all, 12 firefighters were injured. Seven firefighters were injured, one of them badly.", "en", "count"),
        ("They spent 4.2 million crowns on the library. The 4.6 million crown library leaks.", "en", "amount"),
        ("Some 20 percent of the eastern forest burned. Now 35 percent of the eastern forest is gone.", "en", "share"),
        ("The pesticide was banned in 2018. Parliament banned the pesticide in 2016.", "en", "date"),
        ("It was found on Sunday, 4 October 2025.", "en", "weekday"),
        ("Он пришёл в понедельник, 4 октября 2025.", "ru", "weekday"),
        ("4 Ekim 2025 Pazar günü geldi. Pazar, 4 Ekim 2025 idi.", "tr", "weekday"),
        ("The bridge was opened on 9 March 2026.", "en", "after_publication"),
        ("The rebels must leave by 20 February 2026.", "en", "before_publication"),
        ("It was announced on 3 March 2026 that they must leave by 1 March 2026.", "en", "order"),
        ("She ruled from 1993 to 2020, for 20 years.", "en", "length"),
    ],
)
def test_a_disagreement_is_found_with_its_passages(text: str, language: str, kind: str) -> None:
    found = [flag for flag in flags(text, language) if flag.kind == kind]
    assert found, flags(text, language)
    for passage in found[0].passages:
        assert text[passage.start : passage.end] == passage.exact
        assert passage.exact in found[0].words or kind in ("length",)


@pytest.mark.parametrize(
    "text",
    [
        "It ended six weeks of fighting. After 44 days of clashes it was over.",
        "The strike of 2008 lasted 5 days. This year's strike lasted nine days.",
        "It was occupied for 27 years. The occupation went on for nearly three decades.",
        "Some 2,000 troops were deployed. Exactly 1,960 troops were deployed.",
        "Coverage fell from 94 percent to 71 percent of the children. It was 60 percent of the adults.",
        "Twelve people were killed in Harrow. In Lindholm nine people were killed.",
        "Twelve people were injured. Three people were killed.",
        "The school opened in 1958. The school closed in 1999. The bridge opened in 1970.",
        "A mission of five years begins. The mission of the other ship took two weeks before.",
        "He came on Friday, 3 October 2025.",
        "It will open on 9 March 2026. The deadline is 20 March 2026.",
        "She ruled from 1993 to 2020, for 27 years.",
        "The talks went on for two days. He was in prison for three years.",
        "",
    ],
)
def test_figures_that_agree_or_measure_something_else_are_no_disagreement(text: str) -> None:
    assert flags(text) == ()


def test_a_disagreement_of_two_speakers_names_both() -> None:
    text = "The coast guard said 112 people on board were saved. All 118 people on board had jackets, Blue Line said."
    (flag,) = flags(text)
    assert "said by coast guard" in flag.words
    assert "said by Blue Line" in flag.words


def test_the_number_of_comparisons_in_a_text_is_bounded() -> None:
    text = "".join(f"The {number}-day strike is over. " for number in range(2, 100))
    found = flags(text)
    assert len(found) <= 1
