"""Idempotency-Key at the desk: a request that is sent again is done once and answered the same."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F

from articles.models import Article, Claim, Evidence, Source
from partners.models import Answer
from partners.services.idempotency import KEPT
from tests import newsroom
from tests.api.conftest import DESK, desks, problem  # noqa: F401

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
KEY = {"Idempotency-Key": "import-2026-7"}
SOURCE = {"title": "Minutes", "kind": "document", "reference": "r"}


def test_a_repeated_request_is_done_once_and_answered_the_same(desks: SimpleNamespace) -> None:  # noqa: F811
    first = desks.reporter.ask("POST", "sources/", SOURCE, **KEY)
    again = desks.reporter.ask("POST", "sources/", dict(reversed(SOURCE.items())), **KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert (again["Idempotent-Replayed"], again["Cache-Control"]) == ("true", "private, no-store")
    assert "Idempotent-Replayed" not in first
    assert Source.objects.count() == 1


def test_a_key_answers_as_the_same_request_does_without_one(desks: SimpleNamespace) -> None:  # noqa: F811
    with_key = desks.reporter.ask("POST", "claimants/", {"name": "Ada Lind"}, **KEY)
    without = desks.reporter.ask("POST", "claimants/", {"name": "Ada Lind"})
    assert with_key.json().keys() == without.json().keys()
    assert with_key["Content-Type"] == without["Content-Type"]


def test_a_change_of_a_claim_is_repeated_although_its_version_moved_on(
    desks: SimpleNamespace,  # noqa: F811
    people: SimpleNamespace,
) -> None:
    claim, source = newsroom.draft(people.reporter), newsroom.source(people.reporter)
    path, body = f"claims/{claim.pk}/evidence/", {"source": str(source.pk), "stance": "supports"}
    etag = desks.reporter.etag(f"claims/{claim.pk}/")
    first, again = (desks.reporter.ask("POST", path, body, etag=etag, **KEY) for _ in range(2))
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert Evidence.objects.filter(claim=claim).count() == 1


def test_another_request_under_the_key_is_refused(desks: SimpleNamespace, problem: Any) -> None:  # noqa: F811
    desks.reporter.ask("POST", "sources/", SOURCE, **KEY)
    other = desks.reporter.ask("POST", "sources/", SOURCE | {"title": "Other"}, **KEY)
    problem(other, 422, "idempotency_key_mismatch")
    problem(desks.reporter.ask("POST", "claims/", {"text": "A"}, **KEY), 422, "idempotency_key_mismatch")
    assert (Source.objects.count(), Claim.objects.count()) == (1, 0)


def test_two_people_may_choose_the_same_key(desks: SimpleNamespace) -> None:  # noqa: F811
    for desk in (desks.reporter, desks.checker):
        assert desk.ask("POST", "claimants/", {"name": "Ada Lind"}, **KEY).status_code == 201
    assert set(Answer.objects.values_list("caller", flat=True)) == {
        f"user:{desk.user.pk}" for desk in (desks.reporter, desks.checker)
    }


def test_a_refused_request_leaves_its_key_free(desks: SimpleNamespace, problem: Any) -> None:  # noqa: F811
    problem(desks.reporter.ask("POST", "claims/", {"text": ""}, **KEY), 400, "validation_error")
    assert not Answer.objects.exists()
    assert desks.reporter.ask("POST", "claims/", {"text": "A"}, **KEY).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "é"])
def test_a_bad_key_is_refused(key: str, desks: SimpleNamespace, problem: Any) -> None:  # noqa: F811
    answer = desks.reporter.ask("POST", "claims/", {"text": "A"}, **{"Idempotency-Key": key})
    problem(answer, 400, "idempotency_key_invalid")
    assert not Claim.objects.exists()


def test_an_old_key_is_a_new_one(desks: SimpleNamespace) -> None:  # noqa: F811
    desks.reporter.ask("POST", "claims/", {"text": "A"}, **KEY)
    Answer.objects.update(at=F("at") - KEPT - timedelta(minutes=1))
    assert "Idempotent-Replayed" not in desks.reporter.ask("POST", "claims/", {"text": "A"}, **KEY)
    assert Claim.objects.count() == 2


def test_a_file_is_part_of_the_request(desks: SimpleNamespace, problem: Any) -> None:  # noqa: F811
    def send(body: str) -> Any:
        form = {"title": "A bridge", "file": SimpleUploadedFile("bridge.txt", body.encode())}
        header = {"Authorization": f"Bearer {desks.reporter.secret}", **KEY}
        return desks.reporter.client.post(DESK + "articles/", form, headers=header)

    first, again = send(newsroom.BODY), send(newsroom.BODY)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert "bridge" in first.json()["body"]
    problem(send(newsroom.BODY + "More."), 422, "idempotency_key_mismatch")
    assert Article.objects.count() == 1
