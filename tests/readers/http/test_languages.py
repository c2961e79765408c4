"""The same pages in every language: the address decides, and what a record says stays as it is."""

import re

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation

from articles import claim_addresses, text
from articles.models import Claim
from readers.http import languages
from readers.http.template_globals import translated_label
from tests import claim_copies
from tests.readers.conftest import arabic, correct, full, page, words

pytestmark = pytest.mark.django_db

PREFIXED = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
#: Of the pages' own links, those that lead to files for machines; they are the same in every language.
_FILES = re.compile(r"/(?:static|api|log|feeds/claimreview\.json|claims/[^/]+(?:/r\d+\.tlog-proof|\.jsonld))")


@pytest.fixture
@claim_copies.kept
def claim(people) -> Claim:
    return correct(full(people), people)


def _pages(claim: Claim) -> list[str]:
    """One page of each kind, without prefix."""
    return [
        "/",
        "/claims/",
        "/claims/?rating=false&from=2026-01-01",
        f"/claims/{claim.slug}/",
        f"/claims/{claim.slug}/history/",
        f"/claims/{claim.slug}/r1/",
        "/articles/",
        "/articles/a-bridge-for-lindholm/",
        "/claimants/",
        "/claimants/ingrid-sundqvist/",
        "/sources/",
        "/sources/final-accounts-2019/",
        "/topics/",
        "/topics/Transport/",
        "/corrections/",
        "/methodology/",
    ]


@pytest.mark.parametrize("language", PREFIXED)
def test_every_page_comes_in_the_language_of_its_address_and_leads_on_in_it(client, claim, language):
    for path in _pages(claim):
        document = page(client, f"/{language}{path}")
        assert document.get("lang") == language, path
        assert document.get("dir") == ("rtl" if language == "ar" else "ltr"), path
        inside = document.xpath("//*[not(ancestor-or-self::nav[@class='languages']) and not(@hreflang)]/@href")
        inside += document.xpath("//form/@action")
        own = [href for href in inside if href.startswith("/") and not _FILES.match(href)]
        assert own, path
        assert [href for href in own if not href.startswith(f"/{language}/")] == [], path


def test_the_default_language_has_no_prefix_and_headers_do_not_choose_the_language(client, claim):
    response = client.get("/claims/", headers={"accept-language": "ru", "cookie": "django_language=ar"})
    assert b'<html lang="en"' in response.content
    assert "Vary" not in response.headers
    assert not response.cookies


def test_the_default_languages_prefix_redirects_to_the_address_without_it(client):
    response = client.get("/en/claims/?q=bridge%20cost")
    assert (response.status_code, response["Location"]) == (301, "/claims/?q=bridge%20cost")


@pytest.mark.parametrize("path", ["/en//elsewhere.example/", "/en/\\elsewhere.example/", "/en///elsewhere.example/"])
def test_the_default_languages_prefix_never_redirects_to_another_site(client, path):
    location = client.get(path)["Location"]
    assert location.startswith("/elsewhere.example")


@pytest.mark.parametrize("path", ["/xx/claims/", "/AZ/claims/", "/az/az/claims/", "/ru/admin/", "/ru/api/v1/claims/"])
def test_an_unknown_page_below_a_language_prefix_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_language_prefix_without_slash_redirects(client):
    assert client.get("/az")["Location"] == "/az/"


def test_a_404_page_is_in_the_language_of_its_address(client):
    document = page(client, "/ru/nothing/", status=404)
    assert "Страница не найдена" in words(document)
    assert "/az/" in document.xpath("//nav[@class='languages']//a/@href")


def test_every_page_names_its_other_languages_with_hreflang(client, claim):
    path = "/topics/Transport/"
    told = set()
    for prefix in ["", *(f"/{code}" for code in PREFIXED)]:
        document = page(client, prefix + path)
        assert document.xpath("//link[@rel='canonical']/@href") == [f"{settings.SITE_URL}{prefix}{path}"]
        links = document.xpath("//link[@rel='alternate'][@hreflang]")
        told.add(tuple(sorted((link.get("hreflang"), link.get("href")) for link in links)))
    expected = {("en", f"{settings.SITE_URL}{path}"), ("x-default", f"{settings.SITE_URL}{path}")}
    expected |= {(code, f"{settings.SITE_URL}/{code}{path}") for code in PREFIXED}
    assert told == {tuple(sorted(expected))}, "all twins name the same set"


