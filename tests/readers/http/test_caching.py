"""Headers: a page is named by its record, is never stale, and never personal."""

import pytest
from django.urls import reverse

from articles.services.claims import claims
from readers.http import page_names
from tests import newsroom
from tests.readers.conftest import LATER, correct, full

pytestmark = pytest.mark.django_db
CACHE_CONTROL = "public, max-age=0, s-maxage=30, stale-while-revalidate=30, stale-if-error=43200"
CACHE_HEADERS = ("Cache-Control", "CDN-Cache-Control", "Surrogate-Key")
ADDRESSES = [
    "/",
    "/claims/",
    "/claims/?q=bridge",
    "/claims/{slug}/",
    "/claims/{slug}/r1/",
    "/claims/{slug}/history/",
    "/articles/",
    "/articles/a-bridge-for-lindholm/",
    "/claimants/",
    "/claimants/ingrid-sundqvist/",
    "/sources/",
    "/sources/final-accounts-2019/",
    "/corrections/",
    "/corrections/?kind=verdict&from=2026-01-01",
    "/methodology/",
    "/figures/",
    "/figures.csv",
    "/trust/",
    "/feeds/corrections.atom",
    "/feeds/corrections.json",
    "/feeds/claims.atom",
    "/feeds/claims.json",
    "/topics/Transport/feed.atom",
    "/articles/a-bridge-for-lindholm/feed.json",
    "/claimants/ingrid-sundqvist/feed.atom",
    "/sitemap.xml",
    "/sitemaps/claims-0.xml",
    "/claims/{slug}/card.png",
    "/embed/{slug}/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_readers_page_may_be_cached_and_is_revalidated(client, people, settings, address):
    settings.CACHE_KEY_HEADERS = ["Surrogate-Key"]
    claim = full(people)
    client.force_login(people.editor)
    response = client.get(address.format(slug=claim.slug))
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == CACHE_CONTROL
    assert response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not response.cookies
    again = client.get(address.format(slug=claim.slug), headers={"if-none-match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == response.headers["ETag"]
    assert [again.headers[name] for name in CACHE_HEADERS] == [response.headers[name] for name in CACHE_HEADERS]
    assert response.headers["Surrogate-Key"].endswith("site")
    weak = client.get(address.format(slug=claim.slug), headers={"if-none-match": f"W/{response.headers['ETag']}"})
    assert weak.status_code == 304
    assert client.get(address.format(slug=claim.slug), headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a not in ("/methodology/", "/claims/?q=bridge")])
def test_a_correction_changes_the_etag_of_every_page_that_shows_it(client, people, address):
    claim = full(people)
    before = client.get(address.format(slug=claim.slug)).headers["ETag"]
    correct(claim, people)
    after = client.get(address.format(slug=claim.slug), headers={"if-none-match": before})
    assert after.status_code == 200
    assert after.headers["ETag"] != before


def test_another_claims_record_keeps_a_claim_pages_etag(client, people):
    address = reverse("readers:claim", args=[full(people).slug])
    before = client.get(address).headers["ETag"]
    newsroom.published(people)
    assert client.get(address, headers={"if-none-match": before}).status_code == 304


def test_desk_edits_keep_a_claim_pages_etag(client, people):
    claim = full(people)
    address = reverse("readers:claim", args=[claim.slug])
    before = client.get(address)
    claim = newsroom.take(claim, "recheck", people.editor)
    claims.edit(claim=claim, by=people.reporter, at=LATER, version=claim.version, text="Something else")
    after = client.get(address)
    assert (after.headers["ETag"], after.content) == (before.headers["ETag"], before.content)


def test_a_cached_page_has_the_same_bytes(client, people):
    address = reverse("readers:claim", args=[full(people).slug])
    made, kept = client.get(address), client.get(address)
    assert (kept.content, kept.headers["Content-Type"]) == (made.content, made.headers["Content-Type"])


def test_two_pages_of_one_record_have_different_etags(client, people):
    slug = full(people).slug
    names = {
        client.get(reverse(f"readers:{name}", args=args)).headers["ETag"]
        for name, args in (("claim", [slug]), ("revision", [slug, 1]), ("history", [slug]))
    }
    assert len(names) == 3


def test_spellings_of_one_comparison_share_a_cache_entry(client, people):
    """Comparing two revisions takes a while: blanks in the address were a way to have it done again and again."""
    address = reverse("readers:history", args=[correct(full(people), people).slug])
    names = {client.get(f"{address}?from={old}&to=2").headers["ETag"] for old in ("1", "%201", "1%20%20")}
    assert len(names) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_NAME", "Another newsroom"),
        ("LANGUAGES", [("en", "English")]),
        ("TIME_ZONE", "Asia/Baku"),
        ("STATIC_URL", "/files/"),
    ],
)
def test_the_build_is_part_of_the_etag(settings, name, value):
    first = page_names.etag("x")
    setattr(settings, name, value)
    assert page_names.etag("x") != first


