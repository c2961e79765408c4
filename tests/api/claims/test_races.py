"""Two requests at the same moment, each in a thread and a connection of its own, on committed data."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse

from articles.models import Change, Claim, Record
from tests import newsroom
from tests.api.conftest import Desk
from tests.api.submissions.test_submissions import Caller

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])


def _at_once(*requests: tuple[Desk, str, str, Any, str]) -> list[HttpResponse]:
    barrier = Barrier(len(requests))

    def send(request: tuple[Desk, str, str, Any, str]) -> HttpResponse:
        desk, method, path, body, etag = request
        try:
            barrier.wait(timeout=30)
            return desk.ask(method, path, body, etag=etag)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


def _statuses(answers: list[HttpResponse]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def test_of_two_approvals_at_once_over_the_api_one_succeeds(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    claim = newsroom.in_stage("review", people)
    path, tag = f"claims/{claim.pk}/actions/approve/", f'"c{claim.pk}-v{claim.version}"'
    three = (desks.checker, desks.second_checker, desks.editor)
    for desk in three:
        assert desk.ask("GET", f"claims/{claim.pk}/").status_code == 200
    answers = _at_once(*[(desk, "POST", path, {"comment": "Compared."}, tag) for desk in three])
    assert _statuses(answers) == {200: 1, 412: 2}, [answer.content for answer in answers]
    assert Claim.objects.get(pk=claim.pk).version == claim.version + 1
    assert Change.objects.filter(claim_id=claim.pk, after__stage="approved").count() == 1


def test_publishing_twice_at_once_makes_one_record(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    path, tag = f"claims/{claim.pk}/actions/publish/", f'"c{claim.pk}-v{claim.version}"'
    answers = _at_once(*[(desks.editor, "POST", path, {}, tag)] * 4)
    assert _statuses(answers) == {200: 1, 412: 3}
    assert Record.objects.count() == 1


def test_posting_the_same_text_twice_at_once_makes_one_article(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    body = {"title": "T", "body": "The very same words."}
    answers = _at_once(*[(desk, "POST", "articles/", body, "") for desk in (desks.reporter, desks.checker)] * 2)
    assert _statuses(answers) == {201: 1, 200: 3}, [answer.content for answer in answers]
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_claims_of_the_same_words_entered_at_once_are_refused_or_told_apart(
    people: SimpleNamespace, desks: SimpleNamespace
) -> None:
    answers = _at_once(*[(desks.reporter, "POST", "claims/", {"text": "The same words"}, "")] * 4)
    assert set(_statuses(answers)) <= {201, 409}, [answer.content for answer in answers]
    assert Claim.objects.count() == _statuses(answers)[201] >= 1


def test_the_same_reviews_sent_at_once_in_another_order_do_not_deadlock() -> None:
    address = "https://checks.example/"
    found = [{"@type": "ClaimReview", "url": f"{address}{n}", "claimReviewed": f"Claim {n}"} for n in range(40)]
    sender, barrier = Caller(), Barrier(4)

    def send(number: int) -> HttpResponse:
        try:
            barrier.wait(timeout=30)
            reviews = found if number % 2 else found[::-1]
            return sender.post(reviews, path="/api/v1/submissions/claimreviews/", key=f"import {number}")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert _statuses(answers) == {200: 4}, [answer.content for answer in answers]
    assert sorted(answer.json()["taken"] for answer in answers) == [0, 0, 0, 40]