@pytest.mark.parametrize("prefix", ["", *(f"/{code}" for code in PREFIXED)])
def test_each_page_of_a_claim_names_the_one_in_the_claims_language_as_canonical(client, claim, people, prefix):
    other = arabic(people)
    for shown, own in ((claim, ""), (other, "/ar")):
        document = page(client, f"{prefix}/claims/{shown.slug}/")
        address = claim_addresses.canonical_address(shown.slug, shown.language)
        assert address.startswith(f"{settings.SITE_URL}{own}/claims/")
        assert document.xpath("//link[@rel='canonical']/@href") == [address]
        assert document.xpath("//meta[@property='og:url']/@content") == [address]
        assert document.xpath("//link[@hreflang]") == [], "there is one such page"
        reviews = document.xpath("//script[@type='application/ld+json']")
        assert len(reviews) == (1 if prefix == own else 0)
        told = "has not been translated" in words(document) if not prefix else None
        assert told in (None, shown is other)


def test_a_permalink_has_no_hreflang_but_a_language_menu(client, claim):
    document = page(client, f"/az/claims/{claim.slug}/r1/")
    assert document.xpath("//link[@hreflang]") == []
    assert f"/ru/claims/{claim.slug}/r1/" in document.xpath("//nav[@class='languages']//a/@href")


def test_the_language_menu_names_each_language_in_itself_and_marks_this_one(client):
    menu = page(client, "/hy/").xpath("//nav[@class='languages']")[0]
    names = [words(a) for a in menu.xpath(".//a")]
    assert names[:5] == ["English", "Azərbaycanca", "Հայերեն", "Русский", "Türkçe"]
    assert [a.get("lang") for a in menu.xpath(".//a[@aria-current]")] == ["hy"]
    assert words(menu.xpath("ancestor::details/summary")[0]).endswith("Հայերեն")


def test_the_menu_keeps_a_search_and_a_comparison_and_takes_over_nothing_else(client, claim):
    def menu(address: str) -> str:
        return page(client, address).xpath("//nav[@class='languages']//a[@lang='az']/@href")[0]

    assert menu("/claims/?q=bridge&rating=false") == "/az/claims/?q=bridge&rating=false"
    history = f"/claims/{claim.slug}/history/"
    assert menu(f"{history}?from=1&to=2") == f"/az{history}?from=1&to=2"
    assert menu(f"/claims/{claim.slug}/?utm_source=evil") == f"/az/claims/{claim.slug}/"


