"""What a claim page tells at a glance: the days of the claim, and what the finding rests on."""

from datetime import date

import pytest
from django.urls import reverse

from articles.models import PublishedClaim, Record
from articles.services.claims import claims
from readers.claims import differences, timeline
from readers.http import view_models
from tests import newsroom
from tests.newsroom import AT
from tests.readers.conftest import LATER, correct, full, page, words

pytestmark = pytest.mark.django_db


def _told(claim):
    document = PublishedClaim.objects.get(pk=claim.pk).record.document()
    return [(day, [moment.label for moment in moments]) for day, moments in timeline.timeline(document)]


def _documents(claim):
    return [record.document() for record in Record.objects.filter(claim_id=claim.pk).order_by("revision")]


def test_the_timeline_of_a_corrected_claim_is_in_order(people):
    assert _told(correct(full(people), people)) == [
        (date(2026, 2, 23), ["Claim made"]),
        (date(2026, 2, 25), ["We asked for a response"]),
        (date(2026, 2, 27), ["They responded"]),
        (date(2026, 3, 2), ["Fact check published"]),
        (date(2026, 3, 5), ["Correction: the verdict changed", "Last checked"]),
    ]


def test_the_timeline_of_a_retracted_claim_keeps_only_what_still_holds(people):
    claim = newsroom.take(full(people), "retract", people.editor, at=LATER, comment="Another bridge.")
    assert _told(claim) == [(date(2026, 3, 2), ["Fact check published"]), (date(2026, 3, 5), ["Retracted"])]


def test_the_timeline_ends_with_the_published_recheck_day(people):
    claim = full(people, recheck_on=date(2026, 6, 1))
    assert _told(claim)[-1] == (date(2026, 6, 1), ["Next review due"])
    put_off = claims.edit(claim=claim, by=people.editor, at=LATER, version=claim.version, recheck_on=date(2027, 1, 1))
    assert _told(put_off)[-1] == (date(2026, 6, 1), ["Next review due"]), "nothing public changes silently"
    corrected = correct(put_off, people)
    assert _told(corrected)[-1] == (date(2027, 1, 1), ["Next review due"])
    assert "Next review due" in [
        part.label for part in differences.differences(*_documents(corrected)) if part.is_changed
    ]
    retracted = newsroom.take(corrected, "retract", people.editor, at=LATER, comment="Another bridge.")
    assert _told(retracted)[-1][1][-1] == "Retracted"


@pytest.mark.parametrize("day", [AT.date(), None])
def test_a_recheck_day_not_after_the_publication_is_not_in_the_record(people, day):
    record = newsroom.record_of(full(people, recheck_on=day))
    assert "recheck_on" not in record.document()


def test_a_recheck_day_that_is_over_is_not_in_the_record_of_a_later_publication(people):
    claim = full(people, recheck_on=date(2026, 3, 4))
    assert newsroom.record_of(claim).document()["recheck_on"] == "2026-03-04"
    assert "recheck_on" not in newsroom.record_of(correct(claim, people)).document()


def test_the_page_shows_the_timeline_with_days_that_machines_read(client, people):
    document = page(client, reverse("readers:claim", args=[full(people).slug]))
    days = document.xpath("//ol[@class='timeline']//time/@datetime")
    assert days == ["2026-02-23", "2026-02-25", "2026-02-27", "2026-03-02"]


def test_a_claim_page_summarises_what_its_verdict_rests_on(client, people):
    document = page(client, reverse("readers:claim", args=[full(people).slug]))
    [basis] = document.xpath("//ul[@class='basis']")
    assert words(basis).startswith("4 sources · 1 primary source 1 archived copy")
    assert basis.xpath("./li[@class='straight']/a/text()") == [], "this primary source is not on the web"


def test_a_primary_source_with_a_url_is_linked_beside_the_verdict():
    source = {"id": "1", "title": "Accounts", "url": "https://city.example/accounts", "primary": True}
    hostile = {"id": "2", "title": "Trap", "url": "javascript:alert(1)", "primary": True}
    rows = [{"source": s, "archived": None} for s in (source, source, hostile)]
    basis = timeline.basis({"evidence": rows})
    assert (basis.sources, basis.primary, basis.archived, basis.links) == (2, 2, 0, [source])


def test_the_account_of_the_check_names_no_person(client, people):
    response = client.get(reverse("readers:claim", args=[full(people).slug])).content.decode()
    assert "A second, who was not involved, reviewed and approved it" in response
    for person in (people.reporter, people.checker, people.editor):
        assert person.username not in response


def test_related_claims_are_grouped_by_relation():
    document = {
        "relations": [{"kind": "contradicts", "claim": {"text": "b"}}, {"kind": "repeats", "claim": {"text": "a"}}]
    }

    assert [(str(label), [c["text"] for c in claims]) for label, claims in view_models.related(document)] == [
        ("Repeats", ["a"]),
        ("Contradicts", ["b"]),
    ]


def test_an_article_with_several_passages_is_in_the_timeline_once():
    article = {"publisher": "The Lindholm Post", "published_on": "2026-02-24"}
    document = {
        "kind": "published",
        "claim": {"claimed_on": None},
        "verdict": None,
        "retraction": None,
        "replies": [],
        "corrections": [],
        "first_published_at": "2026-03-02T09:00:00Z",
        "appearances": [{"article": article}, {"article": article}],
    }
    first = timeline.timeline(document)[0]
    assert first == (
        date(2026, 2, 24),
        [timeline.TimelineEvent(date(2026, 2, 24), "said", "Published in", "The Lindholm Post")],
    )
