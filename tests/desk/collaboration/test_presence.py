"""Who else is here: told to others for a minute, kept in no history."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.models import Change, Claim, Presence
from articles.services.collaboration import presence
from jobs import work
from tests import newsroom
from tests.desk.pages import signed_in
from tests.newsroom import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(people: SimpleNamespace) -> Claim:
    return newsroom.draft(people.reporter)


def beat(client: Client, row, doing: str = "reading"):
    address = reverse(f"admin:articles_{row._meta.model_name}_presence", args=[row.pk])
    return client.post(address, json.dumps({"doing": doing}), content_type="application/json")


def test_others_are_named_with_what_they_do(claim, people) -> None:
    editor, reporter = signed_in(people.editor), signed_in(people.reporter)
    assert beat(editor, claim, "verdict").json() == {"here": []}
    assert beat(reporter, claim).json() == {"here": ["Editor Test is editing the verdict"]}
    beat(editor, claim)
    assert beat(reporter, claim).json() == {"here": ["Editor Test is reading"]}
    assert Presence.objects.count() == 2, "one row for each person"
    editor.delete(reverse("admin:articles_claim_presence", args=[claim.pk]))
    assert beat(reporter, claim).json() == {"here": []}


def test_the_poll_of_the_article_desk_is_a_sign_of_life(people) -> None:
    article = newsroom.article(people.reporter)
    editor, reporter = signed_in(people.editor), signed_in(people.reporter)
    state = reverse("admin:articles_article_desk_state", args=[article.pk])
    first = editor.get(state, {"doing": "reading"})
    assert json.loads(first.headers["X-Desk-Here"]) == []
    beat(reporter, article, "comment")
    again = editor.get(state, {"doing": "reading"}, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert json.loads(again.headers["X-Desk-Here"]) == ["Reporter Test is writing a comment"]
    Presence.objects.all().delete()
    assert "X-Desk-Here" not in editor.get(state).headers
    assert not Presence.objects.exists(), "without a sign of life nothing is written"


def test_a_name_of_any_script_fits_into_a_header(people) -> None:
    article = newsroom.article(people.reporter)
    User.objects.filter(pk=people.reporter.pk).update(first_name="Əli\r\nX: y", last_name="Հայկ")
    beat(signed_in(people.reporter), article)
    state = reverse("admin:articles_article_desk_state", args=[article.pk])
    header = signed_in(people.editor).get(state, {"doing": "x"}).headers["X-Desk-Here"]
    assert header.isascii()
    assert "Հայկ" in json.loads(header)[0]


def test_presence_ends_after_a_minute_and_is_erased(claim, people) -> None:
    given = {"subject": claim.pk, "doing": "reading"}
    presence.beat(**given, by=people.editor, at=AT)
    just_there = presence.beat(**given, by=people.reporter, at=AT + timedelta(seconds=59))
    assert [one.user for one in just_there] == [people.editor]
    assert presence.beat(**given, by=people.reporter, at=AT + timedelta(seconds=60)) == []
    assert Presence.objects.count() == 1
    assert work.erase_presence() == "1 rows"
    assert not Presence.objects.exists()


def test_no_history_is_kept_and_the_table_is_unlogged(claim, people) -> None:
    before = Change.objects.count()
    presence.beat(subject=claim.pk, doing="reading", by=people.editor, at=timezone.now())
    assert Change.objects.count() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'articles_presence'")
        assert cursor.fetchone() == ("u",)


@pytest.mark.parametrize("doing", ["", "dancing", "x" * 10_000, None, 3])
def test_something_unknown_counts_as_reading(doing, claim, people) -> None:
    assert beat(signed_in(people.editor), claim, doing).status_code == 200
    assert Presence.objects.get().doing == "reading"


def test_strangers_and_unknown_claims_leave_no_trace(claim, people) -> None:
    stranger = signed_in(User.objects.create_user("stranger", is_staff=True))
    assert beat(stranger, claim).status_code == 403
    missing = reverse("admin:articles_claim_presence", args=["0190c5a2-0000-7000-8000-000000000001"])
    assert signed_in(people.editor).post(missing, "{}", content_type="application/json").status_code == 404
    assert signed_in(people.editor).get(missing).status_code in (404, 405)
    assert not Presence.objects.exists()


def test_somebody_who_left_is_not_there(claim, people) -> None:
    beat(signed_in(people.editor), claim)
    User.objects.filter(pk=people.editor.pk).update(is_active=False)
    assert beat(signed_in(people.reporter), claim).json() == {"here": []}
