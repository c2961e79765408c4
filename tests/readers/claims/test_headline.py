"""Headline, key points, what is not known and names, wherever readers meet a check."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from lxml import html

from accounts.models import User
from api.log import export
from articles.models import Claim
from articles.services.claims import claims
from articles.services.verification import audience, previews
from desk.dossier import content as dossier
from readers.http import view_models
from tests import newsroom
from tests.newsroom import AT

pytestmark = pytest.mark.django_db(databases=["default", "readers"])

WORDS: dict[str, Any] = {
    "headline": "The bridge cost 17 million <crowns>",
    "key_points": ["The accounts give 17.4 million.", "The budget was 12 million."],
    "unknowns": ["Who decided about the second contract."],
}


@pytest.fixture
def claim(people: SimpleNamespace) -> Claim:
    """A published claim with everything, its author and its checker named."""
    User.objects.filter(pk=people.reporter.pk).update(public_name="Rita Reporter", public_line="reports on bridges")
    User.objects.filter(pk=people.checker.pk).update(public_name="Carl Checker")
    return newsroom.published(people, **WORDS)


def _page(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_the_claim_page_shows_them(client: Client, claim: Claim) -> None:
    page = _page(client, f"/claims/{claim.slug}/")
    assert _words(page.xpath("//h1")[0]) == WORDS["headline"]
    assert _words(page.xpath("//*[@data-record='statement']")[0]) == claim.text
    assert [_words(item) for item in page.xpath("//section[@aria-labelledby='key-points']//li")] == WORDS["key_points"]
    assert [_words(item) for item in page.xpath("//section[@aria-labelledby='unknowns']//li")] == WORDS["unknowns"]
    people = [_words(line) for line in page.xpath("//div[@class='byline']//p")]
    assert people == ["By Rita Reporter (reports on bridges)", "Checked by Carl Checker"]
    assert page.xpath("//meta[@property='og:title']/@content") == [WORDS["headline"]]


def test_without_a_headline_the_page_shows_the_statement_as_a_quotation(
    client: Client, people: SimpleNamespace
) -> None:
    claim = newsroom.published(people)
    page = _page(client, f"/claims/{claim.slug}/")
    assert _words(page.xpath("//h1/q[@data-record='statement']")[0]) == claim.text
    assert not page.xpath("//section[@aria-labelledby='key-points' or @aria-labelledby='unknowns']")


def test_feeds_frames_and_oembed_have_the_headline_as_title(client: Client, claim: Claim) -> None:
    [entry] = json.loads(client.get("/feeds/claims.json").content)["items"]
    assert entry["title"] == WORDS["headline"]
    for words in (claim.text, *WORDS["key_points"], *WORDS["unknowns"]):
        assert words in html.fromstring(entry["content_html"]).text_content()
    frame = _page(client, f"/embed/{claim.slug}/")
    assert _words(frame.xpath("//h1")[0]) == WORDS["headline"]
    assert _words(frame.xpath("//q")[0]) == claim.text
    described = json.loads(client.get("/oembed", {"url": view_models.address("claim", claim.slug)}).content)
    assert described["title"] == WORDS["headline"]


def test_the_history_marks_what_changed(client: Client, people: SimpleNamespace, claim: Claim) -> None:
    again = newsroom.take(claim, "recheck", people.checker)
    given: dict[str, Any] = {"by": people.reporter, "at": AT, "version": again.version}
    again = claims.edit(claim=again, **given, headline="The bridge cost 18 million", key_points=[])
    for step, by in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        again = newsroom.take(again, step, by)
    page = _page(client, f"/claims/{claim.slug}/history/")
    said = _words(page)
    assert "Headline" in said
    assert "18" in " ".join(_words(one) for one in page.xpath("//ins"))
    assert "17.4" in " ".join(_words(one) for one in page.xpath("//del"))


def test_the_table_has_them(claim: Claim) -> None:
    document = newsroom.record_of(claim).document()
    cells = {name: cell(document) for name, cell in export.COLUMNS.items()}
    assert cells["headline"] == WORDS["headline"]
    assert cells["key_points"] == " | ".join(WORDS["key_points"])
    assert (cells["unknowns"], cells["authors"]) == (WORDS["unknowns"][0], "Rita Reporter")
    assert cells["checked_by"] == "Carl Checker"
    for name in ("headline", "key_points", "unknowns", "authors", "checked_by"):
        document.pop(name)
    assert not export.COLUMNS["headline"](document)
    assert export.COLUMNS["authors"](document) == ""


def test_who_publishes_sees_whom_and_what_readers_get(people: SimpleNamespace, claim: Claim) -> None:
    shown = previews.preview(claim, at=AT)
    items = {item.text: item.names for item in audience.becomes_public(shown.document)}
    assert items["Headline"] == (WORDS["headline"],)
    assert items["Names of authors and checkers"] == ("Rita Reporter", "Carl Checker")


def test_a_dossier_has_them(people: SimpleNamespace, claim: Claim) -> None:
    made = dossier.of_claim(claim, at=AT, by="Edda")
    said = " ".join(str(block) for block in made.blocks)
    for words in (WORDS["headline"], *WORDS["key_points"], *WORDS["unknowns"]):
        assert words in said
