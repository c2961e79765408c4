"""What readers and partners find after a merge: one page, with all claims, and old addresses that lead there."""

from types import SimpleNamespace
from typing import Any

import pytest

from articles.models import Claimant, Topic
from articles.services.library import claimants, merging, topics
from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
AT = newsroom.AT


def merge(row: Any, into: Any, people: SimpleNamespace) -> None:
    row, into = type(row).objects.get(pk=row.pk), type(into).objects.get(pk=into.pk)
    merging.merge(row=row, into=into, by=people.editor, at=AT, version=row.version, into_version=into.version)


@pytest.fixture
def two(people: SimpleNamespace) -> tuple[Claimant, Claimant]:
    """Two claimants, each with a published claim."""
    made = []
    for name, quote in (("WHO", newsroom.QUOTE), ("World Health Organization", "4,000 vehicles a day")):
        who = claimants.add_claimant(by=people.reporter, at=AT, name=name)
        newsroom.published(people, claimant=who, text=f"{name} says so", quote=quote, topics=[f"Topic of {name}"])
        made.append(who)
    return made[0], made[1]


def test_the_page_of_a_merged_claimant_leads_to_the_one_that_stayed(
    client: Any, people: SimpleNamespace, two: tuple[Claimant, Claimant]
) -> None:
    gone, stays = two
    before = client.get(f"/claimants/{stays.slug}/")
    merge(gone, stays, people)
    answer = client.get(f"/claimants/{gone.slug}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/claimants/{stays.slug}/")
    page = client.get(f"/claimants/{stays.slug}/", headers={"If-None-Match": before["ETag"]})
    assert page.status_code == 200
    assert "WHO says so" in page.content.decode()
    listed = client.get("/claimants/").content.decode()
    assert (f"/claimants/{stays.slug}/" in listed, f"/claimants/{gone.slug}/" in listed) == (True, False)


def test_a_merged_page_stays_while_the_other_is_not_public(
    client: Any, people: SimpleNamespace, two: tuple[Claimant, Claimant]
) -> None:
    unknown = claimants.add_claimant(by=people.reporter, at=AT, name="World Health Org", kind="organisation")
    merge(two[0], unknown, people)
    assert client.get(f"/claimants/{two[0].slug}/").status_code == 200


def test_the_read_api_leads_from_a_merged_id(
    client: Any, people: SimpleNamespace, two: tuple[Claimant, Claimant]
) -> None:
    gone, stays = two
    merge(gone, stays, people)
    answer = client.get(f"/api/v1/claimants/{gone.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/api/v1/claimants/{stays.pk}/")
    for which in (gone.pk, stays.pk):
        found = client.get("/api/v1/claims/", {"claimant": str(which)}).json()["results"]
        assert {row["claim"]["claimant"]["name"] for row in found} == {"WHO", "World Health Organization"}


def test_a_merged_source_has_all_evidence_on_one_page(client: Any, people: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    gone, stays = (row.source for row in claim.evidence.all())
    merge(gone, stays, people)
    answer = client.get(f"/sources/{gone.slug}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/sources/{stays.slug}/")
    assert "page 4" in client.get(f"/sources/{stays.slug}/").content.decode()
    assert client.get(f"/api/v1/sources/{gone.pk}/").status_code == 301


def test_a_topic_counts_each_claim_once_under_one_spelling(
    client: Any, people: SimpleNamespace, two: tuple[Claimant, Claimant]
) -> None:
    gone = Topic.objects.get(name="Topic of WHO")
    stays = Topic.objects.get(name="Topic of World Health Organization")
    merge(gone, stays, people)
    stays.refresh_from_db()
    topics.rename_topic(topic=stays, name="Health/Care", by=people.editor, at=AT, version=stays.version)
    answer = client.get("/topics/Topic%20of%20WHO/")
    assert (answer.status_code, answer["Location"]) == (301, "/topics/Health/Care/")
    page = client.get("/topics/Health/Care/").content.decode()
    assert "WHO says so" in page
    assert "World Health Organization says so" in page
    listed = client.get("/topics/").content.decode()
    assert "Topic of" not in listed
    assert "/topics/Health/Care/" in client.get("/sitemaps/topics.xml").content.decode()
    assert client.get("/az/topics/Topic%20of%20WHO/")["Location"] == "/az/topics/Health/Care/"
