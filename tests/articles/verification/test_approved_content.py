"""What an approval covers: it outlives an upgrade and a new address of the site, and falls with every change."""

import json
from hashlib import sha256
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Claim, Reading, Schedule, Verdict
from articles.selectors.claims import progress
from articles.selectors.log import approved_content, record_content
from articles.selectors.verification import readings, schedules
from articles.services.claims import claims
from articles.services.verification import addresses
from lib.transparency import canonical_json
from tests import newsroom
from tests.articles.verification.changed_content import changes
from tests.articles.verification.test_schedules import let_time_pass, scheduled

pytestmark = pytest.mark.django_db

#: The content of a claim as the first edition wrote it, byte for byte: the hash of these bytes was its approval.
OF_FIRST_EDITION = (
    b'{"appearances":[{"article":{"authors":[],"id":"9","language":"en","published_on":null,"publisher":"","slug":"a",'
    b'"title":"A","url":""},"position":{"end":9,"start":0},"quote":{"exact":"The bridge","prefix":"","suffix":""}}],'
    b'"claim":{"claimant":null,"claimed_on":null,"id":"1","language":"en","slug":"bridge","text":"The bridge",'
    b'"topics":[],"url":"https://old.example/claims/bridge/"},"evidence":[{"archived":null,"locator":"","note":"",'
    b'"quote":"","source":{"id":"3","interest":"","kind":"report","primary":false,"published_on":null,"publisher":"",'
    b'"slug":"s","title":"S","url":""},"stance":"supports"},{"archived":null,"locator":"p. 3","note":"","quote":"",'
    b'"source":{"confidential":true,"description":""},"stance":"context"}],"origin":"","relations":[],'
    b'"replies":[{"answer":"","answered_on":null,"asked":"the mayor","asked_on":null,"means":""}],'
    b'"single_source_reason":"","verdict":{"explanation_html":"","rating":{"best":5,"definition":"","key":"true",'
    b'"label":"True","tone":"","value":null,"worst":1},"summary":""}}'
)
#: What an upgrade may add: at each depth a key, with nothing in it.
NOTHING = ("", None, False, [], {})


def approved_by_an_earlier_version(people: SimpleNamespace, **given: Any) -> Claim:
    """An approved claim, with the hash that an earlier version took: of all keys, with the site's address."""
    claim = newsroom.in_stage("approved", people, **given)
    bind_as_before(claim)
    return claim


def bind_as_before(claim: Claim) -> None:
    before = sha256(canonical_json.canonical(record_content.content(claim))).hexdigest()
    assert before != approved_content.sha256(claim)
    Verdict.objects.filter(claim=claim).update(approved_sha256=before)


def holds(claim: Claim) -> bool:
    return progress.facts(Claim.objects.get(pk=claim.pk)).approval_fresh


def with_new_keys(value: Any, nothing: Any) -> Any:
    """``value`` with one more key in each object."""
    if isinstance(value, list):
        return [with_new_keys(item, nothing) for item in value]
    if isinstance(value, dict):
        return {name: with_new_keys(item, nothing) for name, item in value.items()} | {"added_later": nothing}
    return value


# --- The two hashes -------------------------------------------------------------------------------------
@pytest.mark.parametrize("nothing", NOTHING, ids=repr)
def test_what_an_upgrade_adds_with_nothing_in_it_leaves_both_hashes_as_they_are(nothing: Any) -> None:
    content = json.loads(OF_FIRST_EDITION)
    later = with_new_keys(content, nothing)
    assert later != content
    assert approved_content.earlier_sha256_of(later) == sha256(OF_FIRST_EDITION).hexdigest()
    assert approved_content.sha256_of(later) == approved_content.sha256_of(content)


def test_each_change_of_the_content_changes_both_hashes() -> None:
    content = json.loads(OF_FIRST_EDITION)
    others = changes(content)
    assert len(others) > 60
    for taken in (approved_content.sha256_of, approved_content.earlier_sha256_of):
        assert len({taken(one) for one in [content, *others]}) == len(others) + 1


# --- After an upgrade -----------------------------------------------------------------------------------
def test_an_approval_of_an_earlier_version_holds_and_the_claim_is_published(people: SimpleNamespace) -> None:
    claim = approved_by_an_earlier_version(people)
    assert holds(claim)
    assert newsroom.take(claim, "publish", people.editor).stage == "published"
    call_command("verify_log", stdout=StringIO())


def test_an_approval_of_an_earlier_version_falls_with_an_edit(people: SimpleNamespace) -> None:
    claim = approved_by_an_earlier_version(people)
    claims.edit(claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version, unknowns=["Who paid."])
    assert not holds(claim)


def test_a_schedule_and_an_address_are_set_on_an_approval_of_an_earlier_version(people: SimpleNamespace) -> None:
    claim = approved_by_an_earlier_version(people)
    row = scheduled(claim, people.editor)
    assert row.approved_sha256 == claim.verdicts.get().approved_sha256
    assert not schedules.is_stale(Claim.objects.get(), row)
    addresses.choose_address(
        claim=Claim.objects.get(), slug="the-bridge", by=people.editor, at=timezone.now(), version=claim.version
    )
    assert holds(claim)
    assert not schedules.is_stale(Claim.objects.get(), Schedule.objects.get())
    assert str(let_time_pass(claim)) == "1 published, 0 refused"


def test_who_opened_the_content_before_an_upgrade_has_opened_it(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("review", people)
    before = approved_content.accepted(claim)[1]
    Reading.objects.create(
        claim=claim, user=people.checker, content_sha256=before, version=claim.version, at=timezone.now()
    )
    assert readings.has_opened(claim, people.checker)
    assert [row.user for row in readings.of_content(claim)] == [people.checker]
    assert not readings.has_opened(claim, people.editor)


# --- After a move of the site ---------------------------------------------------------------------------
def test_an_approval_and_its_schedule_hold_when_the_site_gets_another_address(
    people: SimpleNamespace, settings: Any
) -> None:
    claim = newsroom.in_stage("approved", people)
    scheduled(claim, people.editor)
    settings.SITE_URL = "https://another.example"
    assert holds(claim)
    assert str(let_time_pass(claim)) == "1 published, 0 refused"
    assert newsroom.record_of(claim).document()["claim"]["url"].startswith("https://another.example/claims/")
