"""The figures and the corrections log: counted from records, filtered by addresses that can be shared."""

import csv
import json
from typing import Any

import pytest
from django.core.cache import cache, caches
from lxml import etree

from articles.models import Rating, Record
from articles.selectors.readers.newsroom import figures
from tests import newsroom
from tests.readers.conftest import arabic, correct, full, page, words

pytestmark = pytest.mark.django_db


def corrections(client: Any, query: str = "") -> list[str]:
    document = page(client, f"/corrections/{query}")
    return [words(entry.xpath("./h2")[0]) for entry in document.xpath("//article[contains(@class, 'correction')]")]


@pytest.fixture
def corrected(people: Any) -> Any:
    newsroom.in_stage("retracted", people, text="The mayor came by helicopter", topics=["Travel"])
    claim = correct(full(people), people)
    newsroom.published(people, text="Never corrected")
    return claim


def test_the_corrections_page_is_filtered_by_its_query(client: Any, corrected: Any) -> None:
    gone = "The mayor came by helicopter"
    assert corrections(client) == [corrected.text, gone]
    assert corrections(client, "?kind=retraction") == [gone]
    assert corrections(client, "?kind=verdict") == [corrected.text]
    assert corrections(client, "?kind=minor") == []
    assert corrections(client, "?topic=Transport") == [corrected.text]
    assert corrections(client, "?topic=Travel") == [gone], "a retraction is found by what it withdrew"
    assert corrections(client, "?claimant=ingrid-sundqvist") == [corrected.text]
    assert corrections(client, "?claimant=nobody") == []
    assert corrections(client, "?language=ar") == []
    assert corrections(client, "?from=2026-03-05") == [corrected.text]
    assert corrections(client, "?to=2026-03-04") == [gone]
    document = page(client, "/corrections/?kind=minor&topic=Transport")
    kinds = [words(link) for link in document.xpath("//nav[@aria-label='Kinds']//a")]
    assert kinds == ["All 1", "Minor correction 0", "Verdict changed 1", "Retracted 0"]
    assert "No corrections match these filters." in words(document)
    assert document.xpath("//nav[@aria-label='Kinds']//a/@href")[0] == "/corrections/?topic=Transport"


def test_the_corrections_feeds_have_the_same_filters(client: Any, corrected: Any, settings: Any) -> None:
    answer = client.get("/feeds/corrections.json?kind=verdict")
    [item] = json.loads(answer.content)["items"]
    assert item["title"] == f"Verdict changed: {corrected.text}"
    assert "We had misread the accounts." in item["content_html"]
    assert item["url"] == f"{settings.SITE_URL}/claims/{corrected.slug}/history/?from=1&to=2"
    feed = etree.fromstring(client.get("/feeds/corrections.atom").content)
    titles = feed.xpath("//a:entry/a:title/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert titles == [f"Verdict changed: {corrected.text}", "Retracted: The mayor came by helicopter"]
    [link] = page(client, "/corrections/?kind=verdict").xpath(
        "//link[@type='application/feed+json'][contains(@href, 'corrections')]/@href"
    )
    assert link == "/feeds/corrections.json?kind=verdict"


def test_the_figures_are_those_of_the_records(client: Any, people: Any, corrected: Any) -> None:
    arabic(people)  # one source
    found = figures.figures()
    newest: dict[Any, Any] = {row.claim_id: row.document() for row in Record.objects.order_by("seq")}
    standing = [document for document in newest.values() if document["verdict"]]
    sources = [{e["source"].get("id", "hidden") for e in document["evidence"]} for document in standing]
    assert (found.total.checks, found.total.standing) == (len(newest), len(standing)) == (4, 3)
    assert found.total.two_sources == sum(len(named) >= 2 for named in sources) == 2
    assert (found.total.asked, found.total.answered) == (1, 1)
    assert {key: n for key, _label, _tone, n in found.ratings} == {"misleading": 1, "true": 1, "mostly_true": 1}
    assert found.languages == [("en", 3), ("ar", 1)]
    assert found.corrections == {"minor": 0, "verdict": 1, "retraction": 1}
    [month] = found.months
    assert (month.month.isoformat(), month.tally.checks, month.verdict) == ("2026-03-01", 4, 1)


def test_the_figures_page_and_csv_have_the_same_numbers_and_explain_them(
    client: Any, people: Any, corrected: Any
) -> None:
    document = page(client, "/figures/")
    assert [words(figure) for figure in document.xpath("//p[@class='figure']")] == ["100%", "100%"]
    assert "2 of 2 current checks" in words(document)
    answer = client.get("/figures.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    named = {(row["figure"], row["period"], row["group"]): row for row in rows}
    assert named["checks", "all", ""]["count"] == "3"
    two = named["two_sources", "2026-03", ""]
    assert (two["count"], two["out_of"]) == ("2", "2")
    assert named["corrections", "all", "retraction"]["count"] == "1"
    assert all(row["counted_how"] for row in rows)


def test_a_new_record_changes_the_figures_at_once(client: Any, people: Any, corrected: Any) -> None:
    assert "3 of 3 current checks" not in words(page(client, "/figures/"))
    before = client.get("/figures/")
    newsroom.published(people)
    after = client.get("/figures/", headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "3 of 3 current checks" in words(page(client, "/figures/"))
    cache.clear()
    caches["pages"].clear()


def test_a_renamed_rating_is_counted_under_its_new_name_at_once(client: Any, people: Any) -> None:
    newsroom.published(people, rating="outdated")
    assert "Overtaken" not in words(page(client, "/figures/"))
    old, today = Rating.objects.current().get(key="outdated"), newsroom.AT.date()
    Rating.objects.filter(pk=old.pk).update(retired_on=today)
    values = {name: getattr(old, name) for name in ("key", "definition", "value", "best", "worst", "tone", "position")}
    Rating.objects.create(**values, label="Overtaken", edition=old.edition + 1, introduced_on=today)
    assert "Overtaken" in words(page(client, "/figures/"))


def test_figures_list_months_without_a_check_too(people: Any) -> None:
    from datetime import date

    assert figures._every_month({date(2025, 11, 1), date(2026, 2, 1)}) == [
        date(2026, 2, 1), date(2026, 1, 1), date(2025, 12, 1), date(2025, 11, 1),
    ]  # fmt: skip
