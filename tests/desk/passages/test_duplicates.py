"""A passage of the article desk whose claim is there already, over HTTP: marked for it, taken back, refused."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Appearance, Article, Claim, Relation
from articles.selectors import suggestions
from tests import newsroom
from tests.desk.pages import signed_in

pytestmark = pytest.mark.django_db
BODY = "A speaker said yesterday that the new bridge cost 12 million crowns.\n\nNobody paid for the 3 ferries."
QUOTE = "the new bridge cost 12 million crowns"


@pytest.fixture
def article(people: SimpleNamespace) -> Article:
    return newsroom.article(people.reporter, title="A speech", body=BODY)


def mark(client: Client, article: Article, of: Claim, /, **changes: Any) -> Any:
    body = {
        "of": str(of.pk),
        "of_version": of.version,
        "exact": QUOTE,
        "start": BODY.index(QUOTE),
        "article_text": "1",
        **changes,
    }
    address = reverse("admin:articles_article_desk_repeats", args=[article.pk])
    return client.post(address, json.dumps(body), content_type="application/json")


def undo(client: Client, article: Article, passage: int) -> Any:
    address = reverse("admin:articles_article_desk_undo_repeat", args=[article.pk, passage])
    return client.post(address, "{}", content_type="application/json")


def test_an_open_claim_gets_the_passage_and_gives_it_back(people: SimpleNamespace, article: Article) -> None:
    of, client = newsroom.draft(people.colleague), signed_in(people.reporter)
    answer = mark(client, article, of)
    assert (answer.status_code, answer.json()["waits"], answer.json()["claim"]) == (201, False, str(of.pk))
    assert of.appearances.get().exact == QUOTE
    assert undo(signed_in(people.colleague), article, answer.json()["passage"]).status_code == 403
    assert undo(client, article, answer.json()["passage"]).status_code == 200
    assert undo(client, article, answer.json()["passage"]).status_code == 404
    assert not Appearance.objects.exists()


def test_a_settled_claim_stays_as_it_is_and_the_passage_is_no_suggestion_any_more(
    people: SimpleNamespace, article: Article
) -> None:
    of, client = newsroom.published(people), signed_in(people.reporter)
    of.refresh_from_db()
    version = article.current_version()
    before = [each.exact for each in suggestions.of_version(version).offered]
    assert any(QUOTE in each for each in before)
    answer = mark(client, article, of)
    assert answer.json()["waits"] is True
    assert [each.exact for each in suggestions.of_version(version).offered] == [
        each for each in before if QUOTE not in each
    ]
    assert undo(client, article, answer.json()["passage"]).status_code == 200
    assert not Relation.objects.exists()
    assert [each.exact for each in suggestions.of_version(version).offered] == before
    assert Claim.objects.get(pk=of.pk).version == of.version


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"of": "no id"}, 400),
        ({"of": "00000000-0000-4000-8000-000000000000"}, 404),
        ({"of_version": "1"}, 400),
        ({"of_version": True}, 400),
        ({"of_version": 99}, 409),
        ({"start": -1}, 400),
        ({"exact": "not in the text"}, 400),
        ({"exact": ""}, 400),
        ({"article_text": "9"}, 404),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    people: SimpleNamespace, article: Article, changes: dict[str, Any], status: int
) -> None:
    answer = mark(signed_in(people.reporter), article, newsroom.draft(people.reporter), **changes)
    assert (answer.status_code, bool(answer.json()["detail"])) == (status, True)
    assert not Appearance.objects.exists()


def test_who_may_not_is_refused_and_a_get_does_nothing(people: SimpleNamespace, article: Article) -> None:
    of = newsroom.draft(people.reporter)
    people.colleague.groups.clear()
    assert mark(signed_in(people.colleague), article, of).status_code in (302, 403)
    assert mark(Client(), article, of).status_code == 302
    address = reverse("admin:articles_article_desk_repeats", args=[article.pk])
    assert signed_in(people.reporter).get(address).status_code == 405
