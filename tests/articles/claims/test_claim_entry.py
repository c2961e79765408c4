"""Entering claims from passages: one act, safe to send twice, and nobody's mark overlooked."""

import threading
import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from articles.models import Appearance, Change, Claim, Claimant
from articles.selectors.passages import article_desk
from articles.services.claims import claim_entry, claims
from articles.services.claims.claim_entry import AlreadyMarkedError, IdTakenError, Speaker
from articles.services.errors import WrongStageError
from articles.services.library import claimants
from lib.refusals import NotAllowedError, StaleError
from tests import newsroom
from tests.newsroom import AT, QUOTE

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def enter(version, by, **given):
    values = {"pk": uuid.uuid4(), "exact": QUOTE, "start": None, "speaker": Speaker(), "text": "It cost 12 million"}
    return claim_entry.enter(article_version=version, by=by, at=AT, **{**values, **given})


@pytest.fixture
def version(people):
    return newsroom.article(people.reporter).current_version()


def test_claim_claimant_and_passage_are_saved_together(people, version):
    made = enter(version, people.reporter, speaker=Speaker(name="Ingrid Sundqvist"), topics=["bridges"])
    claim = Claim.objects.get()
    assert made.is_new
    assert (claim.text, claim.claimant.name, claim.language, claim.topics) == (
        "It cost 12 million",
        "Ingrid Sundqvist",
        "en",
        ["bridges"],
    )
    assert claim.appearances.get().exact == QUOTE
    assert (
        Change.objects.filter(table__in=["articles_claim", "articles_appearance", "articles_claimant"])
        .values("act")
        .distinct()
        .count()
        == 1
    )


def test_the_same_request_twice_makes_one_claim(people, version):
    pk = uuid.uuid4()
    first, second = (enter(version, people.reporter, pk=pk) for _ in range(2))
    assert (first.is_new, second.is_new) == (True, False)
    assert first.claim == second.claim
    assert (Claim.objects.count(), Appearance.objects.count()) == (1, 1)


def test_a_claim_id_that_another_person_used_is_refused(people, version):
    pk = enter(version, people.reporter).claim.pk
    with pytest.raises(IdTakenError):
        enter(version, people.colleague, pk=pk)


def test_a_passage_marked_meanwhile_is_reported_and_can_still_be_marked(people, version):
    first = enter(version, people.reporter).claim
    with pytest.raises(AlreadyMarkedError, match="Reporter Test has marked this passage"):
        enter(version, people.colleague)
    assert Claim.objects.count() == 1
    enter(version, people.colleague, seen=[first.pk])
    assert Claim.objects.count() == 2


def test_the_passage_of_a_dropped_claim_can_be_marked_again(people, version):
    first = enter(version, people.reporter).claim
    claim_entry.take_back(claim=first, by=people.reporter, at=AT, version=first.version)
    assert enter(version, people.colleague).is_new
    assert Claim.objects.get(pk=first.pk).stage == "dropped"


