"""What the demo's files promise before anything is loaded."""

import re

import pytest

from articles.choices import SourceKind, Stance
from demo import content
from tests.findings import assert_none

FILES = {file["article"]["key"]: file for file in content.read()}
CLAIMS = [(key, claim) for key, file in FILES.items() for claim in file.get("claim", ())]


def test_the_first_article_carries_enough_to_show_the_whole_scale():
    claims = FILES["kalbajar"]["claim"]
    assert len(claims) >= 12
    ratings = {claim["rating"] for claim in claims if "rating" in claim}
    ratings |= {later["rating"] for claim in claims for later in claim.get("later", ()) if "rating" in later}
    assert len(ratings) >= 7


def test_the_demo_has_articles_in_english_russian_and_arabic():
    assert {file["article"]["language"] for file in FILES.values()} >= {"en", "ru", "ar"}


def test_each_quote_is_in_its_article_exactly_once():
    assert_none(
        f"{claim['key']} in {passage['article']}: {passage['quote']}"
        for article, claim in CLAIMS
        for passage in ({"article": article, "quote": claim["quote"]}, *claim.get("quote_in", ()))
        if FILES[passage["article"]]["article"]["body"].count(passage["quote"]) != 1
    )


@pytest.mark.parametrize("article", FILES)
def test_sources_and_evidence_use_the_closed_lists(article):
    file = FILES[article]
    kinds = {source["kind"] for source in file.get("source", ())}
    assert kinds <= set(SourceKind.values)
    stances = {link["stance"] for claim in file.get("claim", ()) for link in claim.get("evidence", ())}
    assert stances <= set(Stance.values)


def test_every_outlet_that_does_not_exist_says_so():
    invented = [source for file in FILES.values() for source in file.get("source", ()) if _is_reserved(source)]
    for source in [file["article"] for file in FILES.values()] + invented:
        assert re.search(r"invented|вымышлен|مختلقة|مختلق", source["publisher"] + source["title"]), source["title"]


def _is_reserved(source):
    return ".example/" in source.get("url", "")
