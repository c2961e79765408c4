"""Articles coming in: what is read, what is refused and why, and the same text never twice."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from articles.choices import CaptureMethod
from articles.models import Article, ArticleVersion
from articles.services.articles import intake
from articles.services.articles.intake import UnreadableError
from lib import refusals
from tests import newsroom

HTML = """<!doctype html><html lang="tr"><head><title>Köprü açıldı</title>
<meta name="author" content="Ada Lindh; Bo Ek"><meta property="article:published_time" content="2026-02-03T10:00:00Z">
<script>var hidden = "not text";</script></head><body><nav><a href="/">Home</a></nav><article><h1>Köprü açıldı</h1>
<p>Belediye başkanı pazartesi günü köprünün on iki milyona mal olduğunu söyledi.</p>
<p>Köprü iki bin on dokuz yılında açıldı ve günde dört bin araç taşıyor.</p></article></body></html>"""


def test_html_is_read_with_text_title_authors_date_and_language() -> None:
    found = intake.read(HTML.encode(), name="page.html")
    assert "Belediye başkanı pazartesi" in found.body
    assert "\n\nKöprü iki bin" in found.body
    assert "hidden" not in found.body
    assert (found.title, found.language) == ("Köprü açıldı", "tr")
    assert found.authors == ["Ada Lindh", "Bo Ek"]
    assert str(found.published_on) == "2026-02-03"


def test_markdown_is_read_as_plain_paragraphs() -> None:
    found = intake.read(b"# A bridge\n\nIt *cost* [12 million](https://x.example).\n\n- one\n- two\n", name="a.md")
    assert (found.title, found.body) == ("A bridge", "A bridge\n\nIt cost 12 million.\n\none\n\ntwo")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("\ufeffWith a byte order mark".encode(), "With a byte order mark"),
        ("In UTF-16: ğüş".encode("utf-16"), "In UTF-16: ğüş"),
        (b"Windows\r\nline ends\rand old ones", "Windows\nline ends\nand old ones"),
        ("Cafe\u0301".encode(), "Café"),
    ],
)
def test_imported_text_is_nfc_with_unix_line_ends(data: bytes, text: str) -> None:
    assert intake.read(data, name="a.txt").body == text


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t ", "a.txt", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200), "a.txt", "binary"),
        (b"MZ" + bytes(range(1, 32)) * 20, "a.txt", "binary"),
        ("Größe".encode("latin-1"), "a.txt", "encoding"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "a.txt", "encoding"),
        (b"a" * (5 * 1024 * 1024 + 1), "a.txt", "too_large"),
        (b"<html><head><title>x</title></head><body></body></html>", "a.html", "no_text"),
        (b"<" * 20_000, "a.html", "no_text"),
    ],
)
def test_a_file_without_text_is_refused_with_its_reason(data: bytes, name: str, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        intake.read(data, name=name)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


@pytest.mark.django_db
class TestTakingIn:
    def take(self, by: object, *, body: str = newsroom.BODY, **fields: object) -> intake.ImportResult:
        values = {"title": "A bridge", "how": CaptureMethod.PASTE, **fields}
        return intake.import_text(body=body, by=by, at=newsroom.AT, **values)  # type: ignore[arg-type]

    def test_the_same_text_is_not_stored_twice(self, people: SimpleNamespace) -> None:
        first = self.take(people.reporter)
        again = self.take(people.colleague, body=newsroom.BODY.replace("\n", "\r\n") + "\n\n", title="Other")
        assert (first.is_new_article, again.is_new_article, again.is_new_text) == (True, False, False)
        assert again.version == first.version

    def test_a_new_text_of_a_known_url_is_its_next_version(self, people: SimpleNamespace) -> None:
        first = self.take(people.reporter, url="https://herald.example/bridge")
        second = self.take(people.reporter, url="https://herald.example/bridge", body="The text was changed.")
        assert (second.is_new_article, second.is_new_text, second.version.number) == (False, True, 2)
        assert first.article.current_version() == second.version

    def test_two_articles_with_one_title_get_different_slugs(self, people: SimpleNamespace) -> None:
        slugs = {self.take(people.reporter, body=f"Text {n}").article.slug for n in range(3)}
        assert len(slugs) == 3

    @pytest.mark.parametrize(
        ("fields", "at_fault"),
        [
            ({"url": "javascript:alert(1)"}, "url"),
            ({"url": "ftp://x.example/a"}, "url"),
            ({"language": "english please"}, "language"),
            ({"title": ""}, "title"),
            ({"title": "NUL \x00"}, "title"),
            ({"title": "x" * 301}, "title"),
            ({"authors": ["x" * 121]}, "authors"),
        ],
    )
    def test_bad_metadata_is_refused_beside_its_field(
        self, fields: dict[str, object], at_fault: str, people: SimpleNamespace
    ) -> None:
        with pytest.raises(ValidationError) as refused:
            self.take(people.reporter, **fields)
        assert at_fault in refused.value.message_dict
        assert (Article.objects.count(), ArticleVersion.objects.count()) == (0, 0)

    @pytest.mark.parametrize(("body", "code"), [(" \n ", "empty"), ("a" * (5 * 1024 * 1024 + 1), "too_large")])
    def test_a_pasted_text_has_the_same_size_limit_as_a_file(
        self, body: str, code: str, people: SimpleNamespace
    ) -> None:
        with pytest.raises(UnreadableError) as refused:
            self.take(people.reporter, body=body)
        assert refused.value.code == code

    def test_importing_without_the_permission_is_refused(self, people: SimpleNamespace) -> None:
        people.reporter.groups.clear()
        with pytest.raises(refusals.NotAllowedError):
            self.take(type(people.reporter).objects.get(pk=people.reporter.pk))

    def test_an_articles_metadata_can_be_edited_and_its_text_cannot(self, people: SimpleNamespace) -> None:
        article = self.take(people.reporter).article
        edited = intake.edit_article(article=article, by=people.colleague, version=1, title="Better title")
        assert (edited.title, edited.version) == ("Better title", 2)
        with pytest.raises(refusals.StaleError):
            intake.edit_article(article=article, by=people.reporter, version=1, title="Mine")


SHARED = Path(os.environ.get("FACTCHECK_SHARED", Path(__file__).parents[4] / "shared")) / "articles"


@pytest.mark.django_db
@pytest.mark.skipif(
    not SHARED.is_dir(), reason="no folder of real articles beside this clone; the demo's take this path"
)
def test_real_articles_are_imported_unchanged(people: SimpleNamespace) -> None:
    for path in sorted(SHARED.iterdir()):
        found = intake.read(path.read_bytes(), name=path.name)
        taken = intake.import_text(
            body=found.body, by=people.reporter, at=newsroom.AT, how=CaptureMethod.FILE, title=found.title
        )
        assert taken.is_new_article
        assert taken.version.body.strip() == found.body.strip()
