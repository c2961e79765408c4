"""Threads on the pages of claims and articles: replies, refusals beside the field, colleagues to mention."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.models import User
from articles.models import Article, Claim, Comment
from articles.services.collaboration import comments
from tests import newsroom
from tests.desk.pages import page_of, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(people: SimpleNamespace) -> Claim:
    return newsroom.draft(people.reporter)


@pytest.fixture
def article(people: SimpleNamespace) -> Article:
    return newsroom.article(people.reporter)


def act(row: Claim | Article, key: str) -> str:
    if isinstance(row, Claim):
        return reverse("admin:articles_claim_together_act", args=[row.pk, key])
    return reverse("admin:articles_article_act", args=[row.pk, key])


def post(client: Client, about: Claim | Article, key: str, **values) -> dict:
    answer = client.post(act(about, key), json.dumps(values), content_type="application/json")
    return {"status": answer.status_code, **answer.json()}


def said(row: Claim | Article, by: User, text: str, parent: Comment | None = None) -> Comment:
    about = {"claim" if isinstance(row, Claim) else "article": row}
    return comments.write(**about, text=text, by=by, at=timezone.now(), parent=parent).comment


def field_with_error(answer) -> tuple[str, str]:
    """The words in the field that is marked as wrong, and what is said beside it."""
    root = html.fromstring(answer.content.decode())
    [field] = root.xpath("//textarea[@aria-invalid='true']")
    return field.text.removeprefix("\n"), root.get_element_by_id(field.get("aria-describedby")).text_content()


# --- The claim's page ---------------------------------------------------------------------------------
def test_a_reply_stands_in_its_thread_and_a_resolved_thread_is_folded(claim, people) -> None:
    reporter, first = signed_in(people.reporter), said(claim, people.checker, "Which year?")
    done = reporter.post(act(claim, "say"), {"text": "2019", "parent": first.pk}, follow=True)
    root = html.fromstring(done.content.decode())
    assert "2019" in root.xpath("//ol[@class='desk-replies']")[0].text_content()
    resolved = reporter.post(act(claim, "resolve"), {"row": first.pk}, follow=True)
    [folded] = html.fromstring(resolved.content.decode()).xpath("//details[@class='desk-thread-done']")
    assert folded.get("open") is None
    assert "Resolved by Reporter Test" in folded.xpath("string(summary)")
    assert "0 open" not in text_of(resolved)


@pytest.mark.parametrize("words", ["@cheker please", "x" * 20_000])
def test_what_is_refused_stays_in_the_field_with_the_reason_beside_it(words: str, claim, people) -> None:
    reporter, first = signed_in(people.reporter), said(claim, people.reporter, "Which year?")
    for key, values in (("say", {"parent": first.pk}), ("reword", {"row": first.pk})):
        kept, reason = field_with_error(reporter.post(act(claim, key), {"text": words, **values}))
        assert kept == words
        assert ("@checker (Checker Test)" if "@" in words else "at most 4000 characters") in reason
    shown = reporter.post(act(claim, "say"), {"text": words}).content.decode()
    assert words in shown
    assert Comment.objects.get().text == "Which year?"


@pytest.mark.parametrize("parent", ["999", "x", "-1", "9" * 30])
def test_a_reply_to_nothing_is_refused(parent: str, claim, people) -> None:
    answer = signed_in(people.reporter).post(act(claim, "say"), {"text": "Hello", "parent": parent})
    assert answer.status_code in (200, 302, 404)
    assert not Comment.objects.exists()


# --- Articles -----------------------------------------------------------------------------------------
def test_an_article_is_commented_on_in_json(article, people) -> None:
    reporter, checker = signed_in(people.reporter), signed_in(people.checker)
    first = post(reporter, article, "say", text="@checker is this text complete?")
    assert (first["status"], first["comments"][0]["to"]) == (200, ["Checker Test"])
    row = first["comments"][0]["id"]
    seen = checker.get(reverse("admin:articles_article_comments", args=[article.pk])).json()
    assert seen["comments"][0]["is_for_you"]
    answered = post(checker, article, "say", text="Yes.", parent=row)["comments"]
    assert [one["parent"] for one in answered] == [None, row]
    assert not answered[0]["is_for_you"], "whoever answers has seen it"
    assert post(checker, article, "resolve", row=row)["comments"][0]["resolved_by"] == "Checker Test"
    assert post(checker, article, "resolve", row=row)["status"] == 409
    assert post(reporter, article, "reopen", row=row)["comments"][0]["is_open"]
    assert post(reporter, article, "reword", row=row, text="Complete?")["comments"][0]["text"] == "Complete?"
    assert post(reporter, article, "remove", row=row)["comments"][0]["was_removed"]


def test_what_an_article_refuses(article, claim, people) -> None:
    client, elsewhere = signed_in(people.reporter), said(claim, people.reporter, "Of a claim")
    assert post(client, article, "say", text="@ghost")["errors"][0]["attr"] == "text"
    assert post(client, article, "resolve", row=elsewhere.pk)["status"] == 404
    assert post(client, article, "take")["status"] == 404
    assert client.get(act(article, "say")).status_code == 405
    stranger = signed_in(User.objects.create_user("stranger", is_staff=True))
    assert post(stranger, article, "say", text="Hello")["code"] == "not_allowed"
    assert stranger.get(reverse("admin:articles_article_comments", args=[article.pk])).status_code == 403
    assert Comment.objects.get() == elsewhere


# --- Colleagues ---------------------------------------------------------------------------------------
def test_colleagues_who_may_see_the_claim_are_offered(people) -> None:
    User.objects.create_user("checkout", is_staff=True)
    User.objects.filter(pk=people.second_checker.pk).update(is_active=False)
    client, address = signed_in(people.reporter), reverse("admin:collaboration_colleagues")
    found = client.get(address, {"q": "Che"}).json()
    assert [one["call"] for one in found["people"]] == ["checker"]
    assert found["found"].startswith("1 found")
    assert client.get(address, {"q": "\x00"}).json()["people"]
    assert client.get(address, {"q": "%"}).json() == {"people": [], "found": "Nobody is called that."}
    assert client.get(address, {"q": "x" * 10_000}).status_code == 200


def test_strangers_are_offered_nobody(people) -> None:
    stranger = signed_in(User.objects.create_user("stranger", is_staff=True))
    assert stranger.get(reverse("admin:collaboration_colleagues")).status_code == 403


def test_ones_own_comment_can_be_edited_only_shortly_after(claim, people) -> None:
    first = said(claim, people.reporter, "Which year?")
    reporter = signed_in(people.reporter)
    assert act(claim, "reword") in reporter.get(page_of(claim)).content.decode()
    Comment.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(minutes=16))
    assert act(claim, "reword") not in reporter.get(page_of(claim)).content.decode()
