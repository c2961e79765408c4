"""Days and moments as the desk writes them in each of its languages."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from articles.services.library import sources
from desk.http import dates
from lib.parsing.inexact_dates import InexactDate
from tests.desk.pages import signed_in

AT = datetime(2020, 5, 20, 7, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_yerevan(settings) -> None:
    settings.TIME_ZONE = "Asia/Yerevan"


@pytest.mark.parametrize(
    ("language", "day", "planned"),
    [
        ("en", "20 May 2020", "Wed 20 May 2020, 11:05"),
        ("az", "20 may 2020", "20 may 2020, Ç., 11:05"),
        ("hy", "2020 թ. մյս 20", "2020 թ. մյս 20, չրք, 11:05"),
        ("ru", "20 мая 2020", "ср, 20 мая 2020, 11:05"),
        ("tr", "20 May 2020", "20 May 2020 Çar, 11:05"),
        ("ar", "20 مايو 2020", "الأربعاء 20 مايو 2020، 11:05"),
    ],
)
def test_a_day_and_a_planned_moment_follow_the_language(language: str, day: str, planned: str) -> None:
    with override(language):
        assert (dates.day(AT), dates.weekday_moment(AT)) == (day, planned)


@pytest.mark.parametrize(
    ("edtf", "english", "russian"),
    [("2020-11-04", "4 Nov 2020", "4 нояб. 2020"), ("2020-11", "Nov 2020", "нояб. 2020"), ("2020", "2020", "2020")],
)
def test_an_inexact_date_is_written_as_exact_as_it_is(edtf: str, english: str, russian: str) -> None:
    with override("en"):
        assert dates.any_date(InexactDate(edtf)) == english
    with override("ru"):
        assert dates.any_date(InexactDate(edtf)) == russian


def test_no_date_is_an_empty_text() -> None:
    assert (dates.day(None), dates.moment(None), dates.short_date(None), dates.any_date("2020-11-04")) == ("",) * 4
    assert dates.any_date(date(2020, 11, 4)) == "4 Nov 2020"


@pytest.mark.django_db(databases=["default", "readers"])
def test_lists_and_read_only_fields_write_dates_as_all_pages_do(people: SimpleNamespace) -> None:
    sources.add_source(by=people.reporter, at=AT, title="A report", kind="document", published_on="2020-11")
    page = signed_in(people.administrator).get("/admin/articles/source/").text
    assert "Nov 2020" in page
    assert "2020-11" not in page
