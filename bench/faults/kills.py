"""SIGKILL to web workers, the job worker and PostgreSQL while others write, and how soon the site answers again."""

import json
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from argparse import Namespace
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bench.faults import cluster, site, writers
from factcheck.postgres.server import Server, ServerError

#: Seconds from one kill to the next, at least; two of web workers are further apart: granian takes the second of two
#: deaths within 5.5 seconds for a crash loop and ends, and the service manager starts it again.
PACE, WEB_PACE = 4.0, 6.5
#: The site answers when readers and the desk were served without a failure for so many seconds.
CALM = 0.5
#: An answer that takes longer than this is a failure: a request may wait for a process that is about to start.
SLOW = 1.0
#: No probe waits longer.
PATIENT = 20.0


class Keeper(threading.Thread):
    """Starts PostgreSQL again when it has ended, as a service manager does."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.server, self.ends = server, threading.Event()

    def run(self) -> None:
        """Watch until stopped."""
        while not self.ends.wait(0.1):
            if self.server.pid() is None:
                try:
                    self.server.ensure_running()
                except ServerError as error:
                    print(f"PostgreSQL is tried again: {str(error).splitlines()[0]}", flush=True)

    def stop(self) -> None:
        """End."""
        self.ends.set()
        self.join(60)


@dataclass
class Kills:
    """The running site and what was measured."""

    server: Server
    port: int
    web: site.Service
    jobs: site.Service
    chance: random.Random
    bound: float
    verbose: bool = False
    took: "defaultdict[str, list[float]]" = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    last_web: float = 0.0
    began: float = field(default_factory=time.monotonic)

    def run(self, rounds: int) -> None:
        """So many kills, spread evenly over the three kinds in a random order."""
        order = [kind for kind, _number in zip(_kinds(), range(rounds), strict=False)]
        self.chance.shuffle(order)
        for number, kind in enumerate(order, start=1):
            began = time.monotonic()
            what = getattr(self, f"_{kind}")()
            spent = self._until_it_answers()
            self.took[what].append(spent)
            if self.verbose:
                print(f"  {time.monotonic() - self.began:6.1f} s {what}: answered after {spent:.2f} s", flush=True)
            if spent > self.bound:
                self.faults.append(f"kill {number}, {what}: the site answered after {spent:.1f} s")
            if number % 20 == 0:
                print(f"  {number} kills, the slowest answer after {self._slowest():.1f} s", flush=True)
            time.sleep(max(0.0, began + PACE - time.monotonic()) + self.chance.random() / 2)

    def _slowest(self) -> float:
        return max(max(times) for times in self.took.values())

    def _web(self) -> str:
        """One of the processes that answer requests, when all of them do: the other one goes on."""
        time.sleep(max(0.0, self.last_web + WEB_PACE - time.monotonic()))
        victims = _found(
            lambda: site.web_workers(self.web) if site.have_started(self.web.log) else [], at_least=site.WORKERS
        )
        os.kill(self.chance.choice(victims), signal.SIGKILL)
        self.last_web = time.monotonic()
        return "web worker"

    def _jobs(self) -> str:
        """The process for jobs."""
        [pid] = _found(lambda: [self.jobs.process.pid] if self.jobs.process.poll() is None else [], at_least=1)
        os.kill(pid, signal.SIGKILL)
        return "job worker"

    def _postgres(self) -> str:
        """The whole server, or one session, after which PostgreSQL ends all others."""
        if self.chance.random() < 1 / 3 and cluster.kill_backend(self.server):
            return "PostgreSQL, one session"
        cluster.kill(self.server)
        return "PostgreSQL, all processes"

    def _until_it_answers(self) -> float:
        """Seconds from the kill to the first answer after which none failed any more."""
        began = time.monotonic()
        well_since: float | None = None
        while time.monotonic() - began < 60:
            asked = time.monotonic()
            if self._answers() and time.monotonic() - asked < SLOW:
                well_since = asked if well_since is None else well_since
                if time.monotonic() - well_since > CALM:
                    return well_since - began
            else:
                well_since = None
            time.sleep(0.03)
        return 60.0

    def _answers(self) -> bool:
        paths = (f"/claims/?q=bridge{self.chance.randrange(10**6)}", "/readyz?plane=desk")
        return all(site.status_of(self.port, path, timeout=PATIENT) == 200 for path in paths)

    def report(self) -> None:
        """Print the distribution for each kind."""
        for what, times in sorted(self.took.items()):
            line = " ".join(f"{share:.0%} {_percentile(times, share):.2f}" for share in (0.5, 0.9, 0.99))
            print(f"  {what:26} {len(times):3} kills, answers after: {line}, max {max(times):.2f} s")
        every = [one for times in self.took.values() for one in times]
        within = Counter(min(5, int(one)) for one in every)
        spread = f"mean {statistics.mean(every):.2f} s, max {max(every):.2f} s"
        print(f"  all: {len(every)} kills, {spread}, by whole seconds {dict(sorted(within.items()))}")


def _kinds() -> Any:
    while True:
        yield from ("web", "postgres", "jobs")


def _found(find: Any, *, at_least: int) -> list[int]:
    until = time.monotonic() + site.PATIENCE
    while len(found := find()) < at_least:
        if time.monotonic() > until:
            raise SystemExit("A killed process did not come back.")
        time.sleep(0.05)
    return found


def _percentile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def prove(server: Server, told: dict[str, str], folder: Path, options: Namespace) -> list[str]:
    """Kill while others write, and compare what was acknowledged with what is there; the faults."""
    rounds, seed = options.rounds, options.seed
    known = filled(told, rounds)
    cluster.settle(server)
    port, log = site.free_port(), folder / "web.log"
    web, jobs, keeper = site.web(told, port, log), site.worker(told, folder / "worker.log"), Keeper(server)
    crowd: list[Any] = [
        writers.Submitter(port, known, "submission"),
        writers.Submitter(port, known, "second submission"),
    ]
    crowd += [writers.Commenter(port, known, "comment"), writers.Publisher(port, known, "publication")]
    with site.running(jobs, web):
        site.wait_for(port, "/readyz")
        keeper.start()
        for writer in crowd:
            writer.pause = options.pause
            writer.start()
        lots = random.Random(seed)  # noqa: S311 - a seed, not a secret
        kills = Kills(server, port, web, jobs, lots, options.bound, options.verbose)
        began = time.monotonic()
        kills.run(rounds)
        for writer in crowd:
            writer.stop()
        starts = f"the web server was started {web.starts} times, the job worker {jobs.starts} times"
        print(f"{rounds} kills in {time.monotonic() - began:.0f} s, seed {seed}; {starts}")
    keeper.stop()
    server.ensure_running()
    kills.report()
    return kills.faults + compared(server, crowd) + log_faults(told)


def filled(told: dict[str, str], rounds: int) -> dict[str, Any]:
    """Enough approved claims for so many kills, and who writes."""
    command = [sys.executable, "-m", "bench.faults.filling", str(4 + rounds * 3 if rounds < 20 else rounds * 2)]
    done = subprocess.run(command, cwd=site.ROOT, env=told, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise SystemExit(f"The database could not be filled:\n{done.stderr[-3000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def compared(server: Server, crowd: list[Any]) -> list[str]:
    """What each writer was told against what is there; prints the numbers."""
    faults = []
    with psycopg.connect(cluster.address(server)) as database:
        for writer in crowd:
            wrong = writers.lost(writer, database)
            counted = f"{len(writer.acknowledged)} acknowledged, {len(wrong)} lost or doubled"
            print(f"  {writer.name}: {counted}; answers {dict(writer.seen)}")
            faults += wrong
            if not writer.acknowledged:
                faults.append(f"{writer.name}: nothing was acknowledged, so nothing was proved")
    return faults


def log_faults(told: dict[str, str]) -> list[str]:
    """The log is recomputed from its records."""
    try:
        print("  " + site.manage(told, "verify_log").strip().splitlines()[-1])
    except SystemExit as error:
        return [f"verify_log: {error}"]
    return []
