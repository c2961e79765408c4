"""What the API costs, against floors and peers that it builds itself: ``python -m bench.api --claims 3000``.

CPU time of this process and of the database's own processes for it together, medians of interleaved rounds: only
ratios of one run count. In a scratch database, filled in bulk with the demo's records over and over, and dropped.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import scratch

ROUNDS, REQUESTS = 9, 10


def seed(claims: int) -> None:
    """The demo, and its standing records again under new claims until there are ``claims`` of them."""
    from django.core.management import call_command
    from django.db import connection

    from articles.demo import load, people

    call_command("migrate", verbosity=0)
    load.load(people.ensure())
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE copied AS SELECT h.seq + n AS seq, gen_random_uuid() AS claim, "
            "p.claim_id AS of, p.record_id AS record FROM articles_head h, generate_series(1, %s) n JOIN "
            "(SELECT *, row_number() OVER (ORDER BY record_id) - 1 AS place, count(*) OVER () AS every "
            "FROM articles_publishedclaim WHERE NOT is_retracted) p ON n %% p.every = p.place",
            [claims],
        )
        cursor.execute(
            "INSERT INTO articles_record SELECT (jsonb_populate_record(r, jsonb_build_object('seq', c.seq, "
            "'claim_id', c.claim, 'revision', 1))).* FROM copied c JOIN articles_record r ON r.seq = c.record"
        )
        cursor.execute(
            "INSERT INTO articles_publishedclaim SELECT (jsonb_populate_record(p, jsonb_build_object('record_id', "
            "c.seq, 'claim_id', c.claim, 'revision', 1, 'slug', c.claim))).* "
            "FROM copied c JOIN articles_publishedclaim p ON p.claim_id = c.of"
        )
        cursor.execute("UPDATE articles_head SET seq = seq + %s", [claims])
        cursor.execute("DROP TABLE copied")
        cursor.execute("VACUUM ANALYZE")


class Meter:
    """CPU of this process and of the server's processes that work for it, in seconds."""

    def __init__(self) -> None:
        from django.db import connections

        self.backends = []
        for alias in ("default", "readers"):
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.backends.append(Path(f"/proc/{cursor.fetchone()[0]}"))
        if not all(backend.exists() for backend in self.backends):
            raise SystemExit("The database runs on another machine, so what it costs cannot be seen from here.")
        parent = (self.backends[0] / "stat").read_text().rsplit(")", 1)[1].split()[1]
        self.server = Path(f"/proc/{parent}/stat")

    def now(self) -> float:
        """What was used until now; of processes that have ended, all that the server had."""
        ended = self.server.read_text().rsplit(")", 1)[1].split()[13:15]
        alive = sum(int((backend / "schedstat").read_text().split()[0]) for backend in self.backends)
        return time.process_time() + alive / 1e9 + sum(map(int, ended)) / os.sysconf("SC_CLK_TCK")

    def cost(self, act: Callable[[], object], times: int = REQUESTS) -> float:
        """What one of ``times`` calls costs."""
        start = self.now()
        for _ in range(times):
            act()
        return (self.now() - start) / times


def compared(meter: Meter, acts: dict[str, Callable[[], Any]], *, rounds: int, times: int) -> dict[str, float]:
    """The median cost of each act, the rounds of all interleaved."""
    costs: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            costs[name].append(meter.cost(act, times))
    return {name: statistics.median(measured) for name, measured in costs.items()}


