"""Limits are exact whatever the number of processes, and cost what they should."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from bench import prove_limits
from partners import rates
from partners.models import Bucket
from partners.rates import Rate
from partners.services import limits
from partners.services.limits import Quota

committed = pytest.mark.django_db(transaction=True, databases=["default", "readers"])


def quota(text: str, name: str = "key", subject: str = "1") -> Quota:
    """A quota of a rate."""
    rate = rates.parse(text)
    assert rate is not None
    return Quota(name, subject, rate)


def earlier(seconds: float) -> None:
    """As if everything so far had been done ``seconds`` before."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partners_bucket SET at = at - make_interval(secs => %s)", [seconds])


@committed
@pytest.mark.slow
def test_a_limit_is_counted_exactly_across_processes() -> None:
    assert prove_limits.prove(connection.settings_dict["NAME"], processes=3, calls=60) == []


@committed
def test_a_limit_is_counted_exactly_across_threads() -> None:
    one = quota("25/day")

    def attempt(_: int) -> bool:
        try:
            return limits.take([one])[0].taken
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(100))) == 25


@pytest.mark.django_db
def test_a_bucket_refills_evenly_up_to_its_size() -> None:
    one = quota("60/hour")
    assert [limits.take([one])[0].taken for _ in range(61)] == [True] * 60 + [False]
    standing = limits.take([one])[0]
    assert (standing.remaining, standing.taken) == (0, False)
    assert 58 <= standing.wait <= 60
    assert 3598 <= standing.full_in <= 3600
    earlier(60.5)
    assert [limits.take([one])[0].taken for _ in range(2)] == [True, False]
    earlier(7200)
    assert limits.take([one])[0].remaining == 59


@pytest.mark.django_db
def test_a_request_refused_by_one_limit_is_charged_to_none() -> None:
    small, large = quota("2/day", "key", "s"), quota("100/day", "global", "all")
    taken = [{one.quota.name: one.taken for one in limits.take([small, large])} for _ in range(5)]
    assert taken == [{"key": True, "global": True}] * 2 + [{"key": False, "global": False}] * 3
    assert 98 <= Bucket.objects.get(key="global:all").tokens < 98.1


@pytest.mark.django_db
def test_a_refund_never_overfills() -> None:
    one = quota("5/day")
    standings = limits.take([one])
    assert limits.refund(standings)[0].remaining == 5
    assert limits.refund(limits.refund(standings)) == limits.refund(limits.refund(standings))
    assert Bucket.objects.get().tokens <= 5


@committed
def test_charging_a_limit_inside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"), transaction.atomic():
        limits.take([quota("5/day")])


@pytest.mark.django_db
def test_buckets_that_are_full_again_are_deleted() -> None:
    limits.take([quota("1/day", subject="old")])
    earlier(rates.LONGEST_WINDOW + 1)
    limits.take([quota("1/day", subject="new")])
    assert limits.sweep() == 1
    assert Bucket.objects.get().key == "key:new"
    assert limits.take([quota("1/day", subject="old")])[0].taken


@pytest.mark.django_db
def test_counting_a_request_does_not_wait_for_the_disk() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'partners_bucket'")
        assert cursor.fetchone() == ("u",)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("600/min", Rate(600, 60)),
        ("1/s", Rate(1, 1)),
        ("5/hour", Rate(5, 3600)),
        ("9/day", Rate(9, 86_400)),
        ("", None),
    ],
)
def test_rates_are_parsed(text: str, rate: Rate | None) -> None:
    assert rates.parse(text) == rate


@pytest.mark.parametrize(
    "text", ["600", "0/min", "-1/min", "1/fortnight", "1.5/s", " 1/s", "1/s\n", "9999999999/s", "٣/s"]
)
def test_a_malformed_rate_stops_the_start_with_its_variable(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="API_READ_RATE"):
        rates.checked("API_READ_RATE", text)
