"""Dates that cannot be: the future of what is past, the past of what is to come, and very old years."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate

from articles.models import Claim
from articles.services import past_dates
from articles.services.articles import intake
from articles.services.claims import claims
from articles.services.library import sources
from lib.parsing.inexact_dates import InexactDate
from tests import newsroom
from tests.newsroom import AT

pytestmark = pytest.mark.django_db


def _codes(refused: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str | None]]:
    return {name: [one.code for one in errors] for name, errors in refused.value.error_dict.items()}


def _claim(people: SimpleNamespace, **fields: object) -> Claim:
    return claims.create(by=people.reporter, at=AT, text="The tram line carries 9,000 people a day", **fields)


@pytest.mark.parametrize("written", ["1999", "1999-07", "1999-07-14"])
def test_a_claim_keeps_its_date_as_exact_as_it_was_given(people: SimpleNamespace, written: str) -> None:
    claim = Claim.objects.get(pk=_claim(people, claimed_on=written).pk)
    assert claim.claimed_on == InexactDate(written)


def test_dates_sort_by_their_first_day_in_the_database(people: SimpleNamespace) -> None:
    for written in ("2001-02", "2000-12-31", "2001", "2001-01-31"):
        _claim(people, claimed_on=written)
    found = Claim.objects.order_by("claimed_on").values_list("claimed_on", flat=True)
    assert [str(one) for one in found] == ["2000-12-31", "2001", "2001-01-31", "2001-02"]


def test_what_is_past_by_nature_cannot_be_in_the_future(people: SimpleNamespace) -> None:
    ahead = past_dates.last_day() + timedelta(days=1)
    with pytest.raises(ValidationError) as claimed:
        _claim(people, claimed_on=ahead)
    with pytest.raises(ValidationError) as in_a_year:
        _claim(people, claimed_on=str(localdate().year + 2))
    source = newsroom.source(people.reporter)
    with pytest.raises(ValidationError) as published:
        sources.edit_source(source=source, by=people.reporter, version=source.version, published_on=ahead)
    article = newsroom.article(people.reporter)
    with pytest.raises(ValidationError) as printed:
        intake.edit_article(article=article, by=people.reporter, version=article.version, published_on=ahead)
    claim = _claim(people)
    with pytest.raises(ValidationError) as asked:
        claims.record_reply(
            claim=claim, by=people.reporter, at=AT, version=claim.version, asked="Vance", asked_on=ahead, means="phone"
        )
    assert _codes(claimed) == _codes(in_a_year) == {"claimed_on": ["future"]}
    assert _codes(published) == _codes(printed) == {"published_on": ["future"]}
    assert _codes(asked) == {"asked_on": ["future"]}


def test_today_tomorrow_and_this_year_are_taken(people: SimpleNamespace) -> None:
    for day in (localdate(), past_dates.last_day()):
        assert _claim(people, claimed_on=day).claimed_on == InexactDate.from_day(day)
    this_year = str(localdate().year)
    assert str(_claim(people, claimed_on=this_year).claimed_on) == this_year


def test_a_very_old_year_is_asked_about_and_taken_once_confirmed(people: SimpleNamespace) -> None:
    with pytest.raises(ValidationError) as refused:
        _claim(people, claimed_on="0099")
    assert _codes(refused) == {"confirm_old_date": ["very_old_date"]}
    claim = _claim(people, claimed_on="1755-11-01", confirm_old_date=True)
    assert str(claim.claimed_on) == "1755-11-01"
    kept = claims.edit(
        claim=claim, by=people.reporter, at=AT, version=claim.version, claimed_on="1755-11-01", topics=["Lisbon"]
    )
    assert kept.topics == ["Lisbon"], "a date that stays is not asked about again"


def test_a_recheck_day_that_is_over_is_refused_and_one_that_stays_is_not(people: SimpleNamespace) -> None:
    with pytest.raises(ValidationError) as refused:
        _claim(people, recheck_on=AT.date() - timedelta(days=1))
    assert _codes(refused) == {"recheck_on": ["past"]}
    claim = _claim(people, recheck_on=AT.date())
    later = AT + timedelta(days=30)
    same = claims.edit(
        claim=claim, by=people.reporter, at=later, version=claim.version, recheck_on=AT.date(), why_chosen="A vote."
    )
    assert same.why_chosen == "A vote."


@pytest.mark.parametrize("written", ["soon", "2001-13", "01.02.2003", "2001-1"])
def test_what_is_no_date_is_refused_by_the_service_and_by_the_database(people: SimpleNamespace, written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        _claim(people, claimed_on=written)
    assert _codes(refused) == {"claimed_on": ["invalid"]}
    claim = _claim(people, claimed_on=date(2003, 2, 1))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_claim SET claimed_on = %s, version = version + 1 WHERE id = %s", [written[:10], claim.pk]
        )