def test_the_page_cache_separates_languages(client, claim):
    path = f"/claims/{claim.slug}/"
    first, other, again = client.get(path), client.get(f"/ru{path}"), client.get(path)
    assert first["ETag"] == again["ETag"] != other["ETag"]
    assert first.content == again.content
    assert "Утверждение" in other.content.decode()
    assert client.get(f"/ru{path}", headers={"if-none-match": other["ETag"]}).status_code == 304
    assert client.get(f"/ru{path}", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_records_words_are_the_same_in_every_language(client, people):
    for claim in (full(people), arabic(people)):
        said = set()
        for prefix in ["", *(f"/{code}" for code in PREFIXED)]:
            document = page(client, f"{prefix}/claims/{claim.slug}/")
            marked = document.xpath("//*[@data-record and not(@data-sha256)]")
            said.add(tuple(sorted((node.get("data-record"), words(node)) for node in marked)))
            title = document.xpath("//h1")[0]
            assert (title.get("lang"), title.get("dir")) == (
                claim.language,
                "rtl" if claim.language == "ar" else "ltr",
            )
        assert len(said) == 1


def test_notes_on_corrections_say_what_language_they_are_in(client, people):
    claim = correct(full(people), people, note="We had misread the accounts.")
    for address in ("/ru/corrections/", "/ru/", f"/ru/claims/{claim.slug}/history/"):
        notes = page(client, address).xpath("//*[contains(text(), 'We had misread')]/@lang")
        assert notes == ["en"], address


def test_a_verdict_is_in_the_readers_language_and_the_records_own_word_among_the_facts_of_the_record(client, people):
    claim = full(people)
    document = page(client, f"/tr/claims/{claim.slug}/")
    assert words(document.xpath("//*[contains(@class, 'verdict')]")[0]) == "Yanlış"
    [own] = document.xpath("//*[@data-record='verdict']")
    assert words(own) == "False"
    assert own.xpath("ancestor::dl"), "away from the verdict"
    assert "False" not in words(document.xpath("//title")[0])
    [said] = page(client, f"/claims/{claim.slug}/").xpath("//*[@data-record='verdict']")
    assert words(said) == "False"
    assert said.xpath("ancestor::*[contains(@class, 'verdict')]"), "one word says both"


def test_the_translated_definition_is_shown_once_and_the_records_own_with_all_verdicts(client, people):
    claim, own = full(people), "The evidence we found contradicts the claim."
    said = gloss_in("tr", own)
    assert said
    [defined] = page(client, f"/tr/claims/{claim.slug}/").xpath("//p[@class='definition']")
    assert words(defined).startswith(said)
    assert own not in words(defined)
    [more] = defined.xpath("./a/@href")
    assert own in client.get(more.partition("#")[0]).content.decode()


def test_a_newsrooms_own_rating_is_not_translated():
    assert gloss_in("tr", "Pants on fire") == ""
    assert gloss_in("tr", "") == ""
    assert gloss_in("en", "False") == "", "the page would say it twice"
    assert gloss_in("tr", "False") == "Yanlış", "whoever's rating it is: the words say the same"


def gloss_in(language: str, said: str) -> str:
    with translation.override(language):
        return translated_label(said)


@pytest.mark.parametrize(
    ("tag", "direction", "name"),
    [
        ("ar", "rtl", "Arabic"),
        ("az-Arab", "rtl", "Azerbaijani"),
        ("ar-Latn", "ltr", "Arabic"),
        ("pt-BR", "ltr", "Brazilian Portuguese"),
        ("zh-Hant", "ltr", "Traditional Chinese"),
        ("ar-EG", "rtl", "Arabic"),
        ("xx", "ltr", "xx"),
    ],
)
def test_a_language_tag_with_script_or_region_is_read_whole(tag, direction, name):
    assert (text.direction(tag), text.language_name(tag)) == (direction, name)


def test_a_feed_is_in_the_language_of_its_address_and_each_entry_in_that_of_its_claim(client, claim):
    feed = client.get("/ru/feeds/claims.json").json()
    assert feed["language"] == "ru"
    assert feed["title"] != client.get("/feeds/claims.json").json()["title"]
    assert feed["items"][0]["url"] == f"{settings.SITE_URL}/claims/{claim.slug}/"
    assert feed["items"][0]["title"].startswith("Corrected: ")
    assert feed["items"][0]["language"] == "en"
    assert feed["items"][0]["id"] == client.get("/feeds/claims.json").json()["items"][0]["id"]
    atom = client.get("/az/feeds/claims.atom").content.decode()
    assert 'xml:lang="az"' in atom
    assert f"{settings.SITE_URL}/claims/{claim.slug}/" in atom


def test_each_language_has_a_sitemap_and_robots_name_them_all(client, claim):
    robots = client.get("/robots.txt").content.decode()
    for prefix in ["", *(f"/{code}" for code in PREFIXED)]:
        assert f"Sitemap: {settings.SITE_URL}{prefix}/sitemap.xml\n" in robots
        index = client.get(f"{prefix}/sitemap.xml").content.decode()
        assert f"<loc>{settings.SITE_URL}{prefix}/sitemaps/claims-0.xml</loc>" in index
        sitemap = client.get(f"{prefix}/sitemaps/claims-0.xml").content.decode()
        entry = f"<loc>{settings.SITE_URL}/claims/{claim.slug}/</loc>"
        assert (entry in sitemap) is (not prefix), "it is in the sitemap of its own language"


def test_the_logs_key_and_proofs_have_no_language_prefix(client, claim):
    document = page(client, f"/ar/claims/{claim.slug}/")
    verify = document.xpath("//*[@data-verify]")[0]
    assert verify.get("data-proof") == f"/claims/{claim.slug}/r2.tlog-proof"
    assert verify.get("data-key") == "/log/key"
    assert client.get("/ar/log/key").status_code == 404


def test_advice_on_a_bad_address_is_in_its_language(client, claim):
    assert "не дата" in words(page(client, "/ru/claims/?from=abc", status=400))
    assert "tarix deyil" in words(page(client, "/az/claims/?from=abc", status=400))


def test_a_claims_history_is_in_the_language_of_the_address(client, claim):
    changes = words(page(client, f"/ru/claims/{claim.slug}/history/").xpath("//div[@class='changes']")[0])
    assert "Вердикт" in changes
    assert "Вводит в заблуждение" in changes
    assert "Misleading" not in changes


@override_settings(LANGUAGE_CODE="az")
def test_the_default_language_can_be_changed():
    twins = {twin.code: twin.path for twin in languages.language_links("/en/claims/")}
    assert twins["az"] == "/claims/"
    assert twins["en"] == "/en/claims/"
