"""Lists, search, and the pages of articles, claimants and sources."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse

from articles.services.verification import publishing
from tests import newsroom
from tests.readers.conftest import LATER, arabic, correct, full, page, words

pytestmark = pytest.mark.django_db


def _statements(document):
    """The statements of the listed claims, in order."""
    listed = "//div[@class='results'][not(ancestor::section[@class='closest'] or preceding-sibling::*[@class='empty'])]"
    return [words(node) for node in document.xpath(f"{listed}//p[@class='said']/*[@dir='auto']")]


@pytest.fixture
def claims_of_each_kind(people):
    """Three claims that each filter can tell apart."""
    return {
        "full": full(people),
        "arabic": arabic(people),
        "ferry": newsroom.published(people, rating="outdated", text="The ferry sank", quote="The old ferry"),
    }


FILTERS = (
    ("", ["ferry", "arabic", "full"]),
    ("?q=bridge", ["full"]),
    ("?q=bridges+costing", ["full"]),
    ("?q=sinking", []),
    ("?q=sank", ["ferry"]),
    ("?q=ميغاواط", ["arabic"]),
    ("?rating=outdated", ["ferry"]),
    ("?rating=outdated,false", ["ferry", "full"]),
    ("?rating=outdated&rating=mostly_true", ["ferry", "arabic"]),
    ("?claimant=ingrid-sundqvist", ["full"]),
    ("?article=a-bridge-for-lindholm", ["ferry", "full"]),
    ("?source=final-accounts-2019", ["full"]),
    ("?topic=Transport", ["full"]),
    ("?language=ar", ["arabic"]),
    ("?from=2026-03-02&to=2026-03-02", ["ferry", "arabic", "full"]),
    ("?from=2026-03-03", []),
    ("?to=2026-03-01", []),
    ("?rating=never_heard_of", []),
    ("?claimant=nobody", []),
)


def test_each_filter_of_the_claims_list_finds_its_claims(client, claims_of_each_kind):
    for query, expected in FILTERS:
        asked = query if "q=" in query or "language=" in query else f"{query or '?'}&language=*"
        document = page(client, f"/claims/{quote(asked, safe='?=&,+%*')}")
        assert _statements(document) == [claims_of_each_kind[name].text for name in expected], query
        [count] = document.xpath("//h2[@id='count']")
        assert words(count) == f"{len(expected)} fact check{'' if len(expected) == 1 else 's'}", query


def test_each_active_filter_has_a_link_that_removes_it(client, claims_of_each_kind):
    document = page(client, "/claims/?q=bridge&rating=false,outdated&claimant=ingrid-sundqvist&from=2026-03-01")
    removals = {words(a): a.get("href") for a in document.xpath("//ul[@class='active']//a")}
    assert removals == {
        "Remove: bridge ×": "?rating=false%2Coutdated&claimant=ingrid-sundqvist&from=2026-03-01",
        "Remove: Verdict: False ×": "?q=bridge&rating=outdated&claimant=ingrid-sundqvist&from=2026-03-01",
        "Remove: Verdict: Outdated ×": "?q=bridge&rating=false&claimant=ingrid-sundqvist&from=2026-03-01",
        "Remove: Said by: Ingrid Sundqvist ×": "?q=bridge&rating=false%2Coutdated&from=2026-03-01",
        "Remove: From: 1 March 2026 ×": "?q=bridge&rating=false%2Coutdated&claimant=ingrid-sundqvist",
        "Remove all": "/claims/",
    }


def test_the_filter_form_keeps_the_chosen_values(client, claims_of_each_kind):
    document = page(client, "/claims/?q=bridge&rating=false&claimant=ingrid-sundqvist&to=2026-03-09")
    [form] = document.xpath("//form[@class='finder']")
    assert dict(form.form_values()) == {
        "q": "bridge",
        "rating": "false",
        "claimant": "ingrid-sundqvist",
        "language": "",
        "from": "",
        "to": "2026-03-09",
    }


def test_an_empty_list_gives_advice(client, claims_of_each_kind):
    text = words(page(client, "/claims/?q=nonexistent"))
    assert "No fact checks match “nonexistent”." in text
    assert "Try fewer words" in text


def test_pages_of_a_list_link_to_each_other(client, people):
    made = [newsroom.published(people, text=f"Item {n} of the budget rose").text for n in range(23)]
    first = page(client, "/claims/?rating=true")
    [following] = first.xpath("//a[@rel='next']/@href")
    assert not first.xpath("//a[@rel='prev']")
    second = page(client, f"/claims/{following}")
    assert _statements(first) + _statements(second) == made[::-1]
    assert not second.xpath("//a[@rel='next']")
    [back] = second.xpath("//a[@rel='prev']/@href")
    assert _statements(page(client, f"/claims/{back}")) == _statements(first)
    assert "rating=true" in following


def test_a_count_of_results_stops_at_its_bound(client, people, monkeypatch):
    for _ in range(3):
        newsroom.published(people)
    monkeypatch.setattr("articles.selectors.readers.facets.CANDIDATES", 2)
    assert "More than 2 fact checks" in words(page(client, "/claims/"))


def test_an_article_page_lists_claims_in_the_order_of_its_text(client, people):
    later = newsroom.published(people, rating="outdated", text="The ferry sank", quote="The old ferry")
    first = full(people)
    twin = newsroom.published(people, text="The bridge was paid for")
    newsroom.in_stage("retracted", people, quote="Critics call it too narrow")
    document = page(client, reverse("readers:article", args=["a-bridge-for-lindholm"]))
    quotes = [words(q) for q in document.xpath("//ol[@class='passages']//blockquote//mark")]
    assert quotes == [newsroom.QUOTE, "The old ferry"], "nobody is said any more to have made a retracted claim"
    links = document.xpath("//ol[@class='passages']//a/@href")
    assert set(links[:2]) == {reverse("readers:claim", args=[c.slug]) for c in (first, twin)}
    assert links[2:] == [reverse("readers:claim", args=[c.slug]) for c in (later,)]
    rows = [words(row) for row in document.xpath("//table//tbody/tr")]
    assert sorted(rows) == ["False 1", "Outdated 1", "True 1"], "a retracted claim has no part in the balance"
    bars = document.xpath("//*[local-name()='rect']")
    assert [bar.get("width") for bar in bars] == ["33.333%"] * 3
    assert not document.xpath("//@style"), "the policy forbids inline styles"


def test_an_article_links_to_its_original(client, people):
    arabic(people)
    document = page(client, reverse("readers:article", args=["محطة-شمسية-جديدة"]))
    assert "https://al-hadaba.example/1" in document.xpath("//a/@href")
    [heading] = document.xpath("//h1")
    assert (heading.get("lang"), heading.get("dir")) == ("ar", "rtl")


def test_a_claimant_page_lists_claims_and_no_tally_of_ratings(client, people):
    claim = full(people)
    newsroom.published(people, text="Somebody else's claim")
    document = page(client, "/claimants/ingrid-sundqvist/")
    assert _statements(document) == [claim.text]
    assert "Mayor of Lindholm" in words(document)
    assert "https://www.wikidata.org/wiki/Q42" in document.xpath("//a/@href")
    assert not document.xpath("//table")


def test_a_source_page_lists_the_claims_that_cite_it(client, people):
    claim = full(people)
    document = page(client, "/sources/final-accounts-2019/")
    text = words(document.xpath("//main")[0])
    for part in (claim.text, "Contradicts the claim", "page 14", "Total: 17.4 million crowns.", "The city built"):
        assert part in text
    assert "Secretsson" not in text


def test_a_source_of_a_retracted_claim_alone_has_no_page(client, people):
    claim = full(people)
    newsroom.take(claim, "retract", people.editor, at=LATER, comment="We misread it.")
    page(client, "/sources/final-accounts-2019/", status=404)


def test_a_source_stays_when_the_attribution_is_kept_and_shows_no_retracted_claim(client, people):
    claim = full(people)
    publishing.retract(
        claim=claim, by=people.editor, at=LATER, version=claim.version, note="Wrong.", attribution="kept"
    )
    text = words(page(client, "/sources/final-accounts-2019/"))
    assert "No published fact check cites this source." in text
    assert "17.4" not in text


def test_indexes_list_published_articles_sources_and_claimants_only(client, people):
    full(people)
    arabic(people)
    for address, names in (
        ("/articles/", {"A bridge for Lindholm", "محطة شمسية جديدة"}),
        ("/claimants/", {"Ingrid Sundqvist"}),
        ("/sources/", {"Final accounts, 2019", "رخصة التشغيل"}),
    ):
        document = page(client, address)
        assert names <= {words(h) for h in document.xpath("//article/h2")}
        assert "Secretsson" not in words(document)


def test_the_corrections_page_lists_corrections_and_retractions(client, people):
    gone = newsroom.in_stage("retracted", people, text="The mayor came by helicopter")
    corrected = correct(full(people), people)
    newsroom.published(people, text="Never corrected")
    document = page(client, "/corrections/")
    entries = [words(entry) for entry in document.xpath("//article[contains(@class, 'correction')]")]
    assert len(entries) == 2
    assert entries[1].startswith("Retracted on 2 March 2026 The mayor came by helicopter We misread the source.")
    changed = "Before: False Now: Misleading"
    assert entries[0].startswith(f"Verdict changed on 5 March 2026 {corrected.text} {changed} We had misread")
    links = document.xpath("//article[contains(@class, 'correction')]//a/@href")
    assert reverse("readers:claim", args=[gone.slug]) in links
    [address] = [link for link in links if "/history/" in link and corrected.slug in link]
    assert page(client, address).xpath("//div[@class='change']")


def test_the_front_page_shows_the_newest_claims(client, people):
    corrected = correct(full(people), people)
    newest = newsroom.published(people)
    document = page(client, "/")
    said = "//section[@class='lead' or @aria-labelledby='newest']//p[@class='said']/q"
    assert [words(q) for q in document.xpath(said)] == [newest.text, corrected.text]
    assert "We had misread the accounts." in words(document.xpath("//section[@aria-labelledby='fixed']")[0])
    assert document.xpath("//form/@action") == ["/claims/"]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/claims/",
        "/articles/",
        "/claimants/",
        "/sources/",
        "/corrections/",
        "/methodology/",
        "/figures/",
        "/trust/",
        "/report/",
        "/suggest/",
    ],
)
def test_every_page_of_an_empty_newsroom_is_answered_with_200(client, db, address):
    assert len(page(client, address).xpath("//h1")) == 1


def test_the_methodology_describes_the_scale_and_the_steps(client, db):
    from articles import workflow
    from articles.models import Rating

    old = Rating.objects.get(key="misleading")
    old.retired_on = old.introduced_on + timedelta(days=30)
    old.save()
    document = page(client, "/methodology/")
    current, retired = document.xpath("//dl[@class='scale']")
    assert [words(dt) for dt in current.xpath(".//dt")] == list(
        Rating.objects.current().order_by("position").values_list("label", flat=True)
    )
    assert [words(dt) for dt in retired.xpath(".//dt")] == ["Misleading"]
    assert "31 January 2026" in words(retired)
    steps = [words(th) for th in document.xpath("//table[@class='steps']//th[@scope='row']")]
    assert steps == [transition.label for transition in workflow.TRANSITIONS]
    assert document.xpath("//*[@id='corrections']")
    assert "mailto:corrections@factcheck.example" in document.xpath("//a/@href")
