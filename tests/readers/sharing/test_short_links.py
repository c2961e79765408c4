"""Short addresses of claims: they last, in every language and after every record."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from articles.models import Record
from articles.selectors.readers.by_address import find_by_address
from tests import newsroom
from tests.readers.conftest import LATER, arabic, correct, full, page

pytestmark = pytest.mark.django_db


def _numbers(claim):
    return list(Record.objects.filter(claim_id=claim.pk).order_by("seq").values_list("seq", flat=True))


def test_a_short_link_leads_to_the_page_and_outlives_corrections_and_a_retraction(client, people):
    newsroom.published(people)
    claim = full(people)
    [first] = _numbers(claim)
    correct(claim, people)
    claim.refresh_from_db()
    newsroom.take(claim, "retract", people.editor, at=LATER, comment="The log was of another flight.")
    numbers = _numbers(claim)
    assert numbers[0] == first
    assert len(numbers) == 3
    for number in numbers:
        response = client.get(f"/c/{number}/")
        assert (response.status_code, response.headers["Location"]) == (301, f"/claims/{claim.slug}/")
    head = client.head(f"/c/{first}/")
    assert (head.status_code, head.headers["Location"]) == (301, f"/claims/{claim.slug}/")
    assert client.post(f"/c/{first}/").status_code == 405


def test_a_short_link_opens_in_the_claims_language_or_in_that_of_its_prefix(client, people):
    claim = arabic(people)
    [number] = _numbers(claim)
    for address, prefix in ((f"/c/{number}/", "/ar"), (f"/ru/c/{number}/", "/ru")):
        assert client.get(address).headers["Location"] == f"{prefix}{reverse('readers:claim', args=[claim.slug])}"
    with override("az"):
        assert reverse("readers:short", args=[number]) == f"/az/c/{number}/"


def test_a_claim_in_a_language_the_site_does_not_have_opens_in_the_newsrooms_own(client, people):
    claim = newsroom.published(people, language="fr")
    assert client.get(f"/c/{_numbers(claim)[0]}/").headers["Location"] == f"/claims/{claim.slug}/"


def test_a_short_link_is_kept_by_caches_like_a_page_and_forgotten_with_its_claim(client, people, settings):
    settings.CACHE_KEY_HEADERS = ["Surrogate-Key"]
    claim = full(people)
    kept = client.get(f"/c/{_numbers(claim)[0]}/").headers
    assert kept["Cache-Control"] == client.get(f"/claims/{claim.slug}/").headers["Cache-Control"]
    assert f"claim-{claim.pk}" in kept["Surrogate-Key"].split()


@pytest.mark.parametrize("number", ["0", "999", "9" * 30, "9" * 5000])
def test_a_number_of_no_record_is_not_there_and_not_kept(client, people, number):
    full(people)
    response = client.get(f"/c/{number}/")
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"


def test_every_page_of_a_claim_gives_the_number_of_its_first_record(client, people, settings):
    newsroom.published(people)
    claim = full(people)
    [first] = _numbers(claim)
    correct(claim, people)
    for path, prefix in (
        (f"/claims/{claim.slug}/", ""),
        (f"/claims/{claim.slug}/r1/", ""),
        (f"/tr/claims/{claim.slug}/", "/tr"),
    ):
        [shown] = page(client, path).xpath("//nav[@class='share-row']//p/a/@href")
        assert shown == f"{settings.SITE_URL}{prefix}/c/{first}/"


def test_a_page_in_the_claims_own_language_gives_the_shortest_link(client, people, settings):
    claim = arabic(people)
    [number] = _numbers(claim)
    path = reverse("readers:claim", args=[claim.slug])
    for prefix, given in (("/ar", ""), ("/ru", "/ru")):
        [shown] = page(client, prefix + path).xpath("//nav[@class='share-row']//p/a/@href")
        assert shown == f"{settings.SITE_URL}{given}/c/{number}/"


def test_oembed_knows_short_links(client, people, settings):
    claim = full(people)
    described = client.get("/oembed", {"url": f"{settings.SITE_URL}/c/{_numbers(claim)[0]}/"}).json()
    assert f"/embed/{claim.slug}/" in described["html"]
    for number in ("0", "999"):
        assert client.get("/oembed", {"url": f"{settings.SITE_URL}/c/{number}/"}).status_code == 404


def test_a_pasted_short_link_finds_its_claim(people, settings):
    newsroom.published(people)
    claim = full(people)
    for number in _numbers(correct(claim, people)):
        for link in (f"{settings.SITE_URL}/c/{number}/", f"{settings.SITE_URL}/ru/c/{number}/?utm_source=x"):
            assert [found.pk for found in find_by_address(link, limit=5).claims] == [claim.pk]
    for number in ("0", "99", "x", "9" * 30):
        assert find_by_address(f"{settings.SITE_URL}/c/{number}/", limit=5).claims == []