def test_a_claim_whose_passage_is_not_in_the_text_is_not_saved(people, version):
    with pytest.raises(claims.QuoteNotFoundError):
        enter(version, people.reporter, exact="nowhere", speaker=Speaker(name="Somebody New"))
    assert (Claim.objects.count(), Claimant.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", ["reporter Test\x00", "\ud800"])
def test_a_claimant_name_that_cannot_be_stored_is_an_error_of_that_field(people, version, name):
    with pytest.raises(ValidationError) as refused:
        enter(version, people.reporter, speaker=Speaker(name=name))
    assert list(refused.value.message_dict) == ["claimant"]


def test_a_known_name_is_reused_and_an_ambiguous_name_is_refused(people, version):
    for role in ("mayor", "minister"):
        claimants.add_claimant(by=people.reporter, at=AT, name="Ingrid Sundqvist", role=role)
    known = claimants.add_claimant(by=people.reporter, at=AT, name="Nils Berg")
    assert enter(version, people.reporter, speaker=Speaker(name="nils berg")).claim.claimant == known
    with pytest.raises(ValidationError, match="Several claimants"):
        enter(version, people.reporter, exact="opened in 2019", speaker=Speaker(name="Ingrid Sundqvist"))


def test_a_claim_with_a_claimant_and_unattributed_is_refused(people, version):
    with pytest.raises(ValidationError, match="not both"):
        enter(version, people.reporter, speaker=Speaker(name="Nils Berg", is_unattributed=True))


def test_a_new_claim_can_be_taken_back_by_its_author_until_it_changes(people, version):
    claim = enter(version, people.reporter).claim
    with pytest.raises(NotAllowedError):
        claim_entry.take_back(claim=claim, by=people.editor, at=AT, version=claim.version)
    with pytest.raises(StaleError):
        claim_entry.take_back(claim=claim, by=people.reporter, at=AT, version=claim.version - 1)
    claim = newsroom.take(claim, "start", people.reporter)
    with pytest.raises(WrongStageError):
        claim_entry.take_back(claim=claim, by=people.reporter, at=AT, version=claim.version)


def test_wording_and_claimant_are_changed_together_on_the_version_that_was_seen(people, version):
    claim = enter(version, people.reporter).claim
    values = {
        "text": "It cost 12 million crowns",
        "claimed_on": date(2026, 3, 1),
        "topics": [],
        "why_chosen": "",
    }
    changed = claim_entry.reword(
        claim=claim, speaker=Speaker(name="Nils Berg"), by=people.reporter, at=AT, version=claim.version, **values
    )
    assert (changed.text, changed.claimant.name) == ("It cost 12 million crowns", "Nils Berg")
    with pytest.raises(StaleError):
        claim_entry.reword(
            claim=claim, speaker=Speaker(name="Eva Lind"), by=people.colleague, at=AT, version=1, **values
        )
    assert not Claimant.objects.filter(name="Eva Lind").exists()


TEXTS = {
    "emoji": ("Bridge 🌉 opened. It cost 👩‍👩‍👧‍👦 12 million 🇸🇪 crowns.", "12 million 🇸🇪 crowns"),
    "combining": ("The cafe\u0301 of A\u030angstro\u0308m sold 3 tons.", "Ångström sold 3 tons"),
    "arabic": ("قال الوزير إنّ الجسر كلّف ١٢ مليونًا. ثم سكت.", "الجسر كلّف ١٢ مليونًا"),
    "lines": ("First line.\r\n\r\n\r\n\r\nIt cost 9.\r\n \r\nIt was sold.", "It cost 9.\n \nIt was sold."),
    "outside the plane": ("𐐀𐐁 said: 𝟏𝟐 million.", "𝟏𝟐 million"),
}


@pytest.mark.parametrize("key", TEXTS)
def test_passage_positions_are_code_points_of_the_stored_text(people, key):
    body, quote = TEXTS[key]
    version = newsroom.article(people.reporter, title=key, body=body).current_version()
    mark = enter(version, people.reporter, exact=quote).appearance
    assert version.body[mark.start : mark.end] == mark.exact == quote


def test_likely_speaker_is_the_one_of_the_suggestion_and_nobody_where_unsure(people):
    near = claimants.add_claimant(by=people.reporter, at=AT, name="Ingrid Sundqvist")
    claimants.add_claimant(by=people.reporter, at=AT, name="Armenia", kind="organisation")
    body = (
        "Mayor Ingrid Sundqvist met the editor, Nils Berg, to talk about Armenia.\n\n"
        "Sundqvist said it cost 12. Armenia paid for 3 of them.\n\nBerg said that 40 people came."
    )
    version = newsroom.article(people.reporter, body=body).current_version()
    start = version.body.index("it cost 12")
    found = article_desk.likely_speaker(version, start, start + 10)
    assert (found.claimant, found.name, found.because) == (near, "Ingrid Sundqvist", "Sundqvist")
    start = version.body.index("Armenia paid")
    assert article_desk.likely_speaker(version, start, start + 12) is None, "Armenia is the topic"
    start = version.body.index("40 people")
    unknown = article_desk.likely_speaker(version, start, start + 9)
    assert (unknown.claimant, unknown.name) == (None, "Nils Berg"), "nobody has entered this claimant yet"
    for role in ("editor", "farmer"):
        claimants.add_claimant(by=people.reporter, at=AT, name="Nils Berg", role=role)
    assert article_desk.likely_speaker(version, start, start + 9) is None, "two claimants have this name"


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_of_two_editors_who_mark_one_passage_at_once_the_second_is_warned(people):
    version = newsroom.article(people.reporter).current_version()
    start, outcomes = threading.Barrier(2), []

    def mark(by):
        start.wait()
        try:
            outcomes.append(enter(version, by).is_new)
        except AlreadyMarkedError:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=mark, args=(by,)) for by in (people.reporter, people.colleague)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["True", "told"]
    assert Claim.objects.count() == 1
