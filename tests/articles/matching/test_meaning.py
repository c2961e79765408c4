"""Search by meaning: across languages, kept up to date, never waited for, and without it the words alone."""

import logging
from collections.abc import Iterator
from io import StringIO
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from articles import meaning
from articles.meaning import State
from articles.models import Claim, OpenVector, PublishedClaim, PublishedVector
from articles.selectors.matching import matches, vectors
from articles.selectors.matching.coverage import coverage
from articles.selectors.readers import matching as readers_matching
from articles.services import vectors as filling
from jobs import work
from lib.encoding import PACKAGED, Encoder
from tests import newsroom
from tests.desk.pages import signed_in, text_of
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db
ENGLISH = "The vaccine contains microchips"
SPANISH = "La vacuna contiene microchips"


@pytest.fixture
def encoder(settings: Any) -> Iterator[Encoder]:
    """Search by meaning is on, with its encoder loaded."""
    settings.SEMANTIC_ENCODER = PACKAGED
    vectors.forget()
    yield meaning.load()
    vectors.forget()


def read(encoder: Encoder) -> None:
    """Make all vectors, and let this process know them."""
    filling.fill(encoder)
    for alias, collection in (("default", "open"), ("default", "published"), ("readers", "published")):
        vectors.load(alias, collection, encoder.name)  # type: ignore[arg-type]


def found(asked: str, language: str = "es") -> list[UUID]:
    return [one.claim_id for one in readers_matching.find_matches(text=asked, language=language).ranked]


def test_published_claim_is_found_in_another_language_and_how_sure_that_is(
    people: SimpleNamespace, encoder: Encoder
) -> None:
    claim = newsroom.published(people, text=ENGLISH)
    newsroom.published(people, text="The harbour of Velmstad was sold to a bank")
    assert found(SPANISH) == []
    read(encoder)
    groups = readers_matching.find_matches(text=SPANISH, language="es")
    assert [one.claim_id for one in groups.same] == [claim.pk]
    assert groups.same[0].language == "en"
    assert readers_matching.find_matches(text="El puerto cerrará el lunes por la nieve", language="es").same == []


def test_words_decide_within_a_language(people: SimpleNamespace, encoder: Encoder) -> None:
    claim = newsroom.published(people, text="The Velmstad bridge cost 47 million crowns")
    newsroom.published(people, text="The Halle bridge cost 12 million crowns")
    read(encoder)
    assert found("so the bridge in Velmstad, 47 million crowns!", "en")[0] == claim.pk


def test_open_claims_are_found_by_the_desk_alone(people: SimpleNamespace, encoder: Encoder) -> None:
    claim = newsroom.draft(people.reporter, text=ENGLISH)
    read(encoder)
    assert [one.claim_id for one in matches.find_matches(text=SPANISH, language="es").ranked] == [claim.pk]
    assert found(SPANISH) == []
    assert not PublishedVector.objects.exists()


def test_vectors_follow_the_claims(people: SimpleNamespace, encoder: Encoder) -> None:
    claim = newsroom.draft(people.reporter, text=ENGLISH)
    dropped = newsroom.draft(people.reporter, text="The harbour was sold")
    assert str(filling.fill(encoder)) == "0 published and 2 open claims"
    assert str(filling.fill(encoder)) == "0 published and 0 open claims"
    before = bytes(OpenVector.objects.get(claim_id=claim.pk).numbers)
    Claim.objects.filter(pk=claim.pk).update(text="The river was poisoned", version=F("version") + 1)
    Claim.objects.filter(pk=dropped.pk).update(stage="dropped", version=F("version") + 1)
    assert filling.fill(encoder).open == 1
    assert bytes(OpenVector.objects.get().numbers) != before


def test_new_vectors_are_read_and_claims_that_are_gone_are_not_shown(
    people: SimpleNamespace, encoder: Encoder, monkeypatch: Any
) -> None:
    monkeypatch.setattr(vectors, "REFRESH_SECONDS", 0.0)
    newsroom.published(people, text="The harbour of Velmstad was sold to a bank")
    read(encoder)
    claim = newsroom.published(people, text=ENGLISH)
    filling.fill(encoder)
    assert found(SPANISH) == [claim.pk]
    PublishedClaim.objects.filter(pk=claim.pk).delete()
    assert found(SPANISH) == []
    filling.fill(encoder)
    assert PublishedVector.objects.count() == 1


def test_filling_can_be_stopped_and_goes_on(people: SimpleNamespace, encoder: Encoder, monkeypatch: Any) -> None:
    monkeypatch.setattr(filling, "BATCH", 1)
    for number in range(3):
        newsroom.draft(people.reporter, text=f"Claim number {number}")
    first = filling.fill(encoder, seconds=0)
    assert (first.open, first.is_complete) == (1, False)
    assert str(first).endswith("others follow")
    assert filling.fill(encoder).open == 2


def test_vectors_of_two_encoders_are_never_compared(people: SimpleNamespace, encoder: Encoder) -> None:
    newsroom.published(people, text=ENGLISH)
    read(encoder)
    PublishedVector.objects.update(encoder="another")
    vectors.forget()
    assert len(vectors.load("readers", "published", encoder.name)) == 0
    assert found(SPANISH) == []
    filling.fill(encoder)
    assert PublishedVector.objects.get().encoder == encoder.name


