"""A claim's evidence over HTTP: JSON and files, the page without scripts, what is refused, files served inert."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Attachment, Capture, Claim, Evidence, Source
from articles.services.evidence import captures
from factcheck.uploads import SizeLimitedUploadHandler
from tests import newsroom
from tests.articles.pictures import PDF, SCRIPT, image, photograph
from tests.desk.pages import add_row, errors, form_of, page_of, signed_in, text_of
from tests.newsroom import AT

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


@pytest.fixture
def claim(people):
    return newsroom.complete(people.reporter)


@pytest.fixture
def reporter(people):
    return signed_in(people.reporter)


def at(claim, rest=""):
    return reverse("admin:articles_claim_evidence", args=[claim.pk]) + rest


def send(client, method, address, **body):
    return getattr(client, method)(address, json.dumps(body), content_type="application/json")


def file(data=PDF, name="minutes.pdf", kind="application/pdf"):
    return SimpleUploadedFile(name, data, kind)


def add(client, claim, **values):
    given = {"title": "Minutes", "stance": "supports", "locator": "page 4", "version": claim.version, **values}
    return client.post(at(claim, "add/"), given, headers={"accept": "application/json"})


def test_a_source_with_a_file_is_cited_in_one_request(claim, reporter):
    answer = add(reporter, claim, url="https://city.example/m", file=file(), quote="12 million", kind="dataset")
    assert answer.status_code == 201
    made = answer.json()["evidence"][-1]
    assert (made["source"]["title"], made["source"]["kind_label"], made["quote"]) == (
        "Minutes",
        "Dataset",
        "12 million",
    )
    assert made["capture"]["file"] | {"address": ""} == {
        "name": "minutes.pdf",
        "size": len(PDF),
        "kind": "PDF",
        "address": "",
    }
    assert answer.json()["version"] == claim.version + 1


def test_json_cites_a_known_source(claim, reporter, people):
    source = newsroom.source(people.reporter)
    answer = send(reporter, "post", at(claim, "add/"), source=str(source.pk), stance="refutes", version=claim.version)
    assert answer.status_code == 201
    assert answer.json()["evidence"][-1]["source"]["id"] == str(source.pk)


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"title": ""}, 400, "title"),
        ({"stance": "perhaps"}, 400, "stance"),
        ({"url": "javascript:alert(1)"}, 400, "url"),
        ({"url": "https://user:secret@city.example/"}, 400, "url"),
        ({"title": "x" * 301}, 400, "title"),
        ({"title": "\x00"}, 400, "title"),
        ({"kind": "rumour"}, 400, "kind"),
        ({"published_on": "soon"}, 400, "published_on"),
        ({"source": "nobody"}, 400, "source"),
        ({"capture": "999999"}, 400, "capture"),
        ({"fetch": "on"}, 400, "fetch"),
        ({"fetch": "on", "url": "https://127.0.0.1/"}, 400, "fetch"),
        ({"file": file(b"")}, 400, "file"),
        ({"file": file(b"PK\x03\x04" + b"x" * 40, "shot.png", "image/png")}, 400, "file"),
        ({"file": file(b"<svg onload='alert(1)'/>", "logo.svg", "image/svg+xml")}, 400, "file"),
        ({"file": file(SCRIPT, "minutes.pdf")}, 400, "file"),
        ({"file": file(image("PNG", mode="1", size=(10_001, 10_000)), "b.png", "image/png")}, 400, "file"),
        ({"version": "soon"}, 400, None),
        ({"version": ""}, 400, None),
        ({"version": 1}, 409, None),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(claim, reporter, wrong, status, field):
    before = (Source.objects.count(), Evidence.objects.count())
    answer = add(reporter, claim, **wrong)
    assert answer.status_code == status, answer.content
    found = answer.json()
    assert found["detail"]
    if field:
        assert [error["attr"] for error in found["errors"]] == [field]
    assert (Source.objects.count(), Evidence.objects.count()) == before
    assert (Attachment.objects.count(), Capture.objects.count()) == (0, 0)


def test_a_file_that_is_too_large_is_413_and_said_in_megabytes(claim, reporter, settings):
    settings.ATTACHMENT_MAX_BYTES = settings.UPLOAD_MAX_BYTES = 1024 * 1024
    answer = add(reporter, claim, file=file(PDF + b" " * 3 * 1024 * 1024))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert "larger than 1 MB" in answer.json()["errors"][0]["detail"]
    assert Attachment.objects.count() == 0


class Counted(SizeLimitedUploadHandler):
    """The handler itself, with what it let through written down."""

    passed: list[int] = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        kept = super().receive_data_chunk(raw_data, start)
        self.passed.append(len(kept or b""))
        return kept


def test_no_more_of_a_file_is_written_down_than_is_ever_taken(claim, reporter, settings):
    settings.UPLOAD_MAX_BYTES = 100_000
    assert settings.FILE_UPLOAD_HANDLERS[0] == "factcheck.uploads.SizeLimitedUploadHandler"
    settings.FILE_UPLOAD_HANDLERS = [f"{__name__}.Counted", *settings.FILE_UPLOAD_HANDLERS[1:]]
    add(reporter, claim, file=file(PDF + b" " * 1_000_000))
    assert sum(Counted.passed) < 200_000
    assert Counted.passed[-1] == 0


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"order": "1"}', b'{"order": [true], "version": 1}', b'{"order": ["1"], "version": 1}']
)
def test_an_order_that_cannot_be_read_is_no_surprise(claim, reporter, body):
    answer = reporter.post(at(claim, "order/"), body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_evidence_is_ordered_and_a_second_editor_is_told(claim, reporter, people):
    first, second = claim.evidence.values_list("pk", flat=True)
    wish = {"order": [second, first], "version": claim.version}
    answer = send(reporter, "post", at(claim, "order/"), **wish)
    assert [piece["id"] for piece in answer.json()["evidence"]] == [second, first]
    late = send(signed_in(people.colleague), "post", at(claim, "order/"), **wish)
    assert (late.status_code, late.json()["code"]) == (409, "stale")
    gone = send(reporter, "post", at(claim, "order/"), order=[first], version=answer.json()["version"])
    assert (gone.status_code, gone.json()["code"]) == (409, "order_differs")


def test_stance_and_words_change_alone_and_a_piece_is_taken_off(claim, reporter):
    row = claim.evidence.first()
    answer = send(reporter, "patch", at(claim, f"{row.pk}/"), stance="refutes", version=claim.version)
    made = answer.json()["evidence"][0]
    assert (made["stance"], made["locator"]) == ("refutes", "page 4")
    wrong = send(reporter, "patch", at(claim, f"{row.pk}/"), stance="", version=answer.json()["version"])
    assert [error["attr"] for error in wrong.json()["errors"]] == ["stance"]
    answer = send(reporter, "delete", at(claim, f"{row.pk}/"), version=answer.json()["version"])
    assert row.pk not in [piece["id"] for piece in answer.json()["evidence"]]
    assert send(reporter, "delete", at(claim, f"{row.pk}/"), version=answer.json()["version"]).status_code == 404


def test_a_file_is_attached_to_evidence_that_is_there(claim, reporter):
    row = claim.evidence.first()
    given = {"file": file(photograph(), "IMG_1.HEIC", "image/heic"), "version": claim.version}
    answer = reporter.post(at(claim, f"{row.pk}/copy/"), given)
    assert answer.json()["evidence"][0]["capture"]["file"]["name"] == "IMG_1.jpg"
    assert b"Spycam" not in bytes(Attachment.objects.get().content)
    nothing = reporter.post(at(claim, f"{row.pk}/copy/"), {"version": answer.json()["version"]})
    assert [error["attr"] for error in nothing.json()["errors"]] == ["file"]


def test_sources_are_found_by_words_and_by_address(claim, reporter, people):
    source = newsroom.source(people.reporter, title="Toll report", url="https://toll.example/2024/")
    found = reporter.get(at(claim, "sources/"), {"q": "toll rep"}).json()
    assert [row["title"] for row in found["sources"]] == [source.title]
    found = reporter.get(at(claim, "sources/"), {"q": "https://toll.example/2024?utm_source=x"}).json()
    assert ([row["title"] for row in found["sources"]], found["is_address"]) == ([source.title], True)
    found = reporter.get(at(claim, "sources/"), {"q": "https://elsewhere.example/\x00"}).json()
    assert found == {"sources": [], "is_address": True}
    known = send(reporter, "post", at(claim, "look-up/"), url="https://toll.example/2024").json()
    assert known["known"]["id"] == str(source.pk)
    wrong = send(reporter, "post", at(claim, "look-up/"), url="toll.example")
    assert [error["attr"] for error in wrong.json()["errors"]] == ["url"]


def test_who_may_not_look_sees_nothing_and_who_may_not_edit_changes_nothing(claim, people, django_user_model):
    stranger = signed_in(django_user_model.objects.create_user("stranger", is_staff=True))
    assert stranger.get(at(claim)).status_code == 403
    assert stranger.get(at(claim, "state/")).status_code == 403
    assert add(stranger, claim).status_code == 403
    closed = newsroom.published(people)
    answer = add(signed_in(people.editor), closed)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_stage")


# --- Without scripts -----------------------------------------------------------------------------------
def test_the_page_cites_a_source_without_scripts(claim, reporter):
    page = reporter.get(at(claim))
    assert "Minutes no." in text_of(page)
    data = form_of(page) | {"title": "Budget", "stance": "refutes", "quote": "13 million", "file": file()}
    assert reporter.post(at(claim), data).url == at(claim)
    made = claim.evidence.last()
    assert (made.source.title, made.stance, made.capture.file_name) == ("Budget", "refutes", "minutes.pdf")
    late = reporter.post(at(claim), data | {"file": file()})
    assert "Somebody else saved a change first" in text_of(late)
    wrong = reporter.post(at(claim), data | {"title": "", "file": file(SCRIPT)})
    assert "Choose a source that is known" in text_of(wrong)
    assert "page or markup" in text_of(wrong)


def test_a_file_is_kept_on_the_sources_page(reporter, people):
    source = newsroom.source(people.reporter)
    address = page_of(source)
    data = add_row(form_of(reporter.get(address)), "captures", archive_url="", sha256="", text="")
    assert reporter.post(address, data | {"captures-0-file": file(SCRIPT)}).status_code == 200
    both = reporter.post(address, data | {"captures-0-file": file(), "captures-0-text": "words"})
    assert "one row for each copy" in errors(both)
    assert reporter.post(address, data | {"captures-0-file": file()}).status_code == 302
    kept = source.captures.get()
    page = reporter.get(address)
    assert reverse("admin:articles_capture_file", args=[kept.pk]) in page.content.decode()


def test_a_claims_page_leads_to_its_evidence(claim, reporter):
    assert at(claim) in reporter.get(page_of(claim)).content.decode()


# --- Files, served -------------------------------------------------------------------------------------
@pytest.mark.parametrize("data", [PDF, image("PNG"), SCRIPT], ids=["pdf", "image", "page"])
def test_a_file_is_saved_and_never_shown_or_run(reporter, people, data):
    source = newsroom.source(people.reporter)
    if data is SCRIPT:
        from articles.attachments import keep_page

        kept_file = keep_page(SCRIPT, name="Köprü.html", is_html=True)
    else:
        kept_file = captures.checked(data, name="Köprü.html")
    kept = captures.keep_file(source=source, file=kept_file, by=people.reporter, at=AT)
    answer = reporter.get(reverse("admin:articles_capture_file", args=[kept.pk]))
    assert answer.content == kept_file.content
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''K%C3%B6pr%C3%BC.")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"] == {SCRIPT: "text/plain"}.get(data, kept_file.media_type)


def test_files_are_for_the_desk_alone(reporter, people, client, django_user_model):
    source = newsroom.source(people.reporter)
    kept = captures.keep_file(source=source, file=captures.checked(PDF, name="a.pdf"), by=people.reporter, at=AT)
    address = reverse("admin:articles_capture_file", args=[kept.pk])
    assert client.get(address).status_code == 302
    stranger = signed_in(django_user_model.objects.create_user("stranger", is_staff=True))
    assert stranger.get(address).status_code == 403
    assert reporter.get(reverse("admin:articles_capture_file", args=[kept.pk + 1])).status_code == 404


def test_the_desk_is_told_of_the_evidence(claim, reporter):
    article = claim.appearances.get().article_version.article
    desk = reverse("admin:articles_article_desk", args=[article.pk])
    found = reporter.get(f"{desk}claims/{claim.pk}/").json()
    assert found["evidence_at"] == at(claim)
    assert [piece["locator"] for piece in found["evidence"]] == ["page 4", "section 2"]
    assert "evidence_panel.js" in reporter.get(desk).content.decode()
    assert Claim.objects.get(pk=claim.pk).version == claim.version