class Bench:
    """One run: what was measured, and whether it kept to its bounds."""

    def __init__(self) -> None:
        from django.test import Client

        self.client, self.meter, self.missed = Client(SERVER_NAME="localhost"), Meter(), 0

    def get(self, address: str) -> bytes:
        """The body of an answer that must be 200."""
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}: {answer.content[:300]!r}")
        return b"".join(answer) if answer.streaming else answer.content

    def bound(self, what: str, ratio: float, *, most: float | None = None, least: float | None = None) -> None:
        """Print a ratio beside its bound."""
        kept = (most is None or ratio <= most) and (least is None or ratio >= least)
        self.missed += not kept
        bound = f"at most {most}" if most is not None else f"at least {least}"
        print(f"{what:64} {ratio:8.2f}   {bound:14} {'' if kept else 'MISSED'}", flush=True)

    def lists(self, depth: int) -> None:
        """A hundred records: against the peers, and deep in the list."""
        from articles.selectors import keyset, public, public_feed

        head = public.head()
        deep = public_feed.cursor(head.epoch, depth)
        cursor = keyset.after(head.seq - depth, ["claims", asdict(public.Filters())])
        acts = {
            "ours": lambda: self.get("/api/v1/claims/?page_size=100"),
            "one statement": lambda: self.get("/peer/aggregate"),
            "feed, first": lambda: self.get("/api/v1/changes/?page_size=100"),
            "feed, deep": lambda: self.get(f"/api/v1/changes/?page_size=100&cursor={deep}"),
            "list, deep": lambda: self.get(f"/api/v1/claims/?page_size=100&cursor={cursor}"),
        }
        costs = compared(self.meter, acts, rounds=ROUNDS, times=REQUESTS)
        slow = {"stock": lambda: self.get("/peer/stock"), "tuned": lambda: self.get("/peer/tuned")}
        costs |= compared(self.meter, slow, rounds=3, times=2)
        for name, cost in costs.items():
            print(f"  {name:20} {cost * 1000:8.2f} ms", flush=True)
        self.bound("list of 100 / one statement with json_agg", costs["ours"] / costs["one statement"], most=0.5)
        self.bound("stock serializers, numbered pages / list of 100", costs["stock"] / costs["ours"], least=40)
        self.bound(f"changes after no. {depth} / first page", costs["feed, deep"] / costs["feed, first"], most=1.1)
        self.bound(f"list after {depth} claims / first page", costs["list, deep"] / costs["ours"], most=1.1)

    def exports(self) -> None:
        """The whole, against COPY of the same bytes to a file, and whether memory stays flat."""
        self.get("/api/v1/export/claims.jsonl")
        before = _peak()
        acts = {"ours": lambda: self._export(), "COPY": _copy}
        costs = compared(self.meter, acts, rounds=5, times=1)
        self.bound("export of all claims / COPY to a file", costs["ours"] / costs["COPY"], most=2)
        self.bound("peak memory after the exports / before", _peak() / before, most=1.05)

    def _export(self) -> None:
        with tempfile.TemporaryFile() as file:
            for piece in self.client.get("/api/v1/export/claims.jsonl"):
                file.write(piece)


def _copy() -> None:
    from articles.selectors import public_connection

    statement = (
        "COPY (SELECT convert_from(r.body, 'UTF8') FROM articles_publishedclaim p JOIN articles_record r "
        "ON r.seq = p.record_id ORDER BY r.seq) TO STDOUT"
    )
    with (
        public_connection.opened() as connection,
        tempfile.TemporaryFile() as file,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for data in copy:
            file.write(data)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> int:
    """Fill the scratch database, measure, and drop it whatever happens."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    options = parser.parse_args()
    os.environ.update(
        DEBUG="0",
        SECRET_KEY="only-for-this-measurement" * 3,
        SITE_URL="http://localhost",
        ALLOWED_HOSTS="localhost",
        SECURE_SSL_REDIRECT="0",
        DJANGO_SETTINGS_MODULE="factcheck.settings",
        API_READ_RATE="",
        LOG_LEVEL="ERROR",
    )
    with scratch.database_url("api"):
        import django

        django.setup()
        from django.conf import settings
        from django.db import connections

        from bench import api_peers

        settings.ROOT_URLCONF = "bench.api_urls"
        began = time.monotonic()
        seed(options.claims)
        api_peers.fill()
        print(f"{options.claims} claims filled in, in {time.monotonic() - began:.0f} s", flush=True)
        bench = Bench()
        bench.lists(depth=options.claims * 9 // 10)
        bench.exports()
        connections.close_all()
    return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
