"""What a claim's page works out of its record: place on the scale, reading time, age, what a correction changed."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.services.claims import claims
from readers.claims import page_view
from readers.http import template_globals
from tests import newsroom
from tests.readers.conftest import arabic, correct, full, page, publish, words

pytestmark = pytest.mark.django_db


def _document(value, *, best=5, worst=1, **more):
    rating = {"value": value, "best": best, "worst": worst}
    return {"verdict": {"rating": rating, "summary": "", "explanation_html": "", **more}, "evidence": []}


@pytest.mark.parametrize(
    ("value", "best", "expected"),
    [(1, 5, (1, 5)), (5, 5, (5, 5)), (2, 3, (2, 3)), (None, 5, None), (7, 100, None)],
)
def test_a_verdict_has_a_place_where_its_rating_has_a_value_and_the_scale_can_be_drawn(value, best, expected):
    place = page_view.place(_document(value, best=best))
    assert (place and (place.at, place.of)) == expected
    if place:
        assert place.steps.count(True) == 1
        assert place.steps[place.at - 1]


def test_a_retraction_has_no_place():
    assert page_view.place({"verdict": None}) is None


@pytest.mark.parametrize(("text", "minutes"), [("", 1), ("word " * 90, 1), ("word " * 900, 4), ("字" * 8000, 5)])
def test_reading_time_follows_the_words_also_of_a_language_without_blanks(text, minutes):
    assert page_view.minutes(_document(1, explanation_html=f"<p>{text}</p>")) == minutes


def _record(recheck, checked="2026-01-31"):
    document = {"verdict": {"checked_on": checked}} | ({"recheck_on": recheck} if recheck else {})
    body = b'{"recheck_on": ""}' if recheck else b"{}"
    return SimpleNamespace(body=body, document=lambda: document)


@pytest.mark.parametrize(
    ("recheck", "today", "months"),
    [
        ("", date(2030, 1, 1), 0),
        ("2026-06-01", date(2026, 5, 31), 0),
        ("2026-06-01", date(2026, 6, 1), 4),
        ("2026-02-01", date(2026, 2, 1), 1),
        ("2026-06-01", date(2028, 1, 31), 24),
    ],
)
def test_a_check_says_its_age_from_its_review_day_on(recheck, today, months):
    assert page_view.months_old(_record(recheck), today) == months


@pytest.mark.parametrize(
    ("recheck", "checked", "today", "change"),
    [
        ("", "2026-01-31", date(2030, 1, 1), None),
        ("2026-06-01", "2026-01-31", date(2026, 2, 1), date(2026, 6, 1)),
        ("2026-02-01", "2026-01-31", date(2026, 2, 1), date(2026, 3, 31)),  # one month is told for two
        ("2026-02-01", "2026-01-31", date(2026, 3, 31), date(2026, 5, 1)),  # April has no 31st day
        ("2026-02-01", "2026-01-15", date(2026, 6, 15), date(2026, 7, 15)),
        ("2026-02-01", "2026-01", date(2026, 6, 15), None),  # an inexact day of the check: no age is worked out
    ],
)
def test_the_age_is_told_anew_on_the_day_on_which_it_changes(recheck, checked, today, change):
    record = _record(recheck, checked)
    assert page_view.next_change(record, today) == change
    for number in range(0 if change is None else (change - today).days):
        assert page_view.months_old(record, today + timedelta(days=number)) == page_view.months_old(record, today)
    if change:
        assert page_view.months_old(record, change) != page_view.months_old(record, today)


def test_the_age_of_a_check_that_is_dated_in_the_future_is_asked_for_again():
    today = date(2026, 6, 1)
    assert page_view.next_change(_record("2026-05-01", "2029-01-01"), today) > today


def test_the_page_says_that_its_review_is_overdue_and_an_old_revision_does_not(client, people, monkeypatch):
    claim = newsroom.take(full(people), "recheck", people.editor)
    day = timezone.localdate() + timedelta(days=40)
    claim = claims.edit(
        claim=claim, by=people.reporter, at=timezone.now(), version=claim.version, recheck_on=day.isoformat()
    )
    claim = publish(claim, people, at=timezone.now())
    address = reverse("readers:claim", args=[claim.slug])
    assert not page(client, address).xpath("//*[@class='overdue']")
    monkeypatch.setattr("readers.claims.pages.localdate", lambda: day)
    [warning] = page(client, address).xpath("//*[@class='overdue']")
    assert "month old and due for review" in words(warning)
    assert "Next review" not in words(page(client, address).xpath("//aside")[0].xpath(".//*[@class='basis']")[0])


def test_a_correction_shows_the_verdict_before_and_after(client, people):
    document = page(client, reverse("readers:claim", args=[correct(full(people), people).slug]))
    [change] = document.xpath("//p[@class='from-to']")
    assert words(change) == "Before: False Now: Misleading"
    assert words(change.xpath("./*[@class='was']")[0]) == "False"


def test_what_is_unverifiable_and_what_is_still_checked_differ_in_sign_and_form(client, people):
    drawn = {}
    for rating in ("unverifiable", "unverified"):
        claim = newsroom.published(people, rating=rating, text=f"A claim that is {rating}")
        [badge] = page(client, reverse("readers:claim", args=[claim.slug])).xpath(
            "//p[contains(@class,'ruling')]/span[2]"
        )
        drawn[rating] = badge.get("class"), [path.get("d") for path in badge.xpath(".//*[local-name()='path']")]
    assert drawn["unverifiable"][1] != drawn["unverified"][1]
    assert "tone-unverifiable" in drawn["unverifiable"][0]
    assert "tone-open" in drawn["unverified"][0]


def test_the_words_before_the_verdict_can_be_set_for_each_language(client, people, settings):
    address = reverse("readers:claim", args=[full(people).slug])
    assert words(page(client, address).xpath("//*[@class='of']")[0]) == "Claim:"
    settings.VERDICT_LEAD_IN = {"en": "The claim is", "tr": ""}
    assert words(page(client, address).xpath("//*[@class='of']")[0]) == "The claim is"
    assert words(page(client, "/tr" + address).xpath("//*[@class='of']")[0]) == "İddia:"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Rana Reporter", "RR"),
        ("\u2068سلمى الرافدي\u2069", "سا"),
        ("ministry", "M"),
        ("The “Post” – north", "TN"),
        ("…", ""),
    ],
)
def test_a_monogram_has_the_first_letters_of_the_first_and_last_word(name, letters):
    assert template_globals.monogram(name) == letters


def test_yellow_lies_only_on_the_words_of_others(client, people):
    document = page(client, reverse("readers:claim", args=[full(people).slug]))
    for marked in document.xpath("//main//mark"):
        assert marked.xpath("ancestor::blockquote"), words(marked)
    assert not document.xpath("//h1//mark | //*[@class='standfirst']//mark | //*[@class='prose']//mark")


def test_each_piece_of_evidence_has_an_address_with_its_number_in_the_record(client, people):
    claim = full(people)
    document = page(client, reverse("readers:claim", args=[claim.slug]))
    titles = {item.get("id"): words(item) for item in document.xpath("//ol[@class='evidence']/li")}
    rows = newsroom.record_of(claim).document()["evidence"]
    assert len(titles) == len(rows)
    for number, row in enumerate(rows, start=1):
        assert (row["source"].get("title") or row["source"]["description"]) in titles[f"evidence-{number}"]


def test_the_printed_sheet_has_every_source_the_short_link_and_no_word_for_readers_of_the_screen(client, people):
    claim = full(people)
    document = page(client, reverse("readers:claim", args=[claim.slug]))
    [sheet] = document.xpath("//*[@class='sheet-foot']")
    assert sheet.get("aria-hidden") == "true"
    assert len(sheet.xpath(".//li")) == len(newsroom.record_of(claim).document()["evidence"])
    assert re.search(r"/c/\d+/", words(sheet))
    assert "Secretsson" not in words(sheet)
    assert not sheet.xpath(".//a | .//button"), "nothing that is hidden can be reached by keyboard"


def test_a_page_from_right_to_left_shows_names_and_quotations_in_their_own_direction(client, people):
    document = page(client, "/ar" + reverse("readers:claim", args=[arabic(people).slug]))
    assert document.xpath("/html/@dir") == ["rtl"]
    [statement] = document.xpath("//*[@data-record='statement']")
    assert statement.getparent().get("dir") == "rtl"