def test_the_newest_vectors_are_kept(people: SimpleNamespace, encoder: Encoder) -> None:
    claims = [newsroom.draft(people.reporter, text=f"Claim number {number}").pk for number in range(3)]
    index = vectors.VectorIndex("default", "open", encoder.name, capacity=2)
    filling.fill(encoder)
    newest = list(OpenVector.objects.order_by("-stamp").values_list("claim_id", flat=True)[:2])
    index.load()
    assert len(index) == 2
    asked = encoder.encode(["Claim number 1"])[0]
    assert set(index.nearest(asked, 5)) == set(newest)
    Claim.objects.filter(pk=claims[0]).update(version=F("version") + 1)
    filling.fill(encoder)
    index.load()
    assert claims[0] in index.nearest(asked, 5)


def test_nothing_waits_for_an_encoder_or_for_vectors(people: SimpleNamespace, settings: Any, monkeypatch: Any) -> None:
    newsroom.published(people, text=ENGLISH)
    meaning.forget()
    vectors.forget()
    settings.SEMANTIC_ENCODER = PACKAGED
    assert meaning.state() == (State.LOADING, "")
    assert found(SPANISH) == []
    wait_until(lambda: meaning.ready() is not None)
    monkeypatch.setattr(vectors, "_load_behind", lambda *_: None)
    assert found(SPANISH) == []
    assert found(ENGLISH, "en")


@pytest.mark.parametrize("spec", ["/nowhere", "no-such-encoder"])
def test_broken_encoder_leaves_the_words(people: SimpleNamespace, settings: Any, spec: str, caplog: Any) -> None:
    claim = newsroom.published(people, text=ENGLISH)
    settings.SEMANTIC_ENCODER = spec
    with caplog.at_level(logging.ERROR):
        found(ENGLISH, "en")
        wait_until(lambda: meaning.state()[0] is State.BROKEN)
    assert "encoder.json cannot be read" in meaning.state()[1]
    assert found(ENGLISH, "en") == [claim.pk]
    with pytest.raises(CommandError, match=r"encoder\.json cannot be read.*docs/search-by-meaning"):
        call_command("fill_vectors")
    page = text_of(signed_in(people.administrator).get("/admin/jobs/"))
    assert "It cannot be used, so claims are found by their words alone:" in page


def test_encoder_that_fails_with_a_question_leaves_the_words(
    people: SimpleNamespace, encoder: Encoder, monkeypatch: Any
) -> None:
    claim = newsroom.published(people, text=ENGLISH)
    read(encoder)

    def fail(texts: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(encoder, "encode", fail)
    assert found(SPANISH) == []
    assert found(ENGLISH, "en") == [claim.pk]


@pytest.mark.parametrize("asked", ["😀" * 5000, "x", "…", "word " * 1000])
def test_odd_questions_are_answered(people: SimpleNamespace, encoder: Encoder, asked: str) -> None:
    newsroom.published(people, text=ENGLISH)
    read(encoder)
    readers_matching.find_matches(text=asked, language="")


def test_command_says_how_far_it_is(people: SimpleNamespace, encoder: Encoder) -> None:
    newsroom.published(people, text=ENGLISH)
    newsroom.draft(people.reporter, text="The harbour was sold")
    said = StringIO()
    call_command("fill_vectors", stdout=said)
    assert f"{encoder.name}: 0 of 2 claims have a vector." in said.getvalue()
    assert "1 published and 1 open claims were filled" in said.getvalue()
    again = StringIO()
    call_command("fill_vectors", "--again", stdout=again)
    assert "1 published and 1 open claims were filled" in again.getvalue()


def test_job_does_nothing_while_it_is_off(settings: Any) -> None:
    settings.SEMANTIC_ENCODER = ""
    assert work.fill_vectors() == "Search by meaning is off"


def test_desk_says_whether_it_is_on_and_what_it_covers(
    people: SimpleNamespace, encoder: Encoder, settings: Any
) -> None:
    newsroom.published(people, text=ENGLISH)
    newsroom.draft(people.reporter, text="The harbour was sold")
    assert work.fill_vectors() == "1 published and 1 open claims"
    newsroom.draft(people.reporter, text="The ferry was sold")
    desk = signed_in(people.administrator)
    assert "It covers 1 of 1 published claims and 1 of 2 open ones." in text_of(desk.get("/admin/jobs/"))
    settings.SEMANTIC_ENCODER = ""
    assert "It is off: claims are found by their words, within one language." in text_of(desk.get("/admin/jobs/"))
    assert coverage().state is State.OFF


def test_index_of_a_model_with_other_lengths_finds_nothing(people: SimpleNamespace, encoder: Encoder) -> None:
    newsroom.draft(people.reporter, text=ENGLISH)
    filling.fill(encoder)
    index = vectors.load("default", "open", encoder.name)
    assert index.nearest(np.ones(3, dtype=np.float32), 5) == {}
