"""Dossiers: what they say, what they keep to themselves, in either format and direction."""

import io
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from django.test import Client
from pypdf import PdfReader

from articles.models import Claim, Evidence, Record
from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def text_of_pdf(content: bytes) -> str:
    """The words of all pages, blanks folded."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def text_of_word(content: bytes) -> str:
    """The words of paragraphs and tables, blanks folded."""
    found = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(one.text for one in found.paragraphs), *cells]).split())


def asked(client: Client, row: Any, kind: str) -> bytes:
    """The dossier as it is downloaded."""
    answer = client.get(f"/admin/articles/{row._meta.model_name}/{row.pk}/dossier.{kind}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert f".{kind}" in answer.headers["Content-Disposition"]
    return bytes(answer.content)


@pytest.mark.parametrize(("kind", "words"), [("pdf", text_of_pdf), ("docx", text_of_word)])
def test_a_claims_dossier_says_who_found_what_when_and_how_to_prove_it(
    client: Client, people: SimpleNamespace, kind: str, words: Any
) -> None:
    claim = newsroom.published(people, text="The new bridge cost 12 million crowns")
    client.force_login(people.checker)
    said = words(asked(client, claim, kind))
    record = Record.objects.get(claim_id=claim.pk)
    piece = Evidence.objects.filter(claim=claim).select_related("source").first()
    assert piece is not None
    for expected in (
        claim.text,
        "The minutes show it.",
        newsroom.QUOTE,
        piece.source.title,
        people.reporter.display_name(),
        people.checker.display_name(),
        f"r{record.revision}.tlog-proof",
    ):
        assert expected in said
    assert bytes(record.sha256).hex() in said.replace(" ", "")


def test_a_confidential_source_is_described_and_never_named(client: Client, people: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    source = Evidence.objects.filter(claim=claim)[0].source
    source.is_confidential, source.public_description, source.title = True, "An engineer of the city", "Nora Quist"
    source.version += 1
    source.save()
    client.force_login(people.checker)
    for said in (text_of_pdf(asked(client, claim, "pdf")), text_of_word(asked(client, claim, "docx"))):
        assert "An engineer of the city" in said
        assert "Quist" not in said
        assert source.url not in said


@pytest.mark.parametrize("language", ["ar", "hy", "ru", "az", "tr"])
def test_every_language_of_the_site_can_be_written(client: Client, people: SimpleNamespace, language: str) -> None:
    texts = {
        "ar": "تبلغ كلفة الجسر الجديد 12 مليون كرونة",
        "hy": "Նոր կամուրջն արժեցել է 12 միլիոն կրոն",
        "ru": "Новый мост стоил 12 миллионов крон",
        "az": "Yeni körpü 12 milyon krona başa gəlib",
        "tr": "Yeni köprü 12 milyon krona mal oldu",
    }
    claim = newsroom.in_stage("draft", people, text=texts[language], language=language)
    client.force_login(people.checker)
    assert texts[language] in text_of_word(asked(client, claim, "docx"))
    pages = PdfReader(io.BytesIO(asked(client, claim, "pdf")))
    assert pages.trailer["/Root"]["/Lang"] == language
    if language != "ar":  # a reader of PDF gives Arabic back in the order of its glyphs
        assert texts[language] in text_of_pdf(asked(client, claim, "pdf"))


def test_an_articles_dossier_has_its_texts_and_all_its_claims(client: Client, people: SimpleNamespace) -> None:
    one = newsroom.published(people, text="The new bridge cost 12 million crowns")
    two = newsroom.published(
        people, text="The old ferry made 20 trips a day", quote="The old ferry made 20 trips a day"
    )
    article = one.appearances.get().article_version.article
    client.force_login(people.checker)
    said = text_of_word(asked(client, article, "docx"))
    assert one.text in said
    assert two.text in said
    assert article.versions.get().sha256 in said
    assert asked(client, article, "pdf").startswith(b"%PDF")


def test_a_claim_with_nothing_but_words_and_strange_ones_has_a_dossier(client: Client, people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter, text="word" * 60 + " 😀 ‏مختلط mixed")
    Claim.objects.filter(pk=claim.pk).update(why_chosen="x" * 20_000, version=claim.version + 1)
    client.force_login(people.checker)
    for kind in ("pdf", "docx"):
        assert asked(client, claim, kind)


def test_people_without_the_right_get_no_dossier(client: Client, people: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    address = f"/admin/articles/claim/{claim.pk}/dossier.pdf"
    assert client.get(address).status_code == 302
    people.reporter.groups.clear()
    client.force_login(people.reporter)
    assert client.get(address).status_code in (302, 403)
    client.force_login(people.checker)
    assert client.get(f"/admin/articles/claim/{'0' * 8}-0000-4000-8000-{'0' * 12}/dossier.pdf").status_code == 404
