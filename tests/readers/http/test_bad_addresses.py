"""Whatever somebody types into the address: 400 with advice, 404, or an answer; never a 500."""

import pytest

from tests import newsroom
from tests.readers.conftest import page, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("/claims/?cursor=x", "Start again from its first page"),
        ("/claims/?cursor=%00", "holds a character that no text has"),
        ("/claims/?cursor=ééé", "Start again from its first page"),
        ("/articles/?cursor=AAAA", "Start again from its first page"),
        ("/claimants/?cursor=x", "Start again from its first page"),
        ("/sources/?cursor=x", "Start again from its first page"),
        ("/corrections/?cursor=x", "Start again from its first page"),
        ("/corrections/?kind=major", "no kind of correction called “major”"),
        ("/corrections/?from=2026-03-02&to=2026-03-01", "The first day of the period is after its last day"),
        ("/feeds/corrections.atom?kind=x", "no kind of correction"),
        ("/claims/?from=abc", "“abc” is not a date. Write it as 2026-03-31."),
        ("/claims/?to=2026-02-30", "“2026-02-30” is not a date"),
        ("/claims/?from=2026-W12-1", "is not a date"),
        ("/claims/?from=0001-01-01", "is not a date"),
        ("/claims/?to=9999-12-31", "is not a date"),
        ("/claims/?from=2026-03-02&to=2026-03-01", "The first day of the period is after its last day"),
        ("/claims/?q=%00", "holds a character that no text has"),
        ("/claims/?claimant=%00", "holds a character that no text has"),
        ("/claims/{slug}/history/?from=abc", "“abc” is not the number of a revision"),
        ("/claims/{slug}/history/?from=٣", "is not the number of a revision"),
        ("/claims/{slug}/history/?from=1&to=7", "This claim has no revision 7."),
        ("/claims/{slug}/history/?to=99999999999999999999999", "This claim has no revision"),
        ("/sitemaps/claims-1.xml", "no such part of the sitemap"),
        ("/sitemaps/articles-99999999999999999999999999999999.xml", "no such part of the sitemap"),
        ("/sitemaps/people-0.xml", "no such part of the sitemap"),
        ("/feeds/claims.atom?cursor=x", "Start again from its first page"),
        ("/articles/a-bridge-for-lindholm/feed.json?cursor=AAAA", "Start again from its first page"),
        ("/embed/{slug}/?theme=pink", "A theme is light or dark"),
    ],
)
def test_a_bad_address_is_refused_with_advice(client, people, address, advice):
    claim = newsroom.published(people)
    document = page(client, address.format(slug=claim.slug), status=400)
    assert advice in words(document.xpath("//main")[0])
    assert document.xpath("//a[contains(@class, 'button')]/@href")


@pytest.mark.parametrize(
    "q",
    [
        "%2D" * 50,
        "%2D%20" * 50,
        "%22" * 99,
        "a" * 5000,
        "%27%29%3B--",
        "%3A%2A",
        "%26%7C%21",
        "or%20or%20-%20or",
        "%ED%A0%80",
        "%FF",
        "%F0%9F%91%8D",
        "%20",
        "-a%20" * 100,
    ],
)
def test_any_search_text_is_answered_with_200(client, people, q):
    newsroom.published(people)
    page(client, f"/claims/?q={q}")


def test_a_search_that_is_too_long_is_cut_and_says_so(client, db):
    cut = "We searched for the first 20,000 characters only."
    assert cut in words(page(client, f"/claims/?q={'word ' * 4001}"))
    assert cut not in words(page(client, f"/claims/?q={'word ' * 3999}"))


@pytest.mark.parametrize(
    "query",
    [
        "rating=" + ",".join(map(str, range(5000))),
        "&".join(f"rating={number}" for number in range(3000)),
        "&".join(f"{name}={name * 1500}" for name in ("topic", "claimant", "article", "source", "language")),
    ],
)
def test_a_long_query_makes_a_page_no_longer_than_in_proportion(client, people, query):
    """Filters stand in each other's links: five thousand verdicts once made a page of 170 megabytes."""
    newsroom.published(people)
    bare = len(client.get("/claims/").content)
    answered = client.get(f"/claims/?{query}")
    assert answered.status_code == 200
    assert len(answered.content) < bare + 10 * len(query)


@pytest.mark.parametrize(
    "address",
    [
        "/claims/nope/",
        "/claims/nope/history/",
        "/claims/nope/r1/",
        "/claims/%00/",
        "/claims/a%00b/r1/",
        "/claims/%FF/",
        "/claims/" + "a" * 3000 + "/",
        "/articles/nope/",
        "/articles/%00/",
        "/articles/00000000-0000-0000-0000-000000000000/",
        "/claimants/nope/",
        "/sources/nope/",
        "/sources/%00/",
        "/nothing/here",
    ],
)
def test_a_missing_page_is_404_with_an_explanation(client, db, address):
    document = page(client, address, status=404)
    assert words(document.xpath("//h1")[0]) == "There is nothing at this address"
    assert document.xpath("//form[@role='search']")


@pytest.mark.parametrize("address", ["/", "/topics/", "/feeds/claims.atom", "/claims/nope/"])
def test_readers_pages_are_read_only(client, db, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code in (200, 404)


def test_unknown_parameters_do_no_harm(client, people):
    newsroom.published(people)
    assert client.get("/claims/?utm_source=x&page=7&q[]=1").status_code == 200


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_error_pages_render_without_request_and_database(code):
    from django.template.loader import get_template

    assert f'<p class="code">{code}</p>' in get_template(f"{code}.html").render()
