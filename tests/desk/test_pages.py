"""What the desk's pages show, what they cost, and under which headers they come."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.credentials import digest_of
from accounts.models import PersonalToken
from articles.models import Claim
from articles.services.claims import claims
from articles.services.evidence import evidence
from tests import newsroom
from tests.desk import pages as desk_pages

pytestmark = pytest.mark.django_db


def _queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_claim_page_costs_the_same_with_twenty_rows(people):
    claim = newsroom.draft(people.reporter)

    def add(count):
        row = Claim.objects.get()
        for _ in range(count):
            row = evidence.add(
                claim=row,
                source=newsroom.source(people.reporter),
                stance="supports",
                by=people.reporter,
                at=newsroom.AT,
                version=row.version,
            ).claim

    client = desk_pages.signed_in(people.reporter)
    add(1)
    one = _queries(client, desk_pages.page_of(claim))
    add(19)
    assert claim.evidence.count() == 20
    assert _queries(client, desk_pages.page_of(claim)) == one


def test_lists_cost_the_same_with_more_rows(people):
    client = desk_pages.signed_in(people.checker)
    pages = [reverse(f"admin:articles_{name}_changelist") for name in ("claim", "article", "source")]
    pages.append(reverse("admin:index"))
    for _ in range(2):
        newsroom.in_stage("review", people)
    before = [_queries(client, page) for page in pages]
    for number in range(5):
        newsroom.in_stage("review", people, assignee=people.reporter)
        newsroom.article(people.reporter, body=f"Text number {number}.")
    assert [_queries(client, page) for page in pages] == before


def test_history_costs_the_same_with_more_acts(people):
    claim = newsroom.in_stage("checking", people)
    client, address = desk_pages.signed_in(people.reporter), reverse("admin:articles_claim_history", args=[claim.pk])
    before = _queries(client, address)
    for number in range(10):
        claim = claims.edit(claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version, origin=f"{number}")
    assert _queries(client, address) == before


def test_history_is_in_words(people):
    claim = newsroom.in_stage("review", people)
    newsroom.take(claim, "send_back", people.checker, comment="Page four says 14.")
    page = desk_pages.signed_in(people.reporter).get(reverse("admin:articles_claim_history", args=[claim.pk]))
    said = desk_pages.text_of(page)
    for words in (
        "Checker Test",
        "Page four says 14.",
        "Evidence added",
        "Verdict added",
        "In review",
        "Being checked",
    ):
        assert words in said
    assert not [column for column in ("rating_id", "claim_id", "is_unattributed", "supports") if column in said]


def test_article_page_marks_its_passages(people):
    claim = newsroom.complete(people.reporter)
    article = claim.appearances.get().article_version.article
    page = desk_pages.signed_in(people.reporter).get(desk_pages.page_of(article)).content.decode()
    assert f'<a href="{desk_pages.page_of(claim)}"' in page
    assert f">{newsroom.QUOTE}</a></mark>" in page
    assert f"/admin/articles/claim/add/?article={article.pk}" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("stage=review", {"review"}),
        ("rating=none", {"draft"}),
        ("rating=true", {"review", "published"}),
        ("assignee=me", {"draft"}),
        ("assignee=nobody", {"review", "published"}),
        ("overdue=yes", {"draft"}),
        ("language=en", {"draft", "review", "published"}),
        ("language=xx", {"draft", "review", "published"}),
        ("q=12+million+crowns", {"review", "published"}),
        ("assignee=x", {"draft", "review", "published"}),
    ],
)
def test_filters_and_search(people, query, expected):
    newsroom.draft(people.reporter, assignee=people.reporter, due_on=localdate() - timedelta(days=3))
    newsroom.in_stage("review", people)
    newsroom.published(people)
    page = desk_pages.signed_in(people.reporter).get(
        reverse("admin:articles_claim_changelist") + "?" + query, follow=True
    )
    assert {claim.stage for claim, _cells in page.context["rows"]} == expected


def test_headers(people, client):
    for address in ("/admin/login/", "/admin/"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "'unsafe-eval'" in answer.headers["Content-Security-Policy"]
        scripts = answer.headers["Content-Security-Policy"].split("script-src")[1].split(";")[0]
        assert "unsafe-inline" not in scripts
    elsewhere = client.get("/robots.txt").headers["Content-Security-Policy"]
    assert "unsafe" not in elsewhere


def test_token_is_shown_once_and_revoked(people):
    client = desk_pages.signed_in(people.reporter)
    answer = client.post("/admin/accounts/personaltoken/add/", {"name": "Laptop"})
    token = PersonalToken.objects.get()
    secret = answer.context["secret"]
    assert digest_of(secret) == bytes(token.digest)
    assert secret in answer.content.decode()
    listed = client.get("/admin/accounts/personaltoken/")
    assert secret not in listed.content.decode()
    assert secret not in client.get(desk_pages.page_of(token)).content.decode()

    others = desk_pages.signed_in(people.colleague)
    assert str(token) not in others.get("/admin/accounts/personaltoken/").content.decode()
    action = {"action": "revoke_selected", "_selected_action": [token.pk], "index": "0"}
    others.post("/admin/accounts/personaltoken/", action)
    token.refresh_from_db()
    assert token.revoked_at is None
    client.post("/admin/accounts/personaltoken/", action)
    token.refresh_from_db()
    assert token.revoked_at is not None


@pytest.mark.parametrize("name", ["record", "rating", "capture"])
def test_what_is_only_looked_at(people, name):
    newsroom.published(people)
    client = desk_pages.signed_in(people.administrator)
    assert client.get(f"/admin/articles/{name}/").status_code == 200
    may_add = name == "rating"  # a new one is entered; an edition is only looked at
    assert client.get(f"/admin/articles/{name}/add/").status_code == (200 if may_add else 403)


def test_a_record_is_shown_as_its_bytes(people):
    record = newsroom.record_of(newsroom.published(people))
    page = desk_pages.signed_in(people.editor).get(desk_pages.page_of(record))
    assert bytes(record.sha256).hex() in page.content.decode()
    assert "factcheck.record/1" in page.content.decode()


def test_people_pages(people):
    client = desk_pages.signed_in(people.administrator)
    assert client.get("/admin/accounts/user/add/").headers["Location"] == "/admin/accounts/user/invite/"
    for path in (
        "accounts/user/",
        "accounts/user/invite/",
        "auth/group/",
        f"accounts/user/{people.reporter.pk}/change/",
    ):
        assert client.get(f"/admin/{path}").status_code == 200
    address = f"/admin/accounts/user/{people.administrator.pk}/change/"
    data = desk_pages.form_of(client.get(address)) | {"is_superuser": "on"}
    client.post(address, data)
    people.administrator.refresh_from_db()
    assert not people.administrator.is_superuser
