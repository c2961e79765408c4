"""The site by way of PgBouncer in transaction mode, as docs/availability.md sets it up, walked through."""

import json
import shutil
import subprocess
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench.faults import addresses, cluster, kills, site, writers
from factcheck.postgres import account as accounts
from factcheck.postgres import server as embedded
from factcheck.postgres.server import Server

READERS = "factcheck_web"
#: Sessions of each pool: fewer than there are clients, so that they share them.
POOL = 2
CLIENTS = 8
_LOGIN = f"""
CREATE ROLE {READERS} LOGIN IN ROLE factcheck_readers;
ALTER ROLE {READERS} SET default_transaction_read_only = on;
ALTER ROLE {READERS} SET statement_timeout = '3s';
"""
_SETTINGS = """[databases]
desk = host={host} port={port} dbname={name} user={desk}
readers = host={host} port={port} dbname={name} user={readers}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {pool}
max_client_conn = 200
"""


def program() -> str:
    """PgBouncer's; empty when it is not installed."""
    return shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin") or ""


@contextmanager
def bouncer(server: Server, folder: Path) -> Iterator[int]:
    """The port of a PgBouncer before this server, until the block ends."""
    account, port = accounts.account_for(server.home), site.free_port()
    settings = folder / "pgbouncer.ini"
    names = {"name": embedded.DATABASE, "desk": embedded.DESK_ROLE, "readers": READERS}
    place = {"host": server.socket_dir, "port": embedded.PORT, "listen": port, "pool": POOL}
    settings.write_text(_SETTINGS.format(**names, **place))
    with (folder / "pgbouncer.log").open("wb") as lines:
        command = [program(), str(settings)]
        process = subprocess.Popen(command, cwd="/", stdout=lines, stderr=lines, **account.process())  # noqa: S603
        try:
            yield port
        finally:
            process.terminate()
            process.wait(15)


