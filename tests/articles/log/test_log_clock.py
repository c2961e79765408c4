"""No record is dated before the one that came before it, and the database's clock dates what the doors publish."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from articles.models import Claim, Record
from articles.services.log import log_clock, publication_log
from articles.services.verification import transitions
from tests import newsroom

pytestmark = pytest.mark.django_db


def append(at):
    """A record of another claim, dated ``at``."""
    claim = uuid4()
    return publication_log.append(
        {"claim": {"id": str(claim), "url": "https://facts.example.org/claims/x/", "language": "en", "topics": []}},
        claim_id=claim,
        revision=1,
        kind="published",
        at=at,
        previous=None,
    )


def publish(people, claim, **fields):
    claim.refresh_from_db()
    return transitions.apply_transition(
        claim=claim, transition="publish", by=people.editor, version=claim.version, **fields
    )


@pytest.fixture
def approved(people):
    """A claim that can be published."""
    return newsroom.in_stage("approved", people)


def test_without_a_time_the_database_dates_the_record(people, approved):
    before = log_clock.now()
    publish(people, approved)
    assert before <= newsroom.record_of(approved).at <= log_clock.now()


def test_the_clock_of_python_does_not_date_records(people, approved, monkeypatch):
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() - timedelta(days=2))
    publish(people, approved)
    monkeypatch.undo()
    assert newsroom.record_of(approved).at > real() - timedelta(days=1)


def test_a_small_step_back_of_the_clock_is_waited_for(people, approved):
    ahead = append(log_clock.now() + timedelta(seconds=1))
    publish(people, approved)
    assert newsroom.record_of(approved).at >= ahead.at


def test_a_large_step_back_is_refused_and_nothing_is_changed(people, approved):
    append(log_clock.now() + timedelta(days=2))
    with pytest.raises(log_clock.ClockBehindError, match="Nothing was published") as refused:
        publish(people, approved)
    assert (refused.value.code, refused.value.retry_after) == ("clock_behind", 3600)
    assert Claim.objects.get(pk=approved.pk).stage == "approved"
    assert not Record.objects.filter(claim_id=approved.pk).exists()


def test_a_given_time_before_the_newest_record_is_refused(people, approved):
    append(newsroom.AT + timedelta(hours=1))
    with pytest.raises(log_clock.ClockBehindError):
        publish(people, approved, at=newsroom.AT)
    publish(people, approved, at=newsroom.AT + timedelta(hours=1))
