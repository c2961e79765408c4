"""Proves that the site lives through outages: ``python -m bench.faults``; exit code 1 when it does not.

- ``kills``: SIGKILL to web workers, the job worker and PostgreSQL, while partners, an editor and a publisher write.
  Nothing that was acknowledged may be lost, the log must hold, and the site answers within five seconds.
- ``outages``: the primary, then the replica goes away while readers ask for every public address of the list.
- ``memory``: the kernel kills a web worker at the limit of a control group. Needs the right to make one.
- ``pooled``: the main journeys by way of PgBouncer in transaction mode, where it is installed.

All on loopback, with PostgreSQL servers of its own in a scratch folder that is removed.
"""

import argparse
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import serving
from bench.faults import cluster, kills, memory, pooled, site, writers
from bench.faults.outages import Outages
from factcheck.postgres.server import Server


def outages(folder: Path, _options: argparse.Namespace) -> list[str]:
    """The faults of the outages."""
    primary, replica = cluster.servers(folder)
    told = site.environment(folder / "var", cluster.address(primary), cluster.address(replica, "factcheck_readers"))
    with cluster.running(primary, replica):
        site.manage({**told, "DEBUG": "1"}, "demo", "--no-serve")
        cluster.add_replica(primary, replica)
        return Outages(primary, replica, told, site.free_port(), folder / "web.log").prove()


def kill(folder: Path, options: argparse.Namespace) -> list[str]:
    """The faults of the kills."""
    return _on_one_server(folder, options, kills.prove)


Prove = Callable[[Server, dict[str, str], Path, argparse.Namespace], list[str]]


def _on_one_server(folder: Path, options: argparse.Namespace, prove: Prove) -> list[str]:
    """On a primary alone, with the demo or a copy of the template."""
    server, _replica = cluster.servers(folder)
    told = site.environment(folder / "var", cluster.address(server))
    with cluster.running(server):
        if options.template:
            cluster.copy(options.template, server)
        else:
            site.manage({**told, "DEBUG": "1"}, "demo", "--no-serve")
        return prove(server, told, folder, options)


def pool(folder: Path, options: argparse.Namespace) -> list[str]:
    """The faults by way of PgBouncer."""
    return _on_one_server(folder, options, pooled.prove)


def out_of_memory(folder: Path, options: argparse.Namespace) -> list[str]:
    """The faults of a worker without memory."""
    return _on_one_server(folder, options, memory.prove)


PROOFS = {"kills": kill, "outages": outages, "memory": out_of_memory, "pooled": pool}


def run(name: str, options: argparse.Namespace) -> list[str]:
    """The faults of one proof, in a scratch folder that is removed in any case."""
    folder = Path(tempfile.mkdtemp(prefix="fc-faults-"))
    (folder / "var").mkdir()
    try:
        static = site.environment(folder / "var", "postgresql://nobody@/none")
        serving.collect_static(static)
        return PROOFS[name](folder, options)
    finally:
        if options.keep:
            print(folder)
        else:
            shutil.rmtree(folder)


def main() -> int:
    """Read what is asked for, and prove it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", help=f"{', '.join(PROOFS)}; all without it")
    parser.add_argument(
        "--rounds",
        type=int,
        default=200,
        help="how many kills; under twelve, as many times each page by way of PgBouncer",
    )
    parser.add_argument("--bound", type=float, default=5.0, help="seconds until the site must answer")
    parser.add_argument("--pause", type=float, default=writers.PAUSE, help="seconds between two writes of one writer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--template", default="", help="a migrated database to begin with instead of the demo")
    parser.add_argument("--verbose", action="store_true", help="a line for each kill")
    parser.add_argument("--keep", action="store_true", help="leave the scratch folder, with the log of the site")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    faults = []
    for name in options.what or PROOFS:
        print(f"{name} …", flush=True)
        found = run(name, options)
        print("\n".join(found) or f"{name}: held", flush=True)
        faults += found
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
