"""What goes wrong is said beside the field, and nothing of it is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Article, Change, Claim, Claimant, Source
from tests import newsroom
from tests.desk import pages

pytestmark = pytest.mark.django_db
ADD_ARTICLE = "/admin/articles/article/add/"


def _errors_of(response, field):
    form = response.context["adminform"].form if "adminform" in response.context else response.context["form"]
    return " ".join(form.errors.get(field, []))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "This file is empty"),
        ("a.txt", b"  \n ", "This file is empty"),
        ("a.txt", b"\x7fELF\x00\x01\x02" * 50, "looks like a program"),
        ("a.txt", b"\xfa\xfb\x80 binary", "not a text file in UTF-8"),
        ("a.txt", "Türkiye'de köprü".encode("latin-1"), "not a text file in UTF-8"),
        ("a.txt", b"long " * 1_100_000, "larger than 5 MB"),
        ("a.html", b"<html><body></body></html>", "No text was found"),
        ("a.html", b"<!-- x -->", "No text was found"),
        ("a.html", b"<!DOCTYPE html>", "No text was found"),
        ("a.html", b"<?xml version='1.0' encoding='utf-8'?>", "No text was found"),
        ("a.md", b"<!-- x -->", "No text was found"),
        ("a.txt", "\u200b\u200d\u3164".encode(), "No text was found"),
        ("a.txt", b"Half a pair: \xed\xa0\x80.", "not a text file in UTF-8"),
    ],
)
def test_unreadable_files(people, name, data, said):
    client = pages.signed_in(people.reporter)
    response = client.post(ADD_ARTICLE, {"file": SimpleUploadedFile(name, data), "url": "https://herald.example/1"})
    assert said in _errors_of(response, "file")
    assert pages.form_of(response)["url"] == "https://herald.example/1"
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("body", "said"), [("", "Paste the article"), ("  \n", "Paste the article"), ("a\x00b", "Null")]
)
def test_unusable_pasted_text(people, body, said):
    response = pages.signed_in(people.reporter).post(ADD_ARTICLE, {"body": body})
    assert said in _errors_of(response, "body") + _errors_of(response, "__all__")
    assert not Article.objects.exists()


def test_duplicate_text_leads_to_the_article_that_is_there(people):
    known = newsroom.article(people.reporter)
    client = pages.signed_in(people.colleague)
    file = SimpleUploadedFile("again.txt", newsroom.BODY.encode())
    for data in ({"file": file}, {"body": newsroom.BODY}):
        assert "This text was imported before" in client.post(ADD_ARTICLE, data).content.decode()
        file.seek(0)
        response = pages.bring_in(client, **data, saved={"title": "Another"})
        assert "This text is there already" in _errors_of(response, "body")
        assert pages.page_of(known) in response.content.decode()
    assert Article.objects.count() == 1


def test_title_comes_from_the_text_when_none_is_given(people):
    body = "# Köprü açıldı\n\nBelediye başkanı konuştu.\n"
    file = SimpleUploadedFile("kopru.md", body.encode())
    pages.bring_in(pages.signed_in(people.reporter), file=file, saved={"language": "tr"})
    assert (Article.objects.get().title, Article.objects.get().language) == ("Köprü açıldı", "tr")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", "a\x00b", "Null characters"),
        ("text", "", "required"),
        ("text", "x" * 501, "at most 500"),
        ("language", "English", "language tag"),
        ("claimed_on", "yesterday", "a day, a month or a year"),
        ("claimed_on", "2999", "in the future"),
        ("claimed_on", "2019-13", "no such date"),
        ("topics", "x" * 61, "at most 60"),
        ("assignee", "999999", "valid choice"),
        ("claimant", "not-an-id", "valid"),
        ("rating", "no-such", "valid choice"),
        ("rating", "", "choose a rating"),
        ("summary", "x" * 301, "at most 300"),
        ("explanation_html", "a\x00b", "Null characters"),
    ],
)
def test_bad_values_are_named_beside_their_field(people, field, value, said):
    claim = newsroom.in_stage("checking", people)
    before = Change.objects.count()
    response = pages.save(pages.signed_in(people.reporter), pages.page_of(claim), **{field: value})
    assert response.status_code == 200
    assert said in _errors_of(response, field)
    assert Change.objects.count() == before


def test_claimant_and_unattributed_exclude_each_other(people):
    from articles.services.library import claimants

    mayor = claimants.add_claimant(by=people.reporter, at=newsroom.AT, name="The mayor", kind="person")
    claim = newsroom.draft(people.reporter)
    response = pages.save(pages.signed_in(people.reporter), pages.page_of(claim), claimant=str(mayor.pk))
    assert "Either choose a claimant or mark the claim as unattributed" in pages.errors(response)


@pytest.mark.parametrize(
    ("quote", "said"),
    [("the old bridge cost 9", "not in the article"), ("bridge", "stands in the article"), ("", "required")],
)
def test_quotes_that_cannot_be_marked(people, quote, said):
    body = "The bridge is new. The bridge is long."
    article, claim = newsroom.article(people.reporter, body=body), newsroom.draft(people.reporter)
    client, address = pages.signed_in(people.reporter), pages.page_of(claim)
    data = pages.form_of(client.get(address)) | {"text": "Other words"}
    response = client.post(address, pages.add_row(data, "appearances", article=article.pk, exact=quote))
    assert said in str(response.context["row_sets"]["appearances"].errors[0]["exact"])
    assert (Claim.objects.get().text, Claim.objects.get().appearances.count()) == (claim.text, 0)


def test_one_refused_row_rolls_back_the_whole_page(people):
    article = newsroom.article(people.reporter)
    client, address = pages.signed_in(people.reporter), reverse("admin:articles_claim_add") + f"?article={article.pk}"
    data = pages.form_of(client.get(address)) | {"text": "A claim", "appearances-0-exact": "never said"}
    response = client.post(address, data)
    assert "not in the article" in str(response.context["row_sets"]["appearances"].errors)
    assert pages.form_of(response)["text"] == "A claim"
    assert not Claim.objects.exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/x", "data:text/html,x", "http://", "a\x00b"])
def test_addresses_with_other_schemes(people, url):
    client = pages.signed_in(people.reporter)
    source = {"title": "Minutes", "kind": "document", "captures-TOTAL_FORMS": 0, "captures-INITIAL_FORMS": 0}
    assert _errors_of(client.post("/admin/articles/source/add/", source | {"url": url}), "url")
    assert _errors_of(pages.bring_in(client, body="Minutes", saved={"url": url}), "url")
    assert not Source.objects.exists()
    assert not Article.objects.exists()


def test_script_in_an_explanation_is_taken_out(people):
    claim = newsroom.in_stage("checking", people)
    html = '<p onclick="x()">Hi<script>alert(1)</script> <a href="javascript:x">there</a></p>'
    pages.save(pages.signed_in(people.reporter), pages.page_of(claim), explanation_html=html)
    kept = claim.verdicts.latest("id").explanation_html
    assert "Hi" in kept
    assert not any(bad in kept for bad in ("script", "onclick", "javascript"))


@pytest.mark.parametrize("path", ["claim", "article", "source", "claimant", "record", "rating", "capture"])
@pytest.mark.parametrize("pk", ["x", "0", "9" * 30, "%00", "00000000-0000-0000-0000-000000000000"])
def test_addresses_of_nothing(people, path, pk):
    client = pages.signed_in(people.administrator)
    for page in ("change", "history"):
        assert client.get(f"/admin/articles/{path}/{pk}/{page}/").status_code in (302, 404)


@pytest.mark.parametrize("term", ["%00", "%ED%A0%80", "%25%27%22", "-" * 200])
def test_searches_with_odd_terms(people, term):
    client = pages.signed_in(people.reporter)
    query = f"app_label=articles&model_name=evidence&field_name=source&term={term}"
    assert client.get(f"/admin/autocomplete/?{query}").status_code == 200
    for path in ("claim", "article", "source", "claimant"):
        assert client.get(f"/admin/articles/{path}/?q={term}").status_code == 200


@pytest.mark.parametrize("query", ["state__exact=%00", "stage__exact=%00", "partner__id__exact=x", "kind__exact=%00"])
def test_lists_filtered_by_what_cannot_be(people, query):
    client = pages.signed_in(people.administrator)
    for table in ("claim", "submission", "source", "claimant", "record"):
        assert client.get(f"/admin/articles/{table}/?{query}").status_code in (200, 302, 400)


@pytest.mark.parametrize("query", ["article=x", "article=%00", "article=" + "9" * 40])
def test_new_claim_from_an_article_that_is_none(people, query):
    assert pages.signed_in(people.reporter).get(f"/admin/articles/claim/add/?{query}").status_code == 200


@pytest.mark.parametrize("total", ["", "x", "-1", "99999999"])
def test_tampered_row_counts(people, total):
    claim = newsroom.in_stage("checking", people)
    response = pages.save(pages.signed_in(people.reporter), pages.page_of(claim), evidence__TOTAL_FORMS=total)
    assert response.status_code in (200, 302)
    assert claim.evidence.count() == 2


def test_claimants_and_sources_are_entered_and_captured(people):
    client = pages.signed_in(people.reporter)
    client.post(
        "/admin/articles/claimant/add/", {"name": "The mayor", "kind": "person", "same_as": "https://a.example/m"}
    )
    assert Claimant.objects.get().same_as == ["https://a.example/m"]
    data = {"title": "Minutes", "kind": "document", "captures-TOTAL_FORMS": 1, "captures-INITIAL_FORMS": 0}
    refused = client.post("/admin/articles/source/add/", data | {"captures-0-sha256": "ab"})
    assert "Give the address of the archived copy" in refused.content.decode()
    assert not Source.objects.exists()
    client.post("/admin/articles/source/add/", data | {"captures-0-text": "What the page said."})
    assert Source.objects.get().captures.get().captured_by == people.reporter


@pytest.mark.parametrize("query", ["claimant=zzz", "claimant=%00", "article=%00", "assignee=9" + "9" * 30, "text=%00"])
def test_a_new_claims_address_may_say_anything(people, query):
    assert pages.signed_in(people.reporter).get(f"/admin/articles/claim/add/?{query}").status_code == 200


@pytest.mark.parametrize("value", ["zzz", "\x00", "9" * 30, "00000000-0000-0000-0000-000000000000"], ids=repr)
@pytest.mark.parametrize("is_new", [False, True], ids=["a claim", "a new claim"])
def test_a_posted_choice_that_is_none_does_no_harm(people, value, is_new):
    claim = newsroom.in_stage("review", people)
    client = pages.signed_in(people.reporter)
    address = "/admin/articles/claim/add/" if is_new else pages.page_of(claim)
    drawn = pages.form_of(client.get(address)) | {"evidence-TOTAL_FORMS": "3"}
    for field in ("claimant", "rating", "evidence-0-source", "evidence-0-capture", "appearances-0-article"):
        assert client.post(address, drawn | {field: value}).status_code in (200, 302), field
    assert Claim.objects.get().evidence.count() == claim.evidence.count()
