"""The small version of ``make bench-traffic``: that it measures what it says, not what comes out."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench.traffic.day import DAY_SECONDS, KINDS, Claim, Day, Ranked

ROOT = Path(__file__).parents[2]


def a_day() -> Day:
    claims = [Claim(f"claim-{n}", ("en", "ru")[n % 2], f"/pictures/{n}.webp") for n in range(1000)]
    return Day(Ranked(claims), Ranked(["Bridges"]), Ranked(["ada"]), Ranked(["bridge"]), ["en", "ru"])


def test_the_shares_of_a_day_are_all_of_it() -> None:
    assert sum(kind.share for kind in KINDS.values()) == pytest.approx(100)
    assert all(kind.why for kind in KINDS.values())


def test_requests_come_in_the_order_of_the_day_in_the_shares_that_are_stated() -> None:
    requests = list(a_day().requests(20_000))
    assert [asked.at for asked in requests] == sorted(asked.at for asked in requests)
    assert 0 <= requests[0].at < requests[-1].at < DAY_SECONDS
    counted = Counter(asked.kind for asked in requests)
    for name, kind in KINDS.items():
        assert 100 * counted[name] / len(requests) == pytest.approx(kind.share, abs=1.5)
    assert requests == list(a_day().requests(20_000))


def test_the_claim_of_rank_n_is_drawn_one_nth_as_often_as_the_first() -> None:
    chance, ranked = a_day().chance, Ranked(list(range(1, 101)))
    counted = Counter(ranked.one(chance) for _ in range(50_000))
    for rank in (2, 5, 10):
        assert counted[1] / counted[rank] == pytest.approx(rank, rel=0.15)
    assert {ranked.one(chance, first=3) for _ in range(1000)} == {1, 2, 3}


@pytest.mark.slow
def test_the_traffic_bench_runs_and_names_its_bounds() -> None:
    size = ["--claims", "120", "--requests", "300", "--publications", "2"]
    command = [sys.executable, "-m", "bench.traffic", *size, "--no-wagtail", "--no-bounds"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    for measured in ("an empty view", "claim ", "a page of the day / empty view", "memory the process grew by"):
        assert measured in done.stdout
