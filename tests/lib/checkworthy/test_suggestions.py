"""Reading a text: where sentences end, why they may be worth checking, who says so. No database."""

import os
from datetime import date
from pathlib import Path

import pytest

from bench import suggest as bench
from lib.checkworthy import Suggestion, key, ranking, reasons, signs, suggest, suggestions
from lib.checkworthy.sentences import split

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "demo/content/kalbajar.txt"
SHARED = Path(os.environ.get("FACTCHECK_SHARED", ROOT.parent / "shared")) / "articles/kalbajar-deadline.txt"
PUBLISHED = date(2020, 11, 15)


def only(text: str, language: str = "en") -> Suggestion:
    """The one sentence of a text."""
    (found,) = suggest(text, language=language, published_on=PUBLISHED).sentences
    return found


def kinds(text: str, language: str = "en") -> set[str]:
    return {reason.kind for reason in only(text, language).reasons}


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("en", "It cost 3.5 million. Nobody paid.", 2),
        ("en", "Dr. J. R. Dale of the U.S. Navy met Mr. Smith. He left at 7 p.m. The end.", 3),
        ("en", "“Is it true?” she asked. “No!” They left.", 3),
        ("en", "The U.S. has 50 states. Texas is one.", 2),
        ("de", "Am 3. März kam Dr. Koch. Er blieb z.B. zwei Tage.", 2),
        ("ru", "«Да», — сказал он. Ушли в 2019 г. и не вернулись.", 2),
        ("ar", "هل يكفي ذلك؟ قال الوزير نعم.", 2),
        ("zh", "他来了。他走了！", 2),
        ("en", "One line\nand another", 2),
    ],
)
def test_a_text_is_split_at_the_ends_of_sentences(language: str, text: str, parts: int) -> None:
    found = list(split(text, language=language))
    assert [text[each.start : each.end] for each in found] == [each.text for each in found]
    assert len(found) == parts, [each.text for each in found]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The bridge cost 12 million euros.", "en", "money"),
        ("Some 20 percent of the land was sold.", "en", "percentage"),
        ("It opened on November 25.", "en", "date"),
        ("They ruled for nearly two months.", "en", "duration"),
        ("It is the oldest bridge of the country.", "en", "superlative"),
        ("Wages rose twice as fast as prices.", "en", "comparison"),
        ("Two men died because of the flood.", "en", "causal"),
        ('"We never saw a single ship," he said.', "en", "quotation"),
        ("По данным полиции, вышли три тысячи человек.", "ru", "attribution"),
        ("Bakan, köprünün yüzde 40 dolu olduğunu söyledi.", "tr", "percentage"),
        ("Nazirlik bildirib ki, 35 kənd su alıb.", "az", "reported"),
        ("كلف المستشفى 45 مليون دينار.", "ar", "money"),
        ("Mae'r bont yn 120 metr.", "cy", "number"),
        ("On 2019-03-04 ka bude.", "xx", "date"),
    ],
)
def test_each_reason_for_checking_is_found_and_worded(text: str, language: str, expected: str) -> None:
    found = only(text, language)
    assert expected in {reason.kind for reason in found.reasons}
    assert all(reason.found in text and reason.words for reason in found.reasons)


def test_headings_questions_and_captions_rank_far_below_statements() -> None:
    text = (
        "Twelve people died in 2019\n\nTwelve people died in the fire of 2019.\n\nDid twelve people die in 2019?\n\n"
        "READ MORE: Twelve people died in 2019\n\nPhoto: 2019, M. Berg"
    )
    found = {each.kind: each.score for each in suggest(text, language="en").sentences}
    assert set(found) == {"heading", "statement", "question", "reference", "caption"}
    assert max(found, key=lambda kind: found[kind]) == "statement"
    assert found["reference"] == 0


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ('"It is late," the foreign policy adviser, Hikmet Hajiyev, said.', "Hikmet Hajiyev", "foreign policy adviser"),
        ("Peter Lamm, a retired builder, said it fell.", "Peter Lamm", "retired builder"),
        ('"It fell," said Dr. Ada Berg, the head of the union.', "Ada Berg", "the head of the union"),
        ("It fell, according to the operator, Nordbus.", "Nordbus", "operator"),
        ("The health ministry said that cases had tripled.", "health ministry", ""),
    ],
)
def test_the_speaker_of_a_sentence_is_found_with_the_role(text: str, name: str, role: str) -> None:
    found = only(text)
    assert (found.speaker, found.speaker_role) == (name, role)


