"""What the API costs, against floors and peers that it builds itself: ``make bench-api``.

CPU time of this process and of the database's own processes for it together, in the quietest of interleaved rounds:
only ratios of one run count. In a scratch database, filled in bulk with the demo's records over and over, and dropped.
Exit code 1 when a bound is missed; ``--no-bounds`` only measures, ``--claims 3000`` takes less patience.
"""

import argparse
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from bench import filling, scratch
from bench.meter import Meter, compared

#: The first request of a round is a cold one, so there are ten; a quiet moment is short, so there are many rounds.
ROUNDS, REQUESTS = 30, 10
LIST = "list of 100"
#: A rate that nobody reaches, so that counting is all that the limiter does.
COUNTED = "1000000/s"


class Bench:
    """One run: what was measured, and how many bounds it missed."""

    def __init__(self, rounds: int) -> None:
        from django.test import Client

        self.client, self.meter, self.rounds, self.missed = Client(SERVER_NAME="localhost"), Meter(), rounds, 0

    def get(self, address: str, *, tag: str = "", rate: str = "") -> Any:
        """The answer: 200, or 304 when a tag is sent; counted by the rate limiter when there is a rate."""
        from django.conf import settings

        settings.API_READ_RATE = rate
        answer = self.client.get(address, headers={"If-None-Match": tag} if tag else {})
        if answer.status_code != (304 if tag else 200):
            raise SystemExit(f"{address} answered {answer.status_code}: {answer.content[:300]!r}")
        return answer

    def compare(
        self, acts: dict[str, Callable[[], Any]], *, times: int = REQUESTS, rounds: int = 0
    ) -> dict[str, float]:
        """Measure side by side, and print what one call of each costs."""
        costs = compared(self.meter, acts, rounds=min(rounds or self.rounds, self.rounds), times=times)
        for name, cost in costs.items():
            print(f"  {name:38} {cost * 1000:9.2f} ms", flush=True)
        return costs

    def ratio(self, what: str, ratio: float, *, most: float | None = None, least: float | None = None) -> None:
        """Print a ratio, beside its bound if it has one."""
        kept = (most is None or ratio <= most) and (least is None or ratio >= least)
        self.missed += not kept
        bound = f"at most {most}" if most is not None else f"at least {least}" if least is not None else ""
        print(f"{what:56} {ratio:8.2f}   {bound:14} {'' if kept else 'MISSED'}", flush=True)

    def requests(self, acts: dict[str, Callable[[], Any]]) -> None:
        """Print how many statements each answer takes, and how many bytes it has."""
        from django.db import connections
        from django.test.utils import CaptureQueriesContext

        for name, act in acts.items():
            with ExitStack() as stack:
                seen = [stack.enter_context(CaptureQueriesContext(connections[one])) for one in ("default", "readers")]
                answer = act()
                print(f"  {name:38} {sum(map(len, seen)):6} statements {len(answer.content):9} bytes", flush=True)

    def lists(self, depth: int) -> None:
        """A hundred records: against the peers, and deep in the list."""
        from articles.selectors import keyset
        from articles.selectors.readers import change_feed, published

        head, list_scope = published.head(), published.Filters().scope
        addresses = {
            LIST: "/api/v1/claims/?page_size=100",
            "list, deep": f"/api/v1/claims/?page_size=100&cursor={keyset.after(head.seq - depth, list_scope)}",
            "feed of 100": "/api/v1/changes/?page_size=100",
            "feed, deep": f"/api/v1/changes/?page_size=100&cursor={change_feed.cursor(head.epoch, depth)}",
            "one statement": "/peer/aggregate",
            "DRF as usual": "/peer/stock",
            "DRF as usual, deep": f"/peer/stock?page={max(1, depth // 100)}",
            "DRF tuned": "/peer/tuned",
        }
        acts = {name: partial(self.get, address) for name, address in addresses.items()}
        self.requests(acts)
        slow = {name: acts.pop(name) for name in list(acts) if name.startswith("DRF")}
        costs = self.compare(acts) | self.compare(slow, times=2, rounds=3)
        self.ratio("list of 100 / one statement with json_agg", costs[LIST] / costs["one statement"], most=0.5)
        self.ratio("DRF as usual / list of 100", costs["DRF as usual"] / costs[LIST], least=40)
        self.ratio("DRF tuned by hand / list of 100", costs["DRF tuned"] / costs[LIST])
        self.ratio(f"changes after no. {depth} / first page", costs["feed, deep"] / costs["feed of 100"], most=1.1)
        self.ratio(f"list after {depth} claims / first page", costs["list, deep"] / costs[LIST], most=1.1)
        self.ratio("the same of DRF as usual", costs["DRF as usual, deep"] / costs["DRF as usual"])

    def small(self) -> None:
        """What it costs to hear that nothing is new, and to be counted."""
        from articles.selectors.readers import published

        many = "/api/v1/claims/?page_size=100"
        one = f"/api/v1/claims/{published.claims(size=1).rows[0].pk}/"
        acts = {}
        for name, address in ((LIST, many), ("one claim", one)):
            tag = self.get(address).headers["ETag"]
            for rate, counted in (("", ""), (COUNTED, ", counted")):
                acts[f"{name}{counted}"] = partial(self.get, address, rate=rate)
                acts[f"304 for {name}{counted}"] = partial(self.get, address, rate=rate, tag=tag)
        self.requests(acts)
        costs = self.compare(acts)
        self.ratio("304 / list of 100", costs[f"304 for {LIST}"] / costs[LIST])
        for name in (LIST, "one claim", f"304 for {LIST}"):
            self.ratio(f"the rate limiter's share: {name}", 1 - costs[name] / costs[f"{name}, counted"])

    def exports(self) -> None:
        """The whole, against COPY of the same bytes to a file, and whether memory stays flat."""
        costs = self.compare({"export": self._export, "COPY": _copy}, times=1, rounds=5)
        Path("/proc/self/clear_refs").write_text("5")  # the peak is counted anew from here
        before = _peak()
        self._export()
        self.ratio("export of all claims / COPY to a file", costs["export"] / costs["COPY"], most=2)
        self.ratio("peak of memory in an export / before it", _peak() / before, most=1.05)

    def _export(self) -> None:
        with tempfile.TemporaryFile() as file:
            for piece in self.client.get("/api/v1/export/claims.jsonl"):
                file.write(piece)