class Walk:
    """The journeys, each of which notes what did not hold."""

    def __init__(self, server: Server, port: int, known: dict[str, Any]) -> None:
        self.server, self.port, self.known = server, port, known
        self.faults: list[str] = []

    def expect(self, holds: bool, fault: str) -> None:
        """Note a fault unless the condition holds."""
        print(f"  {'held' if holds else 'FAILED'}: {fault}", flush=True)
        if not holds:
            self.faults.append(f"not so: {fault}")

    def ask(self, path: str, who: str = "", body: Any = None, **headers: str) -> tuple[int, dict[str, str], Any]:
        """One request to the API; the body is what its JSON says."""
        if who:
            headers["Authorization"] = f"Bearer {self.known['tokens'][who]}"
        sent = json.dumps(body).encode() if body is not None else b""
        method = "POST" if body is not None else "GET"
        status, found, text = site.ask(self.port, path, method, sent, Content_Type="application/json", **headers)
        is_json = found.get("content-type", "").split(";")[0] in ("application/json", "application/problem+json")
        return status, found, json.loads(text) if is_json and text else text

    def desk(self) -> None:
        """Sign in by the form, comment; a draft and its edit over the API."""
        editor = writers.Commenter(self.port, self.known, "comment")
        for number in range(4):
            editor.write(f"comment {number}")
        self.expect(len(editor.acknowledged) == 4, "an editor signs in and writes four comments")
        fields = {"text": "The ferry made 20 trips a day", "language": "en", "is_unattributed": True}
        status, _, made = self.ask("/api/v1/desk/claims/", "reporter", fields, Idempotency_Key="draft-1")
        again, headers, _made = self.ask("/api/v1/desk/claims/", "reporter", fields, Idempotency_Key="draft-1")
        replayed = "idempotent-replayed" in headers
        self.expect((status, again, replayed) == (201, 201, True), f"a draft is entered once: {status} {made}"[:200])

    def publication(self) -> None:
        """A claim is approved and published; who waits for the change feed gets it."""
        cursor = self.ask("/api/v1/changes/?page_size=200")[2]["next_cursor"]
        answers: list[Any] = []
        waits = threading.Thread(
            target=lambda: answers.append(self.ask(f"/api/v1/changes/?cursor={cursor}&wait=20")[2]), daemon=True
        )
        waits.start()
        time.sleep(1.5)
        claim = self.known["claims"][0]
        began, status = time.monotonic(), self._step(claim, "publish", "editor")
        waits.join(25)
        spent = time.monotonic() - began
        found = [record["claim"]["id"] for record in answers[0]["results"]] if answers else []
        self.expect(status == 200 and found == [claim["id"]], f"a published claim reaches who waits ({spent:.1f} s)")
        self.expect(spent < 10, "and does so before the wait ends")

    def _step(self, claim: dict[str, Any], step: str, who: str) -> int:
        tag = f'"c{claim["id"]}-v{claim["version"]}"'
        return self.ask(f"/api/v1/desk/claims/{claim['id']}/actions/{step}/", who, {}, If_Match=tag)[0]

    def crowd(self, times: int) -> None:
        """Many clients at once, more than there are sessions: pages, each so many times, exports, publications."""
        paths = [*addresses.MORE[:8], "/", "/claims/", "/articles/", "/sources/", "/figures/", "/feeds/claims.atom"]
        paths += ["/sitemap.xml", "/trust/"]
        exports = ["/api/v1/export/claims.jsonl", "/api/v1/export/claims.csv", "/feeds/claimreview.json"]
        publish = [lambda claim=claim: self._step(claim, "publish", "editor") for claim in self.known["claims"][1:]]
        read: list[Callable[[], int]] = [lambda path=path: site.status_of(self.port, path) for path in paths * times]
        export = [lambda path=path: site.status_of(self.port, path) for path in exports * 4]
        with ThreadPoolExecutor(CLIENTS) as pool:
            asked = [pool.submit(act) for act in (*read, *publish)]
            exported = [pool.submit(act) for act in export]
            bad = sum(one.result() != 200 for one in asked if one.result() != 404)
            refused = sum(one.result() not in (200, 503) for one in exported)  # 503: EXPORTS_AT_ONCE are read already
        self.expect(not bad, f"{len(asked)} requests of {CLIENTS} clients at once, {bad} failed")
        self.expect(not refused, f"{len(exported)} exports at once, {refused} failed")
        lines = self.ask("/api/v1/export/claims.jsonl")[2]
        count = len(lines.splitlines()) if isinstance(lines, bytes) else 1
        published = len(self.known["claims"])
        self.expect(count > published, f"the export has all {published} claims and its last line ({count})")

    def sessions(self) -> None:
        """The readers' sessions are as few as the pool says, and the worker has its own."""
        with psycopg.connect(cluster.address(self.server, "postgres")) as asks:
            rows = asks.execute("SELECT usename, count(*) FROM pg_stat_activity WHERE usename IS NOT NULL GROUP BY 1")
            counted = dict(rows.fetchall())
            left = asks.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL"
            )
            row = left.fetchone()
        self.expect(0 < counted.get(READERS, 0) <= POOL, f"readers share {POOL} sessions: {counted}")
        self.expect(bool(row) and row[0] == 0, "the worker did every job that waited")


def prove(server: Server, told: dict[str, str], folder: Path, options: Namespace) -> list[str]:
    """Walk through the site by way of PgBouncer; the faults."""
    if not program():
        print("PgBouncer is not installed: nothing was proved (Debian: apt-get install pgbouncer)")
        return []
    version = subprocess.run([program(), "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    print(f"  {version.splitlines()[0]}, {CLIENTS} clients for {POOL} sessions")
    known = kills.filled(told, 3)
    with psycopg.connect(cluster.address(server, "postgres"), autocommit=True) as asks:
        asks.execute(_LOGIN)
    folder.chmod(0o755)
    with bouncer(server, folder) as port:
        pool = f"postgresql://web@127.0.0.1:{port}"
        told = told | {"DATABASE_POOL_URL": f"{pool}/desk", "READERS_DATABASE_POOL_URL": f"{pool}/readers"}
        site.manage(told, "migrate", "--verbosity", "0")
        listen = site.free_port()
        web, jobs = site.web(told, listen, folder / "web.log"), site.worker(told, folder / "worker.log")
        with site.running(jobs, web):
            site.wait_for(listen, "/readyz")
            walk = Walk(server, listen, known)
            walk.desk()
            walk.publication()
            walk.crowd(min(12, options.rounds))
            time.sleep(3)
            walk.sessions()
        site.manage(told, "verify_log")
    return walk.faults