def test_a_pronoun_or_surname_refers_to_the_speaker_before() -> None:
    text = "Mayor Ines Quill said on Tuesday that it cost 4 crowns. She said it fell.\n\nQuill said that it stood."
    found = suggest(text, language="en", published_on=PUBLISHED).sentences
    assert [each.speaker for each in found] == ["Ines Quill"] * 3
    assert found[2].speaker_role == "Mayor"
    assert found[0].claimed_on == date(2020, 11, 10), "the Tuesday before"


def test_an_indefinite_person_is_no_speaker() -> None:
    assert only("An old man at the gate said it fell in 2019.").speaker == ""
    assert only("It fell in 2019.").speaker == ""


def test_words_that_are_no_name_are_no_speaker_and_a_ministry_is_named_whole() -> None:
    assert only("About 340 ships called at the port in 2025.").speaker == ""
    assert only("A truce arranged by the United States broke down after 3 days.").speaker == ""
    assert only("Norway's Defence Ministry said 3 ships had left.").speaker == "Norway's Defence Ministry"


def test_the_rules_beat_a_digit_and_the_order_of_the_text_on_both_halves() -> None:
    for half in ("dev", "heldout"):
        measured = bench.measure(half)
        rules, digit = float(str(measured["AP, rules"])), float(str(measured["AP, has a digit"]))
        assert rules > digit + 0.1, half
        assert digit > float(str(measured["AP, order of the text"]))


@pytest.mark.parametrize(
    ("language", "promise", "fact"),
    [
        ("en", "We are going to build 300 homes.", "We built 300 homes."),
        ("en", "The mayor said 300 homes would be built.", "The mayor said 300 homes were built."),
        ("de", "Wir werden 300 Wohnungen bauen.", "Wir haben 300 Wohnungen gebaut."),
        ("ru", "Мы будем строить 300 домов.", "Мы построили 300 домов."),
        ("tr", "300 konut yapacağız.", "300 konut yaptık."),
    ],
)
def test_a_promise_sinks_below_a_fact_even_with_a_figure_in_it(language: str, promise: str, fact: str) -> None:
    sunk, kept = only(promise, language), only(fact, language)
    assert "promise" in sunk.against
    assert "promise" not in kept.against
    assert sunk.score < kept.score / 2


def test_every_reason_sign_and_objection_has_words_and_a_weight() -> None:
    assert set(ranking.WEIGHTS) == {*reasons.WORDS, *reasons.AGAINST, *signs.WORDS, "speaker"}
    text = "The council of Lindholm built 300 homes in 2019."
    assert {"length", "name", "past"} <= {kind for kind, _value in only(text).features}


def test_a_sentences_key_depends_on_its_words_alone() -> None:
    assert key("The  Bridge fell.") == key("the bridge fell")
    assert key("The bridge fell.") != key("The bridges fell.")
    assert key("…") != key("!")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\n \n",
        "a\x00b 12 percent.",
        "x" * 20_000,
        "word, 12 " * 22_000,
        "word " * 4_000,
        "U.S. " * 2_000,
        "in 1999 " * 500,
        "A, B, " * 500 + "said.",
        "“" * 5_000,
        "قال الوزير " * 500,
        "👩‍🚀 said 🚀 rose by 12 percent. 🎉",
        "1,000," * 500,
        "\ud800 half a pair said 3 things.",
        "said " * 1_000,
        "Aa " * 2_000,
    ],
    ids=lambda body: repr(body[:12]),
)
def test_any_text_is_split_with_exact_positions(body: str) -> None:
    for language in ("en", "ar", "xx") if len(body) < 50_000 else ("xx",):
        report = suggest(body, language=language, published_on=date.min)
        assert all(body[each.start : each.end] == each.exact for each in report.sentences)
        assert report.left_out >= 0


