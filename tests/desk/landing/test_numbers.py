"""Numbers for editors: counted as they are defined, over the chosen period, and as CSV."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import localdate

from articles.models import Claim
from articles.selectors.collaboration import numbers
from articles.services.claims import claims
from articles.services.verification.publishing import Correction
from tests import newsroom
from tests.desk import statements
from tests.desk.pages import signed_in, text_of

pytestmark = pytest.mark.django_db
NUMBERS, FILE = "/admin/numbers/", "/admin/numbers/csv/"
TODAY = date(2026, 3, 20)


def counted(first: date = date(2026, 3, 1), last: date = date(2026, 3, 31)) -> numbers.Numbers:
    return numbers.count(first, last, today=TODAY)


def aged(claim: Claim, days: int) -> None:
    moment = datetime(2026, 3, 20, 12, tzinfo=UTC) - timedelta(days=days)
    Claim.objects.filter(pk=claim.pk).update(created_at=moment, version=claim.version + 1)


def test_open_claims_are_counted_by_stage_and_age(people) -> None:
    for days in (0, 7, 8, 30, 31, 400):
        aged(newsroom.draft(people.reporter), days)
    newsroom.in_stage("dropped", people)
    found = {ages.key: (ages.week, ages.month, ages.older, ages.total) for ages in counted().open}
    assert found == {
        "draft": (2, 2, 2, 6),
        "checking": (0, 0, 0, 0),
        "review": (0, 0, 0, 0),
        "approved": (0, 0, 0, 0),
    }


def test_the_time_to_publication_is_that_of_the_first_record_in_the_period(people) -> None:
    for days in (1, 2, 3, 9):
        claim = newsroom.in_stage("approved", people)
        Claim.objects.filter(pk=claim.pk).update(
            created_at=newsroom.AT - timedelta(days=days), version=claim.version + 1
        )
        claim.refresh_from_db()
        newsroom.take(claim, "publish", people.editor)
    times = counted().times
    assert (times.count, times.median) == (4, timedelta(days=2, hours=12))
    assert times.p90 is not None
    assert timedelta(days=7) < times.p90 < timedelta(days=9)
    assert counted(date(2026, 4, 1), date(2026, 4, 30)).times == numbers.Times(0, None, None)


def test_corrections_are_counted_by_severity(people) -> None:
    claim = newsroom.take(newsroom.published(people), "recheck", people.checker)
    claim = newsroom.propose(claim, people.reporter, rating="false")
    claim = newsroom.take(newsroom.take(claim, "submit", people.reporter), "approve", people.checker)
    newsroom.take(claim, "publish", people.editor, correction=Correction("verdict", "We misread the minutes."))
    newsroom.in_stage("retracted", people)
    assert counted().corrections == {"minor": 0, "verdict": 1, "retraction": 1}
    assert counted(date(2025, 1, 1), date(2025, 12, 31)).corrections == {"minor": 0, "verdict": 0, "retraction": 0}


def test_outstanding_replies_and_overdue_claims_are_those_of_today(people) -> None:
    claim = newsroom.draft(people.reporter, due_on=TODAY - timedelta(days=1))
    newsroom.draft(people.reporter, due_on=TODAY)
    for days in (2, 20):
        given = {"asked": "The city", "asked_on": TODAY - timedelta(days=days), "means": "email"}
        reply = claims.record_reply(claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version, **given)
        claim = reply.claim
    found = counted()
    assert (found.replies.week, found.replies.month, found.replies.older) == (1, 1, 0)
    assert found.overdue == {"draft": 1, "checking": 0, "review": 0, "approved": 0}


def test_the_page_explains_each_number_and_draws_its_bars(people) -> None:
    newsroom.draft(people.reporter)
    page = signed_in(people.editor).get(NUMBERS)
    assert "Half took at most the median" in text_of(page)
    assert '<rect width="100" height="8"/>' in page.content.decode()
    assert 'style="' not in page.content.decode().partition("<main>")[2].partition("</main>")[0]


def test_numbers_are_for_editors(people) -> None:
    for address in (NUMBERS, FILE):
        assert signed_in(people.checker).get(address).status_code == 403
        assert signed_in(people.administrator).get(address).status_code == 200


@pytest.mark.parametrize(
    "query", ["?first=x", "?last=", "?first=2026-03-01&last=2026-02-01", "?first=9999-12-31", "?last=0001-01-01"]
)
def test_a_period_that_is_none_is_named_and_the_usual_one_is_counted(query: str, people) -> None:
    page = signed_in(people.editor).get(f"{NUMBERS}{query}")
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert f"{localdate():%Y}" in text_of(page)


@pytest.mark.parametrize("query", ["?first=1900-01-01&last=2900-01-01", "?first=0001-01-01&last=9999-12-31"])
def test_the_longest_period_is_counted(query: str, people) -> None:
    for address in (NUMBERS, FILE):
        assert signed_in(people.editor).get(f"{address}{query}").status_code == 200


def test_the_file_has_the_same_numbers(people) -> None:
    newsroom.draft(people.reporter)
    answer = signed_in(people.editor).get(f"{FILE}?first=2026-03-01&last=2026-03-31")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    draft = {row["column"]: row["value"] for row in rows if (row["number"], row["line"]) == ("Open claims", "Draft")}
    assert draft["Total"] == "1"
    assert {(row["from"], row["to"]) for row in rows} == {("2026-03-01", "2026-03-31")}
    assert all(row["meaning"] for row in rows)


def test_the_numbers_cost_the_same_with_many_claims(people) -> None:
    client = signed_in(people.editor)
    few = statements.of(client, NUMBERS)
    for _ in range(5):
        newsroom.draft(people.reporter, due_on=date(2026, 1, 1))
    assert statements.of(client, NUMBERS) == few
    assert len(few) <= 10
