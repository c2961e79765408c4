"""What is refused says why: on the page, in JSON, and in the log; and to nobody who does not work here."""

import json
import logging
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Claim, Source
from desk.http.forbidden import forbidden
from tests import newsroom
from tests.desk.pages import page_of, signed_in, text_of

pytestmark = pytest.mark.django_db
REASON = "Only checkers and editors decide on what is sent in."
DECIDE = "/admin/articles/submission/00000000-0000-4000-8000-000000000000/decide/accept/"


def _warnings(caplog: Any) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "django.request"]


def test_403_page_and_its_log_line_give_the_reason(people: SimpleNamespace, caplog: Any) -> None:
    with caplog.at_level(logging.WARNING, logger="django.request"):
        answer = signed_in(people.reporter).get(DECIDE)
    assert answer.status_code == 403
    assert REASON in text_of(answer)
    assert _warnings(caplog) == [f"Forbidden: {DECIDE}: {REASON}"]


def test_403_page_of_somebody_who_does_not_work_here_is_plain(people: SimpleNamespace) -> None:
    request = RequestFactory().get("/")
    people.reporter.is_staff = False
    for user in (people.reporter, None):
        request.user = user
        answer = forbidden(request, PermissionDenied(REASON))
        assert answer.status_code == 403
        assert REASON not in answer.content.decode()


def test_json_refusal_is_a_problem_with_reason_and_log_line(
    people: SimpleNamespace, django_user_model: Any, caplog: Any
) -> None:
    claim = newsroom.draft(people.reporter)
    stranger = django_user_model.objects.create_user("stranger", password="x", is_staff=True)
    address = reverse("admin:articles_claim_evidence_state", args=[claim.pk])
    with caplog.at_level(logging.WARNING, logger="django.request"):
        answer = signed_in(stranger).get(address)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Forbidden",
        "status": 403,
        "detail": "You do not have permission to see the desk.",
        "code": "not_allowed",
    }
    assert _warnings(caplog) == [f"Forbidden: {address}: You do not have permission to see the desk."]


def _reword(client: Client, claim: Claim, body: dict[str, Any], **headers: str) -> Any:
    article = claim.appearances.get().article_version.article
    address = reverse("admin:articles_article_desk_claim", args=[article.pk, claim.pk])
    return client.patch(address, json.dumps(body), content_type="application/json", headers=headers)


@pytest.mark.parametrize("tag", ['"{}"', '"claim-v{}"'])
def test_version_may_be_sent_as_if_match(people: SimpleNamespace, tag: str) -> None:
    claim, client = newsroom.complete(people.reporter), signed_in(people.reporter)
    words = {"text": "It cost 12m", "is_unattributed": True}
    answer = _reword(client, claim, words, **{"If-Match": tag.format(claim.version)})
    assert (answer.status_code, answer.json()["fields"]["text"]) == (200, "It cost 12m")
    stale = _reword(client, claim, words | {"text": "It cost 13m"}, **{"If-Match": tag.format(claim.version)})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    wrong = _reword(client, claim, words, **{"If-Match": "*"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "unreadable")


def test_field_at_fault_has_the_codes_of_its_form(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    answer = _reword(signed_in(people.reporter), claim, {"text": "", "version": claim.version})
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")
    assert answer.json()["errors"] == [{"attr": "text", "code": "required", "detail": "This field is required."}]


def test_refused_post_of_the_claim_page_runs_each_search_once(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    client = signed_in(people.reporter)
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(page_of(claim), {"_version": "forged", "text": "The bridge cost 12 million"})
    assert answer.status_code == 200
    assert "The bridge cost 12 million" in answer.content.decode()
    assert sum("WITH asked AS" in query["sql"] for query in captured) == 1  # like claims and precedents


def test_refused_post_of_a_plain_form_is_looked_at_once(people: SimpleNamespace) -> None:
    """A capture without an address: Django finds nothing wrong with the form, so the refusal comes while it saves."""
    source, client = newsroom.source(people.reporter), signed_in(people.reporter)
    page = reverse("admin:articles_source_change", args=[source.pk])
    posted = {"_version": client.get(page).context["desk_version"], "title": "New title", "kind": "document"}
    posted |= {"captures-TOTAL_FORMS": "1", "captures-INITIAL_FORMS": "0", "captures-0-sha256": "ab"}
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(page, posted)
    assert answer.status_code == 200
    assert "Give the address of the archived copy" in answer.content.decode()
    assert "New title" in answer.content.decode()
    assert not Source.objects.filter(title="New title").exists()
    statements = [query["sql"] for query in captured]
    undone = next(number for number, sql in enumerate(statements) if sql.startswith("ROLLBACK TO SAVEPOINT"))
    assert not [sql for sql in statements[undone:] if "_check" in sql or sql.startswith("SAVEPOINT")]  # no validation