def test_a_caption_is_offered_once_with_or_without_its_agency() -> None:
    caption = "Soldiers ride in a truck near Lindholm on November 15, 2020."
    text = f"{caption}\n{caption} (Agency)\n\nIt fell in 2019, the ministry said.\n\n{caption} (Agency)"
    report = suggest(text, language="en")
    assert [each.kind for each in report.sentences].count("caption") == 3
    assert [each.kind for each in report.ranked()].count("caption") == 1


@pytest.mark.parametrize(
    ("language", "known"), [("en", True), ("fr-CA", True), ("zh", False), ("ja", False), ("", False)]
)
def test_a_report_says_whether_there_are_rules_for_the_language(language: str, known: bool) -> None:
    assert suggest("12", language=language).has_rules is known


def test_suggestions_for_a_too_long_text_say_what_was_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "MAX_SENTENCES", 100)
    body = "It fell in 2019. " * 120
    report = suggest(body, language="en")
    assert report.left_out == len(body) - report.sentences[-1].end > 0
    monkeypatch.setattr(suggestions, "MAX_CODE_POINTS", 170)
    assert suggest(body, language="en").left_out == len(body) - 170


FIGURES = {
    SHARED: ["November 25", "1993", "27 years", "2,317", "2,000", "five-year", "20 percent", "44 days", "nearly 300"],
    DEMO: ["25 November", "1993", "27 years", "2,317", "2,000", "five years", "20 percent", "44 days", "nearly 300"],
}


@pytest.mark.parametrize("path", [SHARED, DEMO], ids=["shared", "demo"])
def test_every_figure_of_the_article_is_suggested(path: Path) -> None:
    if not path.exists():
        pytest.skip("the article stands beside the repository, and is not there")
    ranked = suggest(path.read_text(), language="en", published_on=PUBLISHED).ranked()
    worth = [each.exact for each in ranked if each.score >= 0.4]
    assert [figure for figure in FIGURES[path] if not any(figure in exact for exact in worth)] == []


@pytest.mark.parametrize("path", [SHARED, DEMO], ids=["shared", "demo"])
def test_the_lengths_of_the_war_in_the_article_disagree(path: Path) -> None:
    if not path.exists():
        pytest.skip("the article stands beside the repository, and is not there")
    body = path.read_text()
    flags = suggest(body, language="en", published_on=PUBLISHED).disagreements
    (flag,) = flags
    shown = {passage.exact for passage in flag.passages}
    assert {"six weeks", "nearly two months", "44 days"} <= shown
    assert all(body[passage.start : passage.end] == passage.exact for passage in flag.passages)


def test_the_shared_article_has_its_suggestions_and_each_caption_once() -> None:
    if not SHARED.exists():
        pytest.skip("the article stands beside the repository, and is not there")
    ranked = suggest(SHARED.read_text(), language="en", published_on=PUBLISHED).ranked()
    assert sum(each.kind != "caption" for each in ranked) == 24
    assert sum(each.kind == "caption" for each in ranked) == 2
    said_by = {each.speaker for each in ranked} - {""}
    assert said_by == {"Hikmet Hajiyev", "President Aliyev's office", "Armenia", "Azerbaijan"}


def test_the_speaker_of_the_shared_article_is_the_adviser() -> None:
    if not SHARED.exists():
        pytest.skip("the article stands beside the repository, and is not there")
    found = suggest(SHARED.read_text(), language="en", published_on=PUBLISHED).sentences
    speaker = next(each for each in found if "27 years" in each.exact)
    assert speaker.speaker == "Hikmet Hajiyev"
    assert "adviser" in speaker.speaker_role
