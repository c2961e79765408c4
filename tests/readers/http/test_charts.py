"""Numbers for charts: they add up, they mirror, and the table beside says the same."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import override
from lxml import html

from articles.models import Rating
from lib.parsing.inexact_dates import InexactDate
from readers.http import charts
from tests import newsroom
from tests.readers.conftest import full, page, publish, words


def _row(day, label="True", key="true", tone="positive"):
    said = day and InexactDate.from_day(day)
    return SimpleNamespace(pk=uuid4(), claimed_on=said, rating_key=key, rating_label=label, rating_tone=tone)


ROWS = [
    _row(date(2026, 1, 1)),
    _row(date(2026, 1, 1)),
    _row(date(2026, 1, 11)),
    _row(date(2026, 1, 6), "False", "false", "negative"),
    _row(None),
]


def test_a_charts_lines_follow_the_rating_scale_and_count_a_day_once():
    drawn = charts.over_time(ROWS, ["false", "true"])
    assert [(line.label, [(dot.x, dot.count) for dot in line.dots]) for line in drawn.lines] == [
        ("False", [("50.000%", 1)]),
        ("True", [("4.000%", 2), ("96.000%", 1)]),
    ]
    assert [row.claimed_on.first_day.day for row in drawn.rows] == [1, 1, 6, 11]


def test_charts_begin_on_the_right_where_the_language_does():
    with override("ar"):
        assert charts.over_time(ROWS, ["true", "false"]).lines[0].dots[0].x == "96.000%"
        assert charts.shares([("a", "A", "open", 1), ("b", "B", "open", 3)])[0].x == "75.000%"


@pytest.mark.parametrize("rows", [[], ROWS[:1], [_row(None), _row(None)]])
def test_a_chart_needs_at_least_two_days(rows):
    assert charts.over_time(rows, []) is None


def test_statements_of_one_day_are_in_the_middle_of_the_chart():
    assert charts.over_time(ROWS[:2], []).lines[0].dots == [charts.Dot("50.000%", 2, 12)]


@pytest.mark.django_db
def test_the_claimant_page_has_the_chart_and_its_table(client, people):
    first = full(people)
    second = newsroom.complete(
        people.reporter,
        rating="true",
        text="The old bridge is closed",
        claimant=first.claimant,
        claimed_on=date(2026, 2, 20),
    )
    publish(second, people)
    document = page(client, reverse("readers:claimant", args=["ingrid-sundqvist"]))
    rows = [words(row) for row in document.xpath("//table[@class='dated']//tbody/tr")]
    assert rows == [
        "20 February 2026 True The old bridge is closed",
        "23 February 2026 False The new bridge of Lindholm cost 12 million crowns",
    ]
    assert len(document.xpath("//*[local-name()='circle' and @r='7']")) == 2
    assert document.xpath("//div[@class='lines']/@aria-hidden") == ["true"], "the table is what is read aloud"


@pytest.mark.django_db
def test_a_reordered_rating_scale_reorders_the_charts_lines(client, people):
    claimant = full(people).claimant
    publish(
        newsroom.complete(people.reporter, rating="true", claimant=claimant, claimed_on=date(2026, 2, 20)),
        people,
    )
    address = reverse("readers:claimant", args=["ingrid-sundqvist"])
    before = client.get(address)
    Rating.objects.filter(key="false").update(position=0)
    Rating.objects.filter(key="true").update(position=3)
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200, "no record was written, and yet it is another page"
    assert [_lines(answer) for answer in (before, after)] == [["True", "False"], ["False", "True"]]


def _lines(answer):
    document = html.fromstring(answer.content.decode())
    return [words(line) for line in document.xpath("//div[@class='line']/*[contains(@class, 'verdict')]")]
