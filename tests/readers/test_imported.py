"""Readers see that a check was imported, and old addresses lead to it."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils.translation import override
from lxml import html

from articles.models import Claim
from tests import newsroom
from tests.articles.archive.files import imported, row, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(tmp_path: Path, people: SimpleNamespace) -> Claim:
    """A claim from an archive."""
    rows = [row(1), row(2, url="https://old.example/?p=17"), row(3, url="https://old.example/çay/söz/", rating="Odd")]
    items = imported(written(tmp_path, rows), people.editor, site="https://old.example", origin="Old Checks")
    return Claim.objects.get(pk=items[0].claim_id)


def page(client: Client, claim: Claim, prefix: str = "") -> str:
    return client.get(f"{prefix}/claims/{claim.slug}/").content.decode()


def test_claim_page_says_where_it_comes_from_and_when_it_was_checked(client: Client, claim: Claim) -> None:
    shown = page(client, claim)
    [line] = html.fromstring(shown).find_class("imported")
    assert line.text_content().startswith("Imported from our earlier site (Old Checks), checked on 2 April 2019.")
    assert "it was not checked again" in shown
    assert "Then somebody who had no part" not in shown
    assert 'href="https://www.old.example/checks/1/"' in shown


@pytest.mark.parametrize("language", ["az", "hy", "ru", "tr", "ar"])
def test_claim_page_says_it_in_every_language(client: Client, claim: Claim, language: str) -> None:
    shown = page(client, claim, f"/{language}")
    assert "Old Checks" in shown
    assert "Imported from our earlier site" not in shown


def test_other_claims_say_nothing_of_it(client: Client, claim: Claim, people: SimpleNamespace) -> None:
    shown = page(client, newsroom.published(people))
    assert "earlier site" not in shown
    assert "A second, who was not involved, reviewed and approved it" in shown


def test_claim_review_keeps_the_first_day(client: Client, claim: Claim) -> None:
    source = page(client, claim).partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(source)["datePublished"] == "2019-04-02"


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_datafeed_keeps_the_first_day(client: Client, claim: Claim) -> None:
    response = client.get("/feeds/claimreview.json")
    feed = json.loads(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    [item] = [one for one in feed["dataFeedElement"] if one["url"].endswith(f"/claims/{claim.slug}/")]
    assert item["dateCreated"] == item["item"][0]["datePublished"] == "2019-04-02"


def test_feeds_and_api_name_the_origin(client: Client, claim: Claim) -> None:
    items = client.get("/feeds/claims.json").json()["items"]
    assert {item["_factcheck"]["imported"]["from"] for item in items} == {"Old Checks"}
    assert "Imported from our earlier site" in client.get("/feeds/claims.atom").content.decode()
    record = client.get(f"/api/v1/claims/{claim.pk}/").json()
    assert record["imported"]["url"] == "https://www.old.example/checks/1/"


@pytest.mark.parametrize("address", ["/checks/1/", "/checks/1", "/checks/1/?utm_source=x"])
def test_old_address_leads_to_the_claim(client: Client, claim: Claim, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/claims/{claim.slug}/")


def test_old_address_of_a_draft_and_unknown_ones_stay_unknown(client: Client, claim: Claim) -> None:
    for address in ("/çay/söz/", "/checks/99/", "/admin/checks/1/"):
        assert client.get(address).status_code in (302, 404), address
    assert client.post("/checks/1/").status_code == 404
    assert client.get("/çay/söz/").status_code == 404


def test_pages_of_this_site_are_not_redirected(client: Client, people: SimpleNamespace, tmp_path: Path) -> None:
    path = written(tmp_path, [row(1, url="https://old.example/methodology/"), row(2, url="https://old.example/")])
    imported(path, people.editor, site="https://old.example")
    assert client.get("/methodology/").status_code == 200
    assert client.get("/").status_code == 200


def test_retraction_page_still_says_it(client: Client, claim: Claim, people: SimpleNamespace) -> None:
    newsroom.take(claim, "retract", people.editor, comment="We cannot stand by it.")
    with override("en"):
        assert "Imported from our earlier site (Old Checks)" in page(client, claim)
