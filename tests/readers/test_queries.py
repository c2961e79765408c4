"""What each page reads, written out. A page that begins to read more says so here."""

import pytest
from django.core.cache import cache, caches
from django.urls import reverse

from tests import newsroom
from tests.readers.conftest import correct, full, page
from tests.sizes import size, sized

pytestmark = pytest.mark.django_db

READS = {
    "/": [
        *("pagerevision", "frontpin", "topicreading", "languages", "languages", "publishedclaim"),
        *("publishedclaimant", "publishedmerge", "TOPICS", "publishedfix", "record"),
    ],
    "/claims/": [
        *("rating", "head", "languages", "publishedclaim"),  # whether the list has several pages
        *("languages", "publishedclaim", "languages", "FACETS", "publishedclaimant", "publishedclaimant"),
    ],
    "/claims/?q=lindholm": [
        *("rating", "head", "languages", "RANKED", "publishedclaim", "languages"),
        *("publishedclaimant", "languages", "publishedword"),
        *("publishedlexeme", "publishedlexeme", "publishedclaimant"),  # the closest matches
    ],
    "/claims/?q=nothing+at+all": [
        *("rating", "head", "languages", "RANKED", "languages", "languages"),
        *("publishedword", "publishedword", "publishedword"),
        *("COUNT", "languages", "languages", "publishedclaim", "publishedclaimant"),
        *("publishedlexeme", "publishedlexeme"),  # the closest matches
    ],
    "/claims/{slug}/": ["publishedclaim", "record", "record"],  # its number, and what a correction changed
    "/claims/{slug}/r1/": ["publishedclaim", "record"],
    "/claims/{slug}/history/": ["publishedclaim", "record"],
    "/articles/": ["head", "publishedarticle"],
    "/articles/a-bridge-for-lindholm/": ["publishedarticle", "publishedchange", "publishedpassage", "BALANCE"],
    "/claimants/": ["head", "publishedmerge", "publishedclaimant"],
    "/claimants/ingrid-sundqvist/": [
        *("publishedclaimant", "rating", "publishedchange", "publishedmerge", "languages"),
        *("FIND", "publishedmerge", "languages", "publishedclaim", "publishedmerge", "DATED", "publishedclaimant"),
    ],
    "/sources/": ["head", "publishedmerge", "publishedsource"],
    "/sources/final-accounts-2019/": [
        *("publishedsource", "publishedchange", "publishedmerge", "publishedmerge"),
        *("FIND", "publishedmerge", "publishedclaim", "publishedclaimant"),
    ],
    "/topics/": ["head", "TOPICS"],
    "/topics/Transport/": [
        *("publishedchange", "publishedmerge", "languages", "publishedmerge", "languages", "publishedclaim"),
        *("publishedclaimant", "publishedmerge", "BALANCE"),
    ],
    "/corrections/": ["head", "publishedfix", "CORRECTIONS", "record", "languages of corrections"],
    "/methodology/": ["rating", "pagerevision"],
    "/trust/": ["pagerevision", "head", "publishedmeasure", "publishedfix", "rating"],
    "/figures/": ["rating", "head", "publishedmeasure", "publishedfix", "rating"],
    "/figures.csv": ["rating", "head", "publishedmeasure", "publishedfix", "rating"],
    "/feeds/corrections.atom": ["head", "publishedfix"],
    "/feeds/claims.atom": ["head", "publishedclaim", "record"],
    "/feeds/claims.json": ["head", "publishedclaim", "record"],
    "/feed/": ["head", "publishedclaim", "record"],
    "/topics/Transport/feed.rss": ["publishedchange", "publishedmerge", "publishedclaim", "record"],
    "/topics/Transport/feed.atom": ["publishedchange", "publishedmerge", "publishedclaim", "record"],
    "/claimants/ingrid-sundqvist/feed.json": [
        *("publishedclaimant", "publishedchange", "FIND", "publishedmerge", "publishedclaim", "record"),
    ],
    "/claims/{slug}/card.png": ["publishedclaim"],
    "/claims/{slug}/r1/card.png": ["publishedclaim", "record"],
    "/embed/{slug}/": ["publishedclaim"],
    "/sitemap.xml": ["head", "pagerevision", "publishedclaim"],
    "/sitemaps/pages.xml": ["head", "pagerevision", "publishedclaim"],
    "/sitemaps/claims-0.xml": ["head", "publishedclaim"],
    "/sitemaps/topics.xml": ["head", "TOPICS"],
    "/sitemaps/news.xml": ["head", "publishedclaim"],
    "/robots.txt": [],
}
#: Reads that go by another name above than their table's.
_TABLE = {
    "COUNT": "publishedclaim",
    "FACETS": "publishedclaim",
    "RANKED": "publishedclaim",
    "BALANCE": "publishedclaim",
    "TOPICS": "publishedclaim",
    "DATED": "publishedclaim",
    "languages": "publishedclaim",
    "CORRECTIONS": "publishedfix",
    "languages of corrections": "publishedfix",
}


@pytest.mark.parametrize("address", READS)
def test_each_page_reads_only_its_listed_tables(client, people, tables_read, address):
    claim = correct(full(people), people)
    with tables_read() as tables:
        assert client.get(address.format(slug=claim.slug)).status_code == 200
    found = "publishedclaimant" if "claimant" in address else "publishedsource"
    assert tables == [_TABLE.get(name, found if name == "FIND" else name) for name in READS[address]]


def test_a_page_with_a_matching_etag_costs_one_query(client, people, tables_read):
    address = reverse("readers:claim", args=[full(people).slug])
    etag = client.get(address).headers["ETag"]
    with tables_read() as tables:
        assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    assert tables == ["publishedclaim"]


@sized
def test_a_claim_with_very_much_evidence_costs_no_more_queries_than_with_one_piece(client, people, tables_read):
    reads = {"claim": [], "history": []}
    for rows in (1, size(50, whole=200)):
        claim = full(people, rows=rows, text=f"A claim with {rows} pieces of evidence")
        for path, tables_of in reads.items():
            with tables_read() as tables:
                document = page(client, reverse(f"readers:{path}", args=[claim.slug]))
            if path == "claim":
                assert len(document.xpath("//ol[@class='evidence']/li")) == rows + 4
            tables_of.append(list(tables))
    for few, many in reads.values():
        assert few == many


LISTS = (
    "/",
    "/claims/",
    "/articles/a-bridge-for-lindholm/",
    "/claimants/ingrid-sundqvist/",
    "/topics/",
    "/topics/Transport/",
    "/corrections/",
    "/feeds/claims.atom",
)


@sized
def test_a_long_list_costs_no_more_queries_than_a_short_one(client, people, tables_read):
    def reads(address):
        with tables_read() as tables:
            client.get(address)
        return list(tables)

    correct(full(people), people)
    few = {address: reads(address) for address in LISTS}
    for n in range(size(4, whole=8)):
        newsroom.published(people, text=f"Another claim, number {n}")
        newsroom.in_stage("retracted", people, text=f"A withdrawn claim, number {n}")
    cache.clear()
    caches["pages"].clear()
    many = {address: reads(address) for address in LISTS}
    for address in LISTS:
        assert [t for t in many[address] if t != "publishedclaimant"] == [
            t for t in few[address] if t != "publishedclaimant"
        ], address
        assert len(many[address]) <= len(few[address]), address