def test_parts_of_an_etag_are_separated():
    assert page_names.etag("ab", "c") != page_names.etag("a", "bc")


@pytest.mark.parametrize("module", ["text.py", "workflow.py", "choices.py", "selectors/readers/newsroom/figures.py"])
def test_modules_with_texts_of_pages_are_part_of_the_etags_fingerprint(settings, module):
    """A page's words come from more than the templates: whoever had it would never have seen the new ones."""
    built = {path for pattern in page_names._BUILT_FROM for path in settings.BASE_DIR.glob(pattern)}
    assert settings.BASE_DIR / "articles" / module in built


def test_a_changed_theme_image_changes_the_etags(settings, tmp_path):
    settings.DEBUG, settings.THEME_DIR = True, tmp_path
    logo = tmp_path / "static" / "factcheck" / "logo.png"
    logo.parent.mkdir(parents=True)
    names = set()
    for picture in (b"one", b"another"):
        logo.write_bytes(picture)
        names.add(page_names.etag("x"))
    assert len(names) == 2


def test_readers_pages_allow_no_script_but_those_that_verify_and_share(client, people):
    scripted = {reverse("readers:claim", args=[full(people).slug]), "/articles/a-bridge-for-lindholm/"}
    for address in ("/", *scripted, "/claimants/nope/", "/claims/?cursor=x"):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert ("script-src 'self'" if address in scripted else "script-src 'none'") in policy
        assert "default-src 'none'" in policy
        assert "style-src 'self'" in policy


@pytest.mark.parametrize(
    "address",
    [
        "/claims/nope/",
        "/az/claims/nope/",
        "/claims/nope/r1/",
        "/claims/nope/history/",
        "/claims/nope/card.png",
        "/claims/nope/r1.tlog-proof",
        "/embed/nope/",
        "/oembed?url=http://testserver/claims/nope/",
        "/articles/nope/",
        "/topics/nope/",
        "/topics/nope/feed.atom",
        "/about/",
        "/log/tile/0/999",
        "/nowhere",
        "/static/nope.css",
        "/api/v1/claims/00000000-0000-4000-8000-000000000000/",
        "/api/v1/claims/00000000-0000-4000-8000-000000000000/revisions/1/",
        "/api/v1/nowhere/",
        "/v1alpha1/claims:imageSearch",
    ],
)
def test_no_cache_keeps_a_404(client, db, address):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
    assert "CDN-Cache-Control" not in answer.headers


@pytest.mark.parametrize("address", ["/claims/nope", "/en/claims/", "/api/"])
def test_no_cache_keeps_a_redirect_without_a_time(client, db, address):
    answer = client.get(address)
    assert (answer.status_code // 100, answer.headers["Cache-Control"]) == (3, "no-store")


def test_a_claim_published_after_a_404_is_shown_at_once(client, people, settings):
    """Also by the process's own cache of pages."""
    settings.PAGE_SECONDS = 60.0
    claim = newsroom.in_stage("approved", people)
    address = reverse("readers:claim", args=[claim.slug])
    assert client.get(address).status_code == 404
    newsroom.take(claim, "publish", people.editor)
    assert client.get(address).status_code == 200


def test_without_stale_seconds_caches_must_ask_again(client, db, settings):
    settings.STALE_WHILE_REVALIDATE_SECONDS = settings.STALE_IF_ERROR_SECONDS = 0
    assert client.get("/claims/").headers["Cache-Control"] == "public, max-age=0, s-maxage=30, must-revalidate"
