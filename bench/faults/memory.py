"""A web worker that runs out of memory: the kernel kills it at the limit of a control group, amid large requests."""

import contextlib
import json
import threading
import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from bench.faults import cluster, kills, site, writers
from factcheck.postgres.server import Server

#: Room that the worker has beyond what it uses already, and the size and number of the requests that fill it.
ROOM, BODY, SENDERS = 24 << 20, 7 << 20, 12
#: Seconds after which the attempt is given up.
PATIENCE = 60.0


@contextlib.contextmanager
def limited(pid: int) -> Iterator[str]:
    """The process in a control group of its own, with a little room; why this cannot be tried here, else nothing."""
    base = Path("/sys/fs/cgroup")
    own = dict(line.split(":")[1:3] for line in Path("/proc/self/cgroup").read_text().splitlines())
    is_first = "memory" in own
    group = base / (f"memory{own['memory']}" if is_first else own[""].lstrip("/")) / f"faults-{pid}"
    used = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
    try:
        group.mkdir()
    except OSError as error:
        yield f"no control group can be made: {error}"
        return
    try:
        name = "memory.limit_in_bytes" if is_first else "memory.max"
        (group / name).write_text(str(used + ROOM))
        (group / "cgroup.procs").write_text(str(pid))
        yield ""
    except OSError as error:
        yield f"no limit can be set: {error}"
    finally:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                group.rmdir()
                break
            time.sleep(0.1)


def _send(port: int, known: dict[str, Any], over: threading.Event) -> None:
    """Large requests that are refused after they were read and parsed."""
    body = json.dumps({"claim": "x" * BODY, "language": "en"}).encode()
    headers = {"Authorization": f"Bearer {known['partner_key']}", "Content_Type": "application/json"}
    while not over.is_set():
        with contextlib.suppress(Exception):
            site.ask(port, "/api/v1/submissions/", "POST", body, Idempotency_Key=f"{time.monotonic()}", **headers)


def prove(server: Server, told: dict[str, str], folder: Path, _options: Namespace) -> list[str]:
    """Fill one worker's memory while a partner writes; the faults."""
    known = kills.filled(told, 1)
    port = site.free_port()
    web = site.web(told, port, folder / "web.log")
    with site.running(web):
        site.wait_for(port, "/readyz")
        victim = site.web_workers(web)[0]
        writer, over = writers.Submitter(port, known, "submission"), threading.Event()
        with limited(victim) as why_not:
            if why_not:
                print(f"  not tried: {why_not}")
                return []
            writer.start()
            for _ in range(SENDERS):
                threading.Thread(target=_send, args=(port, known, over), daemon=True).start()
            took = _until_killed(victim, web)
            over.set()
        spent = _until_it_answers(port)
        writer.stop()
        alive = len(site.web_workers(web))
    print(f"  killed by the kernel after {took:.1f} s; the site answered after {spent:.1f} s, with {alive} web workers")
    with psycopg.connect(cluster.address(server)) as database:
        faults = writers.lost(writer, database)
    print(f"  {len(writer.acknowledged)} acknowledged, {len(faults)} lost or doubled; answers {dict(writer.seen)}")
    if took >= PATIENCE:
        faults.append("no worker was killed: nothing was proved")
    if spent >= PATIENCE:
        faults.append("the site did not answer any more")
    return faults if alive == 2 else [*faults, f"{alive} web workers are left"]


def _until_killed(pid: int, web: site.Service) -> float:
    began = time.monotonic()
    while pid in site.web_workers(web) and time.monotonic() - began < PATIENCE:
        time.sleep(0.05)
    return time.monotonic() - began


def _until_it_answers(port: int) -> float:
    began = time.monotonic()
    while site.status_of(port, "/claims/?q=bridge", timeout=20) != 200 and time.monotonic() - began < PATIENCE:
        time.sleep(0.05)
    return time.monotonic() - began
