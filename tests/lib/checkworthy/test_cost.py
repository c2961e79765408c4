"""Long texts that are no articles: what they cost, and what is said about the part that was not looked at."""

import time

import pytest

from lib.checkworthy import suggest, suggestions

MEGABYTES = 2_000_000
REPORT = (
    "The council of Lindholm spent 3.4 million crowns on 12 bridges in 2019, Ada Berg said on Monday. "
    "“We will not stop,” she told reporters. "
)
PIECES = [
    "3 March 2020 ",
    "2019-03-04, ",
    "(",
    "() ",
    '"',
    "“a” ",
    "'",
    "Ada Berg ",
    "Ada Berg said. ",
    "“A. ",
    "U.S. ",
]


def cost(text: str, language: str) -> float:
    """Seconds of processor time, the better of two runs."""
    times = []
    for _ in range(2):
        began = time.process_time()
        suggest(text, language=language)
        times.append(time.process_time() - began)
    return min(times)


@pytest.fixture(scope="module")
def ordinary_cost() -> float:
    """Seconds that a tenth of the characters costs when they are an ordinary report."""
    return cost(REPORT * (MEGABYTES // 10 // len(REPORT)), "en")


@pytest.mark.parametrize("piece", PIECES)
def test_two_megabytes_of_one_thing_cost_little_more_than_a_tenth_of_prose(piece: str, ordinary_cost: float) -> None:
    text = piece * (MEGABYTES // len(piece))
    began = time.process_time()
    report = suggest(text, language="en")
    assert time.process_time() - began < 6 * ordinary_cost
    assert report.left_out == len(text) - report.sentences[-1].end > MEGABYTES / 2


@pytest.mark.parametrize("piece", ["3 March 2020 ", "() ", '"', "Ada Berg "])
@pytest.mark.parametrize("language", ["en", "tr"])
def test_twice_the_text_costs_about_twice_as_much(piece: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "MAX_LONG", 10_000)
    half = piece * (20_000 // len(piece))
    assert cost(half * 2, language) < 3 * cost(half, language)


def test_very_long_sentences_are_counted_and_the_rest_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "MAX_LONG", 3)
    text = ("word " * 180 + "end. ") * 5
    report = suggest(text, language="en")
    assert len(report.sentences) == 3
    assert report.left_out == len(text) - report.sentences[-1].end
