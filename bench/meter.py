"""What something costs: CPU time of this process and of the database's processes that work for it, together.

Not time by the clock, which on a busy machine says more about the neighbours. Only ratios of one run count.
"""

import os
import random
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

#: Seconds until processes of the database that have done their work are waited for no longer.
PATIENCE = 10


class Meter:
    """CPU of this process and of the server's processes that work for it, in seconds."""

    def __init__(self) -> None:
        from django.db import connections

        pids = []
        for alias in ("default", "readers"):
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid(), current_database()")
                pid, self.database = cursor.fetchone()
                pids.append(str(pid))
        self.backends = [Path("/proc", pid) for pid in pids]
        if not all(backend.exists() for backend in self.backends):
            raise SystemExit("The database runs on another machine, so what it costs cannot be seen from here.")
        self.server = _stat(self.backends[0])[1]

    def spent(self) -> float:
        """CPU seconds of this process until now."""
        return time.process_time()

    def cost(self, act: Callable[[], object], times: int) -> float:
        """What one of ``times`` calls costs."""
        theirs, ours = self._database(), self.spent()
        for _ in range(times):
            act()
        ours = self.spent() - ours
        return (ours + self._database() - theirs) / times

    def _database(self) -> float:
        """What the database has used until now; of processes that have ended, all that there were."""
        self._settle()
        ended = sum(map(int, _stat(Path("/proc", self.server))[13:15])) / os.sysconf("SC_CLK_TCK")
        return ended + sum(int((backend / "schedstat").read_text().split()[0]) for backend in self.backends) / 1e9

    def _settle(self) -> None:
        """Wait for the processes of connections that were closed: what they used is known when they are gone."""
        end = time.monotonic() + PATIENCE
        while any(self._others()) and time.monotonic() < end:
            time.sleep(0.01)

    def _others(self) -> Iterator[Path]:
        for process in Path("/proc").glob("[0-9]*"):
            try:
                state, parent = _stat(process)[:2]
                line = (process / "cmdline").read_text()
            except (OSError, IndexError):
                continue
            # One that is ending has no command line any more, some time before it is a zombie.
            ours = not line or (self.database in line and "autovacuum" not in line)
            if parent == self.server and process not in self.backends and (ours or state == "Z"):
                yield process


class ServerMeter(Meter):
    """The same of another process, which serves pages: ``pid``. Its connections are all those to ``database``, but
    for those of ``apart``, which are this process's own."""

    def __init__(self, pid: int, database: str, apart: Iterable[int] = ()) -> None:
        self.database, self.apart = database, {Path("/proc", str(one)) for one in apart}
        #: The clock of another process's CPU time (clock_getcpuclockid(3)).
        self._clock = (~pid << 3) | 2

    def spent(self) -> float:
        """CPU seconds of the server until now."""
        return time.clock_gettime(self._clock)

    def _database(self) -> float:
        self.backends = self._connections()
        self.server = _stat(self.backends[0])[1]
        return super()._database()

    def _settle(self) -> None:
        """Nothing to wait for: a server keeps its connections."""

    def _connections(self) -> list[Path]:
        found = [one for one in Path("/proc").glob("[0-9]*") if one not in self.apart and self._is_ours(one)]
        if not found:
            raise SystemExit("The database runs on another machine, so what it costs cannot be seen from here.")
        return found

    def _is_ours(self, process: Path) -> bool:
        try:
            name = (process / "cmdline").read_text()
        except OSError:
            return False
        return name.startswith("postgres: ") and f" {self.database} " in name and "autovacuum" not in name


def _stat(process: Path) -> list[str]:
    """The fields of /proc/<pid>/stat from the third on: state, parent, …; at 13 and 14 what ended children used."""
    return (process / "stat").read_text().rsplit(")", 1)[1].split()


def compared(meter: Meter, acts: dict[str, Callable[[], Any]], *, rounds: int, times: int) -> dict[str, float]:
    """What each act costs in the quietest quarter of its rounds, after one call that does not count.

    What neighbours do to caches and clocks only ever adds, but the least of all rounds is one lucky moment: compared
    with itself it was off by a twentieth, the mean of the quietest quarter by a sixtieth. Each round has an order of
    its own, so that nobody always comes after the one that leaves the caches in the worst state.
    """
    costs: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        act()
    order, chance = list(acts), random.Random(1)  # noqa: S311
    for _ in range(rounds):
        chance.shuffle(order)
        for name in order:
            costs[name].append(meter.cost(acts[name], times))
    return {name: _quietest(measured) for name, measured in costs.items()}


def _quietest(costs: list[float]) -> float:
    """The mean of the lowest quarter; of few rounds the least."""
    quiet = sorted(costs)[: max(1, len(costs) // 4)]
    return sum(quiet) / len(quiet)
