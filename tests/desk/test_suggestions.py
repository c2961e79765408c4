"""Suggestions over HTTP: JSON for screens, a page of forms for a browser without scripts."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Claim, Dismissal
from articles.selectors import suggestions as listed
from tests import newsroom
from tests.articles.test_suggestions import SENTENCE
from tests.desk.pages import page_of, signed_in, text_of

pytestmark = pytest.mark.django_db
BODY = newsroom.BODY + "\nIt ended six weeks of fighting. The clashes, nearly two months of clashes, were over.\n"


@pytest.fixture
def article(people: SimpleNamespace) -> Any:
    return newsroom.article(people.reporter, body=BODY)


def address(article: Any, act: str = "") -> str:
    return reverse(f"admin:articles_article_suggestions{'_' * bool(act)}{act}", args=[article.pk])


def send(client: Client, article: Any, act: str, **body: Any) -> Any:
    return client.post(address(article, act), json.dumps(body), content_type="application/json")


def test_everything_is_there_as_json(people: SimpleNamespace, article: Any) -> None:
    found = signed_in(people.reporter).get(address(article)).json()
    best = next(each for each in found["suggestions"] if each["exact"] == SENTENCE)
    assert BODY[best["start"] : best["end"]] == SENTENCE
    assert {"number", "date"} <= {reason["kind"] for reason in best["reasons"]}
    assert found["version"]["number"] == 1
    assert found["may_edit"] is True
    assert [flag["kind"] for flag in found["disagreements"]] == ["duration"]
    assert found["left_out"] == 0


def test_dismiss_take_back_accept_in_json(people: SimpleNamespace, article: Any) -> None:
    client = signed_in(people.reporter)
    best = next(e for e in client.get(address(article)).json()["suggestions"] if e["exact"] == SENTENCE)
    assert send(client, article, "dismiss", key=best["key"]).json() == {"key": best["key"], "dismissed": True}
    (row,) = client.get(address(article)).json()["dismissed"]
    assert (row["key"], row["dismissed_by"]) == (best["key"], "Reporter Test")
    assert send(client, article, "restore", key=best["key"]).status_code == 200
    assert not Dismissal.objects.exists()
    made = send(client, article, "accept", start=best["start"], end=best["end"], version=1, claimant="Ada Berg")
    claim = Claim.objects.get()
    assert made.json()["claim"] == {"id": str(claim.pk), "text": SENTENCE, "url": page_of(claim)}
    twice = send(client, article, "accept", start=best["start"], end=best["end"])
    assert (twice.status_code, twice.json()["code"]) == (409, "already_marked")


@pytest.mark.parametrize(
    ("act", "body", "status"),
    [
        ("dismiss", {"key": "nothing"}, 422),
        ("dismiss", {}, 422),
        ("accept", {"start": "x", "end": 3}, 400),
        ("accept", {"start": 0, "end": 10**9}, 400),
        ("accept", {"start": 0, "end": 3, "version": 99}, 400),
        ("accept", {"start": 0, "end": 3, "claimed_on": "2026-02-31"}, 400),
        ("accept", {"start": 0, "end": 3, "text": "a\x00"}, 400),
        ("accept", {"start": 0, "end": 3, "text": "x" * 501}, 400),
        ("accept", {"start": 0, "end": 3, "claimant": "Ada", "claimant_kind": "robot"}, 400),
        ("accept", {"start": [], "end": None}, 400),
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    people: SimpleNamespace, article: Any, act: str, body: Any, status: int
) -> None:
    answer = send(signed_in(people.reporter), article, act, **body)
    assert (answer.status_code, bool(answer.json()["detail"])) == (status, True)
    assert not Claim.objects.exists()


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"1" * 5000, b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(people: SimpleNamespace, article: Any, body: bytes) -> None:
    answer = signed_in(people.reporter).post(address(article, "accept"), body, content_type="application/json")
    assert answer.status_code == 400


def test_who_may_not_is_refused_and_a_get_does_nothing(people: SimpleNamespace, article: Any) -> None:
    client = signed_in(people.reporter)
    assert client.get(address(article, "dismiss")).status_code == 405
    assert client.post(address(article)).status_code == 405
    people.colleague.groups.clear()
    assert signed_in(people.colleague).get(address(article)).status_code == 403
    assert Client().get(address(article)).status_code == 302
    assert Client(enforce_csrf_checks=True).post(address(article, "dismiss")).status_code in (302, 403)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.reporter)
    assert strict.post(address(article, "dismiss"), {"key": "x"}).status_code == 403
    missing = reverse("admin:articles_article_suggestions", args=["00000000-0000-4000-8000-000000000000"])
    assert client.get(missing).status_code == 404


def test_the_page_works_without_scripts(people: SimpleNamespace, article: Any) -> None:
    client = signed_in(people.reporter)
    assert address(article, "list") in client.get(page_of(article)).content.decode()
    shown = text_of(client.get(address(article, "list")))
    assert SENTENCE in shown
    assert "a number: “4,000”" in shown
    assert "nearly two months" in shown
    best = next(e for e in listed.of_version(article.current_version()).offered if e.exact == SENTENCE)
    merged = text_of(client.get(address(article, "list") + f"?merge={best.key}"))
    assert "Two sentences as one claim" in merged
    gone = client.post(address(article, "dismiss"), {"key": best.key}, follow=True)
    assert "Dismissed" in text_of(gone)
    assert "1 dismissed" in text_of(gone)
    client.post(address(article, "restore"), {"key": best.key})
    form = {"start": best.start, "end": best.end, "version": 1, "text": "The bridge opened in 2019", "claimant": ""}
    done = client.post(address(article, "accept"), form, follow=True)
    assert "A draft now: The bridge opened in 2019" in text_of(done)
    again = client.post(address(article, "accept"), form, follow=True)
    assert "This passage is a claim already" in text_of(again)
    wrong = client.post(address(article, "accept"), {"start": "1", "end": "x"}, follow=True)
    assert "Nothing was done" in text_of(wrong)
    assert Claim.objects.count() == 1
