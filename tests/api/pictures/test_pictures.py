"""Pictures over the desk's API: sending one in, and choosing the one that leads a claim."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import LeadPicture, Picture
from tests import newsroom
from tests.api.conftest import DESK
from tests.articles.pictures import SCRIPT, image

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
SAID = {"alt": "The bridge", "credit": "Ana Lind", "licence": "CC BY 4.0"}


def send(desks: SimpleNamespace, data: bytes, name: str = "a.png", key: str = "") -> Any:
    headers = {"Authorization": f"Bearer {desks.reporter.secret}", **({"Idempotency-Key": key} if key else {})}
    return desks.reporter.client.post(f"{DESK}pictures/", {"file": SimpleUploadedFile(name, data)}, headers=headers)


def test_a_picture_is_sent_in_once_whatever_its_name_says(desks: SimpleNamespace) -> None:
    data = image("JPEG", size=(400, 300))
    first = send(desks, data, "chart.gif", key="one")
    assert first.status_code == 201, first.content
    made = first.json()
    assert (made["width"], made["height"], made["kind"]) == (400, 300, "uploaded")
    assert send(desks, data, "chart.gif", key="one").json() == made
    assert send(desks, data).json() == made
    assert Picture.objects.count() == 1
    assert first["Location"].endswith(f"/api/v1/desk/pictures/{made['sha256']}/")
    assert desks.reporter.ask("GET", f"pictures/{made['sha256']}/").json() == made
    listed = desks.reporter.ask("GET", "pictures/").json()
    assert [row["sha256"] for row in listed["results"]] == [made["sha256"]]


def test_what_is_not_taken_is_a_problem_with_its_reason(desks: SimpleNamespace, problem: Any, settings: Any) -> None:
    settings.PICTURE_MAX_BYTES = 1024 * 1024
    problem(send(desks, b""), 422, "empty")
    problem(send(desks, SCRIPT), 422, "kind")
    problem(send(desks, image("PNG", size=(1, 1))), 422, "too_small")
    problem(send(desks, b"\x89PNG\r\n\x1a\n" + b"0" * 1024 * 1024), 413, "too_large")
    assert not Picture.objects.exists()


def test_a_claims_picture_is_chosen_read_and_taken_off(
    desks: SimpleNamespace, people: SimpleNamespace, problem: Any
) -> None:
    claim = newsroom.complete(people.reporter)
    address, sha256 = f"claims/{claim.pk}/picture/", send(desks, image("PNG", size=(400, 300))).json()["sha256"]
    tag = desks.reporter.ask("GET", f"claims/{claim.pk}/").headers["ETag"]
    problem(desks.reporter.ask("GET", address), 404, "not_found")
    problem(desks.reporter.ask("PUT", address, {"sha256": sha256, **SAID}), 428, "precondition_required")
    unknown = desks.reporter.ask("PUT", address, {"sha256": "0" * 64}, etag=tag)
    problem(unknown, 400, "validation_error")
    put = desks.reporter.ask("PUT", address, {"sha256": sha256, **SAID, "focus": "top-left"}, etag=tag)
    assert put.status_code == 200, put.content
    assert put.json()["picture"]["sha256"] == sha256
    assert put.json()["focus"] == "top-left"
    assert desks.reporter.ask("GET", address).json() == put.json()
    gone = desks.reporter.ask("DELETE", address, etag=put.headers["ETag"])
    assert gone.status_code == 204
    assert not LeadPicture.objects.exists()
    assert Picture.objects.exists()
