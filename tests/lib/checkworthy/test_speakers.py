"""Who says a sentence: the labelled sentences in eight languages, and where nobody is certain."""

import pytest

from bench import speakers as bench
from lib.checkworthy import speaker_at, suggest

SENTENCES = bench.load()


def speaker(text: str, language: str = "en", passage: str = "") -> str:
    """The speaker of a passage, or of the whole text; "" for nobody."""
    start = text.index(passage) if passage else 0
    found = speaker_at(text, language, start, start + len(passage or text))
    return found.name if found else ""


@pytest.mark.parametrize("language", ["en", "tr", "ar", "ru", "de", "fr", "es", "az"])
def test_labelled_speakers_are_found_and_hardly_ever_wrong(language: str) -> None:
    mine = [each for each in SENTENCES if each.language == language]
    assert len(mine) == 25
    tallies = bench.measure(mine)
    wrong, found = bench.shares(tallies)
    assert wrong <= bench.MOST_WRONG, tallies[language].wrong
    assert found >= bench.LEAST_FOUND, tallies[language].missed


def test_a_tally_counts_wrong_answers_and_missed_speakers() -> None:
    named, nobody = (each for each in (SENTENCES[0], SENTENCES[5]))
    tally = bench.Tally()
    for sentence, answer in ((named, "Laura Benning"), (named, "Ada Berg"), (named, ""), (nobody, "Lisbon")):
        tally.add(sentence, answer)
    assert (tally.sentences, tally.named, tally.found, len(tally.wrong), len(tally.missed)) == (4, 3, 1, 2, 1)


@pytest.mark.parametrize(
    ("language", "first", "second", "text"),
    [
        ("en", "Helen Carter", "Simon Carter", "{} met {}. Carter said it fell."),
        ("de", "Lena Koch", "Felix Koch", "{} traf {}. Koch sagte, es sei gefallen."),
        ("tr", "Cem Kaya", "Derya Kaya", "{} ile {} geldi. Kaya, köprünün düştüğünü söyledi."),
        ("es", "Ana Torres", "Luis Torres", "{} vio a {}. Torres dijo que cayó."),
        ("fr", "Jeanne Morel", "Hugo Morel", "{} a vu {}. Morel explique que tout va bien."),
        ("az", "Aygün Quluzadə", "Anar Quluzadə", "{} və {} gəlib. Quluzadə deyib ki, körpü bağlanıb."),
    ],
)
def test_a_surname_of_two_people_is_nobody(language: str, first: str, second: str, text: str) -> None:
    assert speaker(text.format(first, second), language, text.split(". ")[1]) == ""


def test_a_quotation_of_several_sentences_is_one_sentence_with_its_speaker() -> None:
    text = "“It fell in May. Nobody came. We waited,” said Ada Berg. Then it rained."
    first, second = suggest(text, language="en").sentences
    assert first.exact.endswith("Ada Berg.")
    assert (first.speaker, second.speaker) == ("Ada Berg", "")


@pytest.mark.parametrize("text", ['He said "never. Then he left. The end.', "“ “ “ One. Two. Three."])
def test_a_quotation_that_is_never_closed_is_no_quotation(text: str) -> None:
    assert len(suggest(text, language="en").sentences) == 3


def test_a_passage_with_two_speakers_has_none() -> None:
    text = "Ada Berg said that it fell. Nils Moss said that it stands."
    assert speaker(text) == ""
    assert speaker(text, passage="Nils Moss said that it stands.") == "Nils Moss"
    assert speaker_at(text, "en", 5_000, 6_000) is None


@pytest.mark.parametrize("text", ["PARIS (AFP) – It fell.", "ANKARA — It fell.", "Baku, 3 March — It fell."])
def test_a_dateline_is_no_speaker(text: str) -> None:
    assert speaker(text) == ""


def test_he_is_nobody_once_somebody_else_was_mentioned() -> None:
    text = "Tom Hill said it fell. {}\n\n“It fell,” he said."
    assert speaker(text.format("It rained."), passage="“It fell,” he said.") == "Tom Hill"
    assert speaker(text.format("Ali Moss laughed."), passage="“It fell,” he said.") == ""
