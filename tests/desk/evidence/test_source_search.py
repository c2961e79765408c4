"""The source finder with very many sources: what it finds, and what each look-up costs while somebody types."""

from types import SimpleNamespace

import pytest

from articles.selectors.evidence import source_search
from articles.services.evidence import linking
from articles.services.evidence.linking import SourceInput
from tests import newsroom
from tests.costs import Meter, above
from tests.desk.claims import many
from tests.desk.pages import signed_in
from tests.sizes import size, sized

pytestmark = pytest.mark.django_db

FEW, MANY = 200, size(2_000, whole=20_000)
TYPED = {
    "nothing": "",
    "one letter": "g",
    "two letters": "go",
    "word in half": many.COMMON,
    "rare word": many.RARE,
    "typing error": "lindhlom",
    "typing error in a frequent word": "goverment reprot",
    "two words": f"{many.COMMON} {many.RARE}",
    "nothing has it": "xqzvw",
    "part of an address": ".example/",
}


@sized
def test_very_many_sources_cost_little_more_than_few(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    addresses = {name: f"/admin/articles/claim/{claim.pk}/evidence/sources/?q={q}" for name, q in TYPED.items()}
    meter = Meter(signed_in(people.reporter))
    many.fill_sources(FEW, by=people.reporter)
    few = meter.of(addresses)
    many.fill_sources(MANY - FEW, by=people.reporter)
    assert above(meter, addresses, few) == {}


def test_what_is_not_cited_now_is_found_too(people: SimpleNamespace) -> None:
    old = newsroom.source(
        people.reporter, title="Água e esgoto: relatório", publisher="Câmara", url="https://cm.example/a"
    )
    many.fill_sources(600, by=people.reporter)
    for typed in ("agua esgoto", "ESGOTO relatorio", "cm.example", "camara", "relatorio esgotto"):
        assert [row.title for row in source_search.sources_for(typed)][:1] == [old.title], typed
    assert source_search.sources_for("esgoto")[0].claim_count == 0
    assert len(source_search.sources_for(many.COMMON)) == 8


def test_what_is_cited_now_comes_first(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    many.fill_sources(600, by=people.reporter)
    source = newsroom.source(people.reporter, title=f"A {many.COMMON} report")
    given = {"stance": "context", "by": people.reporter, "at": newsroom.AT, "version": claim.version}
    linking.link(claim=claim, cited=SourceInput(source), quote="Nobody paid", **given)
    found = source_search.sources_for(f"{many.COMMON} report")
    assert (found[0], found[0].claim_count) == (source, 1)


def test_a_merged_source_is_not_offered(people: SimpleNamespace) -> None:
    kept, gone = (newsroom.source(people.reporter, title=f"Toll register {letter}") for letter in "AB")
    gone.merged_into = kept
    gone.version += 1
    gone.save(update_fields=["merged_into", "version"])
    assert source_search.sources_for("toll register") == [kept]
