"""``make bench-intake``: importing changes no word, and the bench notices when it does."""

from dataclasses import replace

import pytest

from bench.intake import __main__ as intake
from bench.intake.cases import cases

CASES = cases()


def test_no_case_loses_adds_or_changes_a_word_or_misses_a_note() -> None:
    wrong = [answer for answer in map(intake.measure, CASES) if not answer.is_right]
    assert [(answer.case.name, answer.case.language) for answer in wrong] == []


def test_every_construct_and_every_language_has_its_case() -> None:
    assert len(CASES) >= 60
    assert len({case.language for case in CASES}) == 12


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda text: f"{text} more", "lost"),
        (lambda text: text.partition(" ")[2], "added"),
        (lambda text: text.replace("Lindholm", "Lindholt", 1), "changed"),
    ],
)
def test_a_word_that_is_lost_added_or_changed_is_reported(change, field) -> None:  # type: ignore[no-untyped-def]
    case = next(case for case in CASES if case.language == "en")
    assert getattr(intake.measure(replace(case, text=change(case.text))), field)


def test_a_missing_note_and_a_refused_file_are_reported() -> None:
    case = CASES[0]
    assert intake.measure(replace(case, notes=("no such note",))).missing_notes == ("no such note",)
    assert intake.measure(replace(case, data=b"\x00\x01\x02")).lost
