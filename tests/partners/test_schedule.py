"""When an attempt is repeated: the times, and what receivers may say about them."""

from datetime import UTC, datetime, timedelta

import pytest

from partners.services import schedule

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = timedelta(hours=24)
RETRY_AFTER = {
    "": None,
    "120": timedelta(minutes=2),
    "0": timedelta(0),
    "86401": DAY,
    "9" * 9: DAY,
    "9" * 5000: DAY,
    "-5": None,
    "1.5": None,
    "٣": None,
    "soon": None,
    "Mon, 02 Mar 2026 09:31:00 GMT": timedelta(minutes=1),
    "Mon, 02 Mar 2026 09:29:00 GMT": None,
    "Fri, 31 Dec 9999 23:59:59 GMT": DAY,
    "Mon, 99 Mar 2026 09:31:00 GMT": None,
    "Mon, 02 Mar 99999999999 09:31:00 GMT": None,
    "Mon, 02 Mar 2026 09:31:00 -0000": timedelta(minutes=1),
    "Fri, 31 Dec 9999 23:59:59 -2359": DAY,
    "\x00": None,
}


@pytest.mark.parametrize(("value", "wait"), RETRY_AFTER.items(), ids=[key[:40] or "none" for key in RETRY_AFTER])
def test_retry_after_is_read_as_seconds_or_date(value, wait):
    assert schedule.read_retry_after(value, at=NOW) == (wait if wait is None else NOW + wait)


def test_ten_attempts_are_spread_over_three_days_with_20_percent_jitter():
    planned = [0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    assert schedule.retry_seconds() == planned
    for attempts in range(1, 10):
        waits = {(schedule.next_attempt(attempts=attempts, at=NOW) - NOW).total_seconds() for _ in range(50)}
        assert len(waits) > 1
        assert all(0.8 * planned[attempts] <= wait <= 1.2 * planned[attempts] for wait in waits)
    assert schedule.next_attempt(attempts=10, at=NOW) is None
    assert schedule.next_attempt(attempts=11, at=NOW) is None


def test_retry_after_delays_an_attempt_and_never_advances_it():
    assert schedule.next_attempt(attempts=1, at=NOW, retry_after="3600") == NOW + timedelta(hours=1)
    assert schedule.next_attempt(attempts=9, at=NOW, retry_after="1") > NOW + timedelta(hours=19)


def test_an_endpoint_backs_off_after_five_failures_and_longer_with_each_more():
    assert [schedule.backoff_until(failures=n, at=NOW) for n in (0, 4)] == [None, None]
    ends = [schedule.backoff_until(failures=n, at=NOW) for n in (5, 6, 10, 99)]
    assert [(end - NOW).total_seconds() for end in ends] == [60, 120, 1920, 1920]


@pytest.mark.parametrize(
    ("failures", "named", "seconds"), [(1, "90", 90), (1, "99999", 3600), (5, "1", 60), (1, "soon", None)]
)
def test_retry_after_pauses_the_endpoint_for_at_most_an_hour(failures, named, seconds):
    end = schedule.backoff_until(failures=failures, at=NOW, retry_after=named)
    assert end == (NOW + timedelta(seconds=seconds) if seconds else None)


def test_a_lease_lasts_longer_than_an_attempt():
    assert schedule.lease() == timedelta(seconds=40)
    assert schedule.timeout() == 15