def _copy() -> None:
    """COPY in the form that costs least: binary, so that nothing is made text or escaped."""
    from articles.selectors.readers import connection as readers_connection
    from articles.selectors.readers import export

    statement = (
        "COPY (SELECT r.body FROM articles_publishedclaim p JOIN articles_record r ON r.seq = p.record_id "
        "ORDER BY r.seq) TO STDOUT (FORMAT binary)"
    )
    with readers_connection.open_connection() as connection, tempfile.TemporaryFile() as file:
        connection.execute(f"SET LOCAL statement_timeout = '{export.TIMEOUT_SECONDS}s'")
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for data in copy:
                file.write(data)


def _peak() -> int:
    """The most memory this process had, in kB."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])


def main() -> int:
    """Fill the scratch database, measure, and drop it in any case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--no-bounds", action="store_true", help="exit code 0 whatever was measured")
    options = parser.parse_args()
    os.environ.update(
        DEBUG="0",
        SECRET_KEY="only-for-this-measurement" * 3,
        SITE_URL="http://localhost",
        ALLOWED_HOSTS="localhost",
        SECURE_SSL_REDIRECT="0",
        DJANGO_SETTINGS_MODULE="factcheck.settings",
        LOG_LEVEL="ERROR",
    )
    warnings.filterwarnings("ignore", "No directory at", UserWarning)  # nobody asks for static files here
    with scratch.database_url("api", template=scratch.with_demo()):
        missed = _measured(options.claims, options.rounds)
    return 1 if missed and not options.no_bounds else 0


def _measured(claims: int, rounds: int) -> int:
    """Everything; returns how many bounds were missed."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    from bench import api_peers

    settings.ROOT_URLCONF = "bench.urls"
    began = time.monotonic()
    filling.published(claims)
    api_peers.fill()
    print(f"{claims} claims filled in, in {time.monotonic() - began:.0f} s", flush=True)
    bench = Bench(rounds)
    bench.lists(depth=claims * 9 // 10)
    bench.small()
    bench.exports()
    connections.close_all()
    return bench.missed


if __name__ == "__main__":
    sys.exit(main())
