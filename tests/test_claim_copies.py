"""A copy of a claim is what the services would have written, and is given only where they would write it again."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from articles.models import Claim
from articles.services.verification import publishing, transitions
from articles.services.verification.publishing import Correction
from tests import newsroom, table_copies
from tests.transactions import undone

pytestmark = pytest.mark.django_db
TEXT = "A claim for copies"


def again(people: SimpleNamespace, times: int = 2, **fields: Any) -> Claim:
    """The claim of this block, after it was made in others often enough to be copied here."""
    for _ in range(times):
        with undone():
            newsroom.published(people, text=TEXT, **fields)
    return newsroom.published(people, text=TEXT, **fields)


def rows() -> dict[str, list[bytes]]:
    """All rows of all tables."""
    return {name: sorted(copied.splitlines()) for name, copied in table_copies.read().rows.items()}


def test_all_tables_are_as_the_services_left_them(people: SimpleNamespace) -> None:
    with undone():
        newsroom.published(people, text=TEXT)
    with undone():
        first = newsroom.published(people, text=TEXT), newsroom.in_stage("review", people, text=f"{TEXT}, no. 2")
        made = rows()
    with undone():
        newsroom.published(people, text=TEXT), newsroom.in_stage("review", people, text=f"{TEXT}, no. 2")
        second = rows()
    copies = newsroom.published(people, text=TEXT), newsroom.in_stage("review", people, text=f"{TEXT}, no. 2")
    found = rows()
    assert copies[0] == first[0]
    assert {name for name, there in found.items() if there != second[name]} == set()
    assert {name for name, there in found.items() if len(there) != len(made[name])} == set()


def test_a_copied_claim_goes_on_as_any_other(people: SimpleNamespace) -> None:
    claim = again(people)
    claim = newsroom.take(claim, "retract", people.editor, comment="We misread the source.")
    assert [newsroom.record_of(claim).seq, newsroom.record_of(claim).revision] == [2, 2]


def _another_source(people: SimpleNamespace, settings: Any) -> None:
    newsroom.source(people.editor)


def _another_name(people: SimpleNamespace, settings: Any) -> None:
    settings.SITE_NAME = "Another site"


def _another_person(people: SimpleNamespace, settings: Any) -> None:
    people.reporter.username = "somebody"
    people.reporter.save()


@pytest.mark.parametrize("change", [_another_source, _another_name, _another_person])
def test_a_claim_is_made_where_something_is_different(
    change: Callable[[SimpleNamespace, Any], None], people: SimpleNamespace, settings: Any
) -> None:
    with undone():
        copied = again(people)
        assert not Claim.objects.exclude(pk=copied.pk).exists()
    with undone():
        assert newsroom.published(people, text=TEXT) == copied
    change(people, settings)
    assert newsroom.published(people, text=TEXT) != copied


def test_a_claim_is_made_after_something_was_written(people: SimpleNamespace) -> None:
    def two(*, written_between: bool) -> Claim:
        newsroom.published(people, text=TEXT)
        if written_between:
            newsroom.source(people.editor)
        return newsroom.published(people, text=f"{TEXT}, no. 2")

    for _ in range(2):
        with undone():
            copied = two(written_between=False)
    with undone():
        assert two(written_between=False) == copied
    assert two(written_between=True) != copied


def test_a_claim_is_made_where_callbacks_are_watched(
    people: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    with undone():
        copied = again(people)
    with django_capture_on_commit_callbacks():
        assert newsroom.published(people, text=TEXT) != copied


def published_again(people: SimpleNamespace) -> Claim:
    """A claim that was corrected, by steps that a test takes one by one."""
    claim = newsroom.published(people, text=TEXT)
    claim = newsroom.take(claim, "recheck", people.editor)
    claim = newsroom.propose(claim, people.reporter, rating="false", summary="The minutes do not show it.")
    for step, by in (("submit", people.reporter), ("approve", people.checker)):
        claim = newsroom.take(claim, step, by)
    return newsroom.take(claim, "publish", people.editor, correction=Correction("verdict", "We misread the minutes."))


def test_copied_steps_leave_the_tables_as_the_services_left_them(people: SimpleNamespace) -> None:
    for _ in range(2):
        with undone():
            made = published_again(people)
            expected = rows()

    def forbidden(**given: Any) -> None:
        raise AssertionError("a step was taken, not copied")

    with undone():
        transitions.apply_transition, real = forbidden, transitions.apply_transition
        try:
            copied = published_again(people)
        finally:
            transitions.apply_transition = real
        found = rows()
    assert (copied.pk, copied.version) == (made.pk, made.version)
    assert {name for name, there in found.items() if there != expected[name]} == set()


def test_a_step_is_taken_after_a_copied_one_was_undone(people: SimpleNamespace) -> None:
    for _ in range(3):
        with undone():
            published_again(people)
    claim = newsroom.published(people, text=TEXT)
    with undone():
        newsroom.take(claim, "recheck", people.editor)
    assert newsroom.take(claim, "retract", people.editor, comment="We misread it.").stage == "retracted"
    assert Claim.objects.get(pk=claim.pk).stage == "retracted"


def test_a_claim_is_made_where_a_part_of_the_site_is_replaced(
    people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with undone():
        copied = again(people)
    monkeypatch.setattr(publishing, "_end_schedule", lambda *given, **named: None)
    assert newsroom.published(people, text=TEXT) != copied
