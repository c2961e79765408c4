"""What a day of readers costs, against an empty view and a page of Wagtail in the same run: ``make bench-traffic``.

The requests of a day (``bench.traffic.day``) over 100,000 claims in six languages, with publications between them, to
one process of the web server, whose memory is bounded. Before, the worker's job makes the pages of claims, and every
page of the days before is asked for once, in the order in which they were asked for last. Neither is counted: a process
runs for weeks. What the job does after each publication of the day is counted. CPU time of that process and of the
database together; the empty view and the peers, asked in the same way, are measured again before each part of the day.
Only ratios count. Exit code 1 when a bound is missed; ``--no-bounds`` only measures, ``--claims 3000 --requests 2000``
takes less patience.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
import warnings
from array import array
from collections import defaultdict
from typing import Any

from bench import scratch, serving
from bench.traffic.day import DAY_SECONDS, Asked, Claim, Day, Ranked
from bench.traffic.site import Site

#: The day costs at most so many times an empty view for each page.
MOST = 2
#: The process grows by at most so many MB in all days, after the first ``PART`` requests, for which all code is loaded:
#: the setting's pages, half of it again for what lies between them, and pages of the last requests.
MOST_GROWN = 110
#: A large newsroom publishes so much in a day.
PUBLICATIONS = 40
#: The day is measured in so many parts, each of so many requests at least.
PARTS, PART = 24, 250
#: Requests to an empty view and to each peer before each part of the day.
EMPTY, PEER = 200, 10
WORDS = 20_000


class Traffic:
    """A site that answers the requests of days."""

    def __init__(self, known: dict[str, Any], site: Site) -> None:
        from django.conf import settings

        self.site = site
        self.tags: dict[str, str] = {}
        self.approved = list(known["approved"])
        claims = [Claim(*one) for one in known["claims"]]
        languages = sorted(dict(settings.LANGUAGES), key=lambda code: code != settings.LANGUAGE_CODE)
        words = [f"w{n}" for n in range(1, WORDS)]
        self.day = Day(Ranked(claims), Ranked(known["topics"]), Ranked(known["claimants"]), Ranked(words), languages)

    def answer(self, asked: Asked) -> None:
        """One request; a tagged one brings the tag of the last answer, if there was one."""
        tag = self.tags.get(asked.address, "") if asked.is_tagged else ""
        headers = {"X-Clock": str(asked.at)} | ({"If-None-Match": tag} if tag else {})
        answer = self.site.get(asked.address, headers)
        if answer.status not in (200, 304):
            raise SystemExit(f"{asked.address} answered {answer.status}: {answer.content[:300]!r}")
        self.tags[asked.address] = answer.tag

    def hello(self) -> None:
        """An empty view behind the same middleware."""
        self.site.get("/hello")

    def publish(self) -> float:
        """Publish one of the approved claims, which is another measurement, and make its page as the worker does.

        Returns the CPU seconds that the page cost.
        """
        from accounts.models import User
        from articles.models import Claim as Stored
        from articles.services import pages_ahead
        from articles.services.verification import publishing

        if not self.approved:
            return 0.0
        one = self.approved.pop()
        editor = User.objects.get(username="proof-editor")
        publishing.publish(claim=Stored.objects.get(pk=one["id"]), by=editor, at=None, version=one["version"])
        began = time.process_time()
        pages_ahead.make_pages(seconds=math.inf)
        return time.process_time() - began


class Measured:
    """Costs of a day by kind of request, in seconds of CPU."""

    def __init__(self, traffic: Traffic, peers: dict[str, Any]) -> None:
        self.traffic, self.peers = traffic, peers
        self.empty: list[float] = []
        self.peer: dict[str, list[float]] = defaultdict(list)
        self.total, self.count = 0.0, 0
        self.kinds: dict[str, array[float]] = defaultdict(lambda: array("d"))

    def floors(self) -> None:
        """The empty view and the peers."""
        self.empty.append(self.traffic.site.meter.cost(self.traffic.hello, EMPTY))
        for name, cost in self.peers.items():
            self.peer[name].append(cost(PEER))

    def requests(self, requests: list[Asked]) -> None:
        """Some requests in their order."""
        spent = self.traffic.site.meter.cost(lambda: self._all(requests), 1)
        self.total, self.count = self.total + spent, self.count + len(requests)

    def _all(self, requests: list[Asked]) -> None:
        for asked in requests:
            began = self.traffic.site.meter.spent()
            self.traffic.answer(asked)
            self.kinds[asked.kind].append(self.traffic.site.meter.spent() - began)


def parts_of(requests: list[Asked]) -> list[list[Asked]]:
    """The same requests in parts of the same size."""
    size = max(PART, -(-len(requests) // PARTS))
    return [requests[start : start + size] for start in range(0, len(requests), size)]


def pages_before(day: Day, count: int, days: int) -> list[Asked]:
    """Each page of so many days once, in the order of the last requests for them, spread over one day."""
    last: dict[str, Asked] = {}
    for asked in (asked for _ in range(days) for asked in day.requests(count)):
        last.pop(asked.address, None)
        last[asked.address] = asked
    return [
        Asked(number * DAY_SECONDS / len(last), asked.kind, asked.address, is_tagged=False)
        for number, asked in enumerate(last.values())
    ]


def run(traffic: Traffic, peers: dict[str, Any], count: int, days: int) -> tuple[Measured, float]:
    """The days before without counting, then the day; returns what it cost, and how many MB the process grew."""
    earlier = pages_before(traffic.day, count, days)
    requests = [
        Asked(DAY_SECONDS + asked.at, asked.kind, asked.address, asked.is_tagged)
        for asked in traffic.day.requests(count)
    ]
    parts = parts_of(requests)
    site = traffic.site
    before = site.memory()
    for number, asked in enumerate(earlier):
        if number == PART:
            before = site.memory()
        traffic.answer(asked)
    print(f"  memory {before:.0f} MB after the first requests, {site.memory():.0f} after {days} days", flush=True)
    measured = Measured(traffic, peers)
    pieces = -(-len(traffic.approved) // len(parts)) or 1
    for part in parts:
        measured.floors()
        for start in range(pieces):
            measured.total += traffic.publish()
            measured.requests(part[start * len(part) // pieces : (start + 1) * len(part) // pieces])
    return measured, site.memory() - before


def report(measured: Measured, grown: float) -> int:
    """Print what was measured; returns how many bounds were missed."""
    empty = sum(measured.empty) / len(measured.empty)
    print(f"  an empty view {empty * 1000:.3f} ms; {measured.count} requests")
    print("  kind            share   process alone, x the empty view   (slowest twentieth)")
    for name, costs in sorted(measured.kinds.items(), key=lambda one: -sum(one[1])):
        slow = sorted(costs)[int(len(costs) * 0.95) :]
        part = sum(costs) / sum(map(sum, measured.kinds.values()))
        mean = sum(costs) / len(costs) / empty
        print(
            f"  {name:14} {100 * len(costs) / measured.count:5.1f} % {mean:12.2f} {sum(slow) / len(slow) / empty:10.1f}"
            f"   {100 * part:5.1f} % of the cost"
        )
    for name, costs in measured.peer.items():
        print(f"  {name:50} {sum(costs) / len(costs) / empty:8.2f} x the empty view")
    ratio = measured.total / measured.count / empty
    missed = 0
    for what, found, most in (
        ("a page of the day / empty view, CPU of process and database", ratio, MOST),
        ("memory the process grew by, MB", grown, MOST_GROWN),
    ):
        missed += found > most
        print(f"{what:62} {found:8.2f}   at most {most:4} {'MISSED' if found > most else ''}", flush=True)
    return missed


def main() -> int:
    """Fill the scratch database, measure, and drop it in any case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=200_000, help="in a day")
    parser.add_argument("--days", type=int, default=7, help="before the day that is measured")
    parser.add_argument("--publications", type=int, default=PUBLICATIONS)
    parser.add_argument("--no-wagtail", action="store_true")
    parser.add_argument("--no-bounds", action="store_true", help="exit code 0 whatever was measured")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, scratch.database_url("traffic", template=scratch.with_demo()):
        os.environ.update(
            serving.environment("http://localhost")
            | {"DJANGO_SETTINGS_MODULE": "factcheck.settings", "VAR_DIR": folder}
        )
        warnings.filterwarnings("ignore", "No directory at", UserWarning)  # nobody asks for static files here
        serving.collect_static(dict(os.environ))
        missed = _measured(options)
    return 1 if missed and not options.no_bounds else 0


def _measured(options: argparse.Namespace) -> int:
    began = time.monotonic()
    command = [sys.executable, "-m", "bench.traffic.filling", str(options.claims), str(options.publications)]
    filled = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=serving.ROOT)  # noqa: S603
    print(f"{options.claims} claims filled in, in {time.monotonic() - began:.0f} s", flush=True)

    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from articles.services import pages_ahead
    from bench.traffic import wagtail_peer

    settings.ROOT_URLCONF = "bench.urls"  # pages are kept under the settings of the process that is measured
    connection.ensure_connection()  # for publications
    told = dict(os.environ)
    began = time.monotonic()
    print(f"{pages_ahead.make_pages(seconds=math.inf)}, in {time.monotonic() - began:.0f} s", flush=True)
    with (
        serving.started("bench.traffic.served:application", threads=1, told=told) as server,
        wagtail_peer.acts(wanted=not options.no_wagtail) as peers,
    ):
        database = str(connection.settings_dict["NAME"])
        site = Site(server, database, apart=[connection.connection.info.backend_pid])
        return report(*run(Traffic(json.loads(filled.stdout), site), peers, options.requests, options.days))


if __name__ == "__main__":
    sys.exit(main())
