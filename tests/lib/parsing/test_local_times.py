"""Times on a clock: those that are there once, never, and twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lib.parsing.local_times import RepeatedTimeError, SkippedTimeError, Which, resolve

BERLIN = ZoneInfo("Europe/Berlin")
at = datetime.fromisoformat
FORWARD, BACK = at("2027-03-28T02:30"), at("2027-10-31T02:30")


@pytest.mark.parametrize("which", ["", "first", "second"])
def test_an_ordinary_time_is_one_moment_whichever_is_asked_for(which: Which) -> None:
    assert resolve(at("2027-07-01T09:15"), BERLIN, which=which) == at("2027-07-01T07:15Z")


def test_a_time_that_the_clocks_skip_is_refused_with_the_time_that_comes_instead() -> None:
    with pytest.raises(SkippedTimeError) as refused:
        resolve(FORWARD, BERLIN, which="first")
    assert refused.value.instead == at("2027-03-28T03:30")
    assert resolve(at("2027-03-28T03:00"), BERLIN) == at("2027-03-28T01:00Z")


def test_a_time_that_comes_twice_is_asked_about() -> None:
    with pytest.raises(RepeatedTimeError) as refused:
        resolve(BACK, BERLIN)
    assert (f"{refused.value.first:%H:%M %z}", f"{refused.value.second:%H:%M %z}") == ("02:30 +0200", "02:30 +0100")
    assert resolve(BACK, BERLIN, which="first") == at("2027-10-31T00:30Z")
    assert resolve(BACK, BERLIN, which="second") == at("2027-10-31T01:30Z")


def test_a_zone_without_changes_has_every_time_once() -> None:
    assert resolve(FORWARD, UTC) == FORWARD.replace(tzinfo=UTC)
    assert resolve(BACK, ZoneInfo("Asia/Baku")) == at("2027-10-30T22:30Z")


def test_a_change_of_half_an_hour_counts_as_one() -> None:
    with pytest.raises(SkippedTimeError) as refused:
        resolve(at("2027-10-03T02:10"), ZoneInfo("Australia/Lord_Howe"))
    assert refused.value.instead == at("2027-10-03T02:40")
