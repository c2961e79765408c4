"""The calendar: which day holds what, whose it is, and moving a due day."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from lxml import html

from accounts.models import User
from articles.models import Claim
from articles.services.claims import claims
from articles.services.verification import schedules
from tests import newsroom
from tests.desk import statements
from tests.desk.pages import signed_in, text_of
from tests.newsroom import AT

pytestmark = pytest.mark.django_db
CALENDAR, MOVE = "/admin/calendar/", "/admin/calendar/move/"
DAY = date(2026, 6, 10)


def shown(user: User, query: str = "?from=2026-06-08") -> dict[str, str]:
    """The words of each day that has any claim."""
    root = html.fromstring(signed_in(user).get(f"{CALENDAR}{query}").content.decode())
    days = {day.get("id").removeprefix("day-"): day for day in root.xpath("//ol[@class='calendar']/li")}
    return {key: " ".join(day.text_content().split()) for key, day in days.items() if day.xpath(".//li")}


def form(user: User, claim: Claim) -> dict[str, str]:
    """The form that moves a claim, as the calendar draws it."""
    root = html.fromstring(signed_in(user).get(f"{CALENDAR}?from=2026-06-08").content.decode())
    [found] = root.xpath(f"//form[input[@name='claim' and @value='{claim.pk}']]")
    return {field.get("name"): field.get("value") for field in found.xpath(".//input") if field.get("name")}


def test_a_day_shows_what_is_due_and_what_is_to_be_checked_again(people) -> None:
    newsroom.draft(people.reporter, due_on=DAY, text="Due on Wednesday")
    newsroom.published(people, recheck_on=DAY + timedelta(days=1), text="Check on Thursday")
    newsroom.draft(people.reporter, due_on=date(2026, 7, 20), text="Later")
    found = shown(people.reporter)
    assert set(found) == {"2026-06-10", "2026-06-11"}
    assert "Due on Wednesday" in found["2026-06-10"]
    assert "Re-check Check on Thursday" in found["2026-06-11"]


def test_scheduled_publications_and_embargoes_are_on_their_day_with_their_time(people) -> None:
    midnight = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=2), time()))
    for minutes, is_embargo, text in (
        (0, False, "At midnight"),
        (1439, True, "Last minute"),
        (1440, False, "Next day"),
    ):
        claim = newsroom.in_stage("approved", people, text=text, assignee=people.reporter)
        schedules.schedule(
            claim=claim,
            publish_at=midnight + timedelta(minutes=minutes),
            is_embargo=is_embargo,
            by=people.editor,
            at=timezone.now(),
            version=claim.version,
        )
    day, after = f"{midnight:%Y-%m-%d}", f"{midnight + timedelta(days=1):%Y-%m-%d}"
    found = shown(people.editor, f"?from={day}")
    assert "00:00 Publication At midnight" in found[day]
    assert "23:59 Embargo Last minute" in found[day]
    assert "Next day" not in found[day]
    assert "00:00 Publication Next day" in found[after]
    assert day in shown(people.editor, f"?from={day}&person={people.reporter.pk}")
    assert day not in shown(people.editor, f"?from={day}&person=nobody")
    schedules.cancel(claim=claim, by=people.editor, at=timezone.now(), version=claim.version, seen=1)
    assert after not in shown(people.editor, f"?from={day}")


def test_the_calendar_shows_one_person_alone(people) -> None:
    newsroom.draft(people.reporter, due_on=DAY, assignee=people.reporter, text="Of the reporter")
    newsroom.draft(people.reporter, due_on=DAY, text="Of nobody")
    [words] = shown(people.editor, f"?from=2026-06-08&person={people.reporter.pk}").values()
    assert ("Of the reporter" in words, "Of nobody" in words) == (True, False)
    [words] = shown(people.editor, "?from=2026-06-08&person=nobody").values()
    assert ("Of the reporter" in words, "Of nobody" in words) == (False, True)


def test_a_due_day_is_moved_and_the_calendar_comes_back_to_the_same_days(people) -> None:
    claim = newsroom.draft(people.reporter, due_on=DAY)
    client = signed_in(people.reporter)
    sent = form(people.reporter, claim) | {"due_on": "2026-06-12", "person": "nobody"}
    done = client.post(MOVE, sent, follow=True)
    assert done.redirect_chain[0][0] == f"{CALENDAR}?from=2026-06-08&person=nobody"
    assert "Due on 12 Jun 2026 now" in text_of(done)
    assert Claim.objects.get().due_on == date(2026, 6, 12)
    stale = client.post(MOVE, sent | {"due_on": "2026-06-13"}, follow=True)
    assert "Nothing was done." in text_of(stale)
    client.post(MOVE, form(people.reporter, claim) | {"due_on": ""})
    assert Claim.objects.get().due_on is None


@pytest.mark.parametrize("due_on", ["2026-02-30", "x", "9" * 50, "2026-06-12\x00"])
def test_a_day_that_is_none_moves_nothing(due_on: str, people) -> None:
    claim = newsroom.draft(people.reporter, due_on=DAY)
    refused = signed_in(people.reporter).post(MOVE, form(people.reporter, claim) | {"due_on": due_on}, follow=True)
    assert "Nothing was moved: choose a day." in text_of(refused)
    assert Claim.objects.get().due_on == DAY


def test_a_claim_that_is_not_there_or_without_its_version_is_not_moved(people) -> None:
    claim = newsroom.draft(people.reporter, due_on=DAY)
    sent, client = form(people.reporter, claim), signed_in(people.reporter)
    assert client.post(MOVE, sent | {"claim": "0190c5a2-0000-7000-8000-000000000001"}).status_code == 404
    client.post(MOVE, sent | {"_claim_version": "forged", "due_on": "2026-06-12"})
    assert Claim.objects.get().due_on == DAY
    assert client.get(MOVE).status_code == 405


def test_who_may_only_look_moves_nothing(people) -> None:
    claim = newsroom.draft(people.reporter, due_on=DAY)
    sent = form(people.reporter, claim) | {"due_on": "2026-06-12"}
    stranger = signed_in(User.objects.create_user("stranger", is_staff=True))
    assert stranger.post(MOVE, sent).status_code == 403
    assert stranger.get(CALENDAR).status_code == 403
    assert Claim.objects.get().due_on == DAY


@pytest.mark.parametrize("query", ["?from=x", "?from=0001-01-01", "?from=9999-12-31", "?person=x", "?person=9999999"])
def test_what_means_nothing_shows_this_week_of_everybody(query: str, people) -> None:
    newsroom.draft(people.reporter, due_on=localdate(), text="Due today")
    assert "Due today" in "".join(shown(people.reporter, query).values())


def test_a_full_day_says_how_many_and_costs_the_same(people) -> None:
    client = signed_in(people.reporter)
    newsroom.draft(people.reporter, due_on=DAY)
    few = statements.of(client, f"{CALENDAR}?from=2026-06-08")
    for _ in range(11):
        claims.create(by=people.reporter, at=AT, text="The bridge cost 1", language="en", due_on=DAY)
    assert statements.of(client, f"{CALENDAR}?from=2026-06-08") == few
    assert "12 claims are due on this day." in shown(people.reporter)["2026-06-10"]
    assert len(few) <= 11


def test_the_pages_are_in_the_menu_of_those_who_may_use_them(people) -> None:
    menus = {who: signed_in(getattr(people, who)).get(CALENDAR).content.decode() for who in ("reporter", "editor")}
    for who, may_count in (("reporter", False), ("editor", True)):
        assert f'href="{reverse("admin:inbox")}"' in menus[who]
        assert (f'href="{reverse("admin:numbers")}"' in menus[who]) == may_count
