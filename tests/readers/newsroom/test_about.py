"""What the newsroom says about itself: published revision by revision, compared by anybody, missing in plain words."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from articles.choices import PageKey
from articles.models import Page, PageRevision
from articles.services.newsroom import pages
from lib.refusals import NotAllowedError, StaleError
from tests.newsroom import AT
from tests.readers.conftest import page as parsed
from tests.readers.conftest import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(people: Any) -> Page:
    text = "<p>Two people work here.</p><p>Nobody else.</p>"
    return pages.write(key="about", language="en", title="Who we are", body_html=text, by=people.checker, at=AT)


def publish(row: Page, people: Any, *, body: str | None = None, note: str = "First published.") -> Page:
    if body:
        row = pages.edit(page=row, by=people.checker, at=AT, version=row.version, body_html=body)
    pages.publish(page=row, by=people.editor, at=AT, version=row.version, note=note)
    return Page.objects.get(pk=row.pk)


@pytest.mark.parametrize("key", [key for key in PageKey.values if key != "methodology"])
def test_a_page_nobody_has_written_is_not_there_and_says_so(client: Any, db: None, key: str) -> None:
    for address in (f"/{key}/", f"/{key}/history/"):
        assert "has not been published yet" in words(parsed(client, address, status=404))
    assert f"/{key}/" not in parsed(client, "/trust/").xpath("//a/@href")
    assert f"/{key}/" not in client.get("/sitemaps/pages.xml").content.decode()


def test_a_newsroom_page_is_public_only_after_an_editor_publishes_it(client: Any, people: Any, about: Page) -> None:
    parsed(client, "/about/", status=404)
    with pytest.raises(NotAllowedError):
        pages.publish(page=about, by=people.checker, at=AT, version=about.version, note="First published.")
    publish(about, people)
    document = parsed(client, "/about/")
    assert "Two people work here." in words(document)
    assert "/about/" in parsed(client, "/trust/").xpath("//a/@href")
    assert "/about/" in client.get("/sitemaps/pages.xml").content.decode()
    pages.edit(page=about, by=people.checker, at=AT, version=2, body_html="<p>Three people work here.</p>")
    assert "Three" not in words(parsed(client, "/about/"))


def test_a_newsroom_pages_history_shows_what_each_revision_changed(client: Any, people: Any, about: Page) -> None:
    row = publish(about, people)
    before = client.get("/about/").headers["ETag"]
    publish(row, people, body="<p>Three people work here.</p><p>Nobody else.</p>", note="Karin joined.")
    assert client.get("/about/", headers={"if-none-match": before}).status_code == 200, "a new revision is a new name"
    document = parsed(client, "/about/history/")
    assert "Karin joined." in words(document)
    changes = document.xpath("//div[@class='changes']")[0]
    assert (changes.xpath(".//del/text()"), changes.xpath(".//ins/text()")) == (["Two"], ["Three"])
    assert "no version 9" in words(parsed(client, "/about/history/?to=9", status=400))


def test_a_published_page_revision_cannot_be_changed(people: Any, about: Page) -> None:
    publish(about, people)
    for act in (lambda: PageRevision.objects.update(title="x"), lambda: PageRevision.objects.all().delete()):
        with pytest.raises(DatabaseError, match="keeps every row as it was written"), transaction.atomic():
            act()


def test_a_withdrawn_page_says_why_and_is_not_in_the_menus(client: Any, people: Any, about: Page) -> None:
    row = publish(about, people)
    pages.withdraw(page=row, by=people.editor, at=AT, version=row.version, note="We merged with the Herald.")
    document = words(parsed(client, "/about/"))
    assert "We withdrew this page. We merged with the Herald." in document
    assert "Two people" not in document
    assert "/about/" not in parsed(client, "/trust/").xpath("//a/@href")
    assert "Two people work here." in words(parsed(client, "/about/history/"))


@pytest.mark.parametrize(
    ("body", "complaint"), [("<p> </p>", "write the page first"), (None, "Readers see exactly this already")]
)
def test_an_empty_or_unchanged_page_is_not_published(people: Any, about: Page, body: Any, complaint: str) -> None:
    row = publish(about, people)
    if body:
        row = pages.edit(page=row, by=people.checker, at=AT, version=row.version, body_html=body)
    with pytest.raises(Exception, match=complaint):
        pages.publish(page=row, by=people.editor, at=AT, version=row.version, note="Again.")
    assert PageRevision.objects.count() == 1


def test_a_stale_edit_of_a_page_is_refused_and_its_markup_is_cleaned(people: Any, about: Page) -> None:
    text = '<p onclick="x()">Write to <a href="mailto:desk@news.example">us</a></p><script>alert(1)</script>'
    row = pages.edit(page=about, by=people.checker, at=AT, version=1, body_html=text)
    assert row.body_html == '<p>Write to <a href="mailto:desk@news.example" rel="noopener">us</a></p>'
    with pytest.raises(StaleError):
        pages.edit(page=about, by=people.checker, at=AT, version=1, title="Mine")


def test_a_page_without_a_translation_is_shown_in_the_language_it_has(
    client: Any, people: Any, settings: Any, about: Page
) -> None:
    words_of = {"key": "funding", "title": "Maliyyə", "body_html": "<p>Oxucular.</p>"}
    other = pages.write(language="az", by=people.checker, at=AT, **words_of)
    publish(other, people)
    assert parsed(client, "/funding/").xpath("//h1/@lang") == ["az"]
    english = pages.write(
        language="en", by=people.checker, at=AT, key="funding", title="Funding", body_html="<p>Readers pay.</p>"
    )
    publish(english, people)
    assert "Readers pay." in words(parsed(client, "/funding/"))


def test_the_methodology_page_shows_the_newsrooms_text_and_the_ratings(client: Any, people: Any) -> None:
    generic = "Opinions and forecasts are not claims."
    assert generic in words(parsed(client, "/methodology/"))
    row = pages.write(
        key="methodology", language="en", title="How we work", body_html="<p>We toss no coins.</p>",
        by=people.checker, at=AT,
    )  # fmt: skip
    publish(row, people)
    document = words(parsed(client, "/methodology/"))
    assert "We toss no coins." in document
    assert generic not in document
    assert "What the verdicts mean" in document
    assert "First published." in words(parsed(client, "/methodology/history/"))


def test_every_page_that_a_commitment_names_exists(client: Any, people: Any) -> None:
    for address in parsed(client, "/trust/").xpath("//section[@class='commitment']//a/@href"):
        status = client.get(address.partition("#")[0]).status_code
        unsigned = address.startswith(("/log/checkpoint", "/log/key"))
        assert status == (404 if unsigned else 200), f"{address}: without a key the log is not signed"
        if "#" in address:
            assert parsed(client, address).xpath("//*[@id=$id]", id=address.partition("#")[2]), address
