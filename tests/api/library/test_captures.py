"""What was seen at a source, over HTTP: a file, and what is at its address now."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Attachment, Capture, Source
from tests import newsroom
from tests.api.conftest import DESK
from tests.articles.articles.test_fetching import served
from tests.articles.pictures import PDF, SCRIPT, photograph
from tests.lib.safehttp.receivers import receiver

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


@pytest.fixture
def source(people: SimpleNamespace) -> Source:
    return newsroom.source(people.reporter)


def send(desks: SimpleNamespace, source: Source, data: bytes, name: str = "a.pdf", **fields: str) -> Any:
    header = {"Authorization": f"Bearer {desks.reporter.secret}"}
    given = {"file": SimpleUploadedFile(name, data), **fields}
    return desks.reporter.client.post(f"{DESK}sources/{source.pk}/captures/", given, headers=header)


def test_an_uploaded_file_is_stored_with_the_type_of_its_bytes(desks: SimpleNamespace, source: Source) -> None:
    answer = send(desks, source, photograph(), "IMG_1.pdf", archive_url="https://archive.example/1")
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["file_name"], made["file"]["media_type"]) == ("IMG_1.jpg", "image/jpeg")
    assert made["sha256"] == made["file"]["sha256"] != made["received_sha256"]
    assert b"Spycam" not in bytes(Attachment.objects.get().content)
    shown = desks.reporter.ask("GET", f"sources/{source.pk}/").json()
    assert shown["captures"] == [made]


def test_an_upload_that_is_not_stored_is_a_problem_with_its_reason(
    desks: SimpleNamespace, source: Source, problem: Any, settings: Any
) -> None:
    settings.ATTACHMENT_MAX_BYTES = 2 * 1024 * 1024
    problem(send(desks, source, b""), 422, "empty")
    problem(send(desks, source, SCRIPT), 422, "kind")
    problem(send(desks, source, PDF[:50]), 422, "broken")
    problem(send(desks, source, PDF + b" " * 3 * 1024 * 1024), 413, "too_large")
    problem(send(desks, source, PDF, archive_url="javascript:alert(1)"), 400, "validation_error")
    problem(send(desks, source, PDF, sha256="0" * 64), 400, "unknown_field")
    assert Capture.objects.count() == Attachment.objects.count() == 0


def test_fetch_stores_a_copy_of_the_sources_url(
    desks: SimpleNamespace, people: SimpleNamespace, problem: Any, settings: Any
) -> None:
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    with receiver(served(PDF, kind="application/pdf")) as there:
        source = newsroom.source(people.reporter, url=there.url)
        answer = desks.reporter.ask("POST", f"sources/{source.pk}/captures/", {"fetch": True})
    assert answer.status_code == 201, answer.content
    assert (answer.json()["fetched_from"], answer.json()["file"]["size"]) == (there.url, len(PDF))
    settings.OUTBOUND_ALLOW_LOOPBACK = False
    inside = newsroom.source(people.reporter, url="https://127.0.0.1/admin/")
    for row, more, status, code in (
        (inside, {}, 422, "address_refused"),
        (newsroom.source(people.reporter, url=""), {}, 422, "no_address"),
        (inside, {"text": "words"}, 400, "validation_error"),
    ):
        problem(desks.reporter.ask("POST", f"sources/{row.pk}/captures/", {"fetch": True, **more}), status, code)
    assert Capture.objects.count() == 1
