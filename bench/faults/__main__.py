"""Proves that the site lives through outages: ``python -m bench.faults``; exit code 1 when it does not.

- ``outages``: the primary, then the replica goes away while readers ask for every public address of the list.

All on loopback, with PostgreSQL servers of its own in a scratch folder that is removed.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from bench.faults import cluster, site
from bench.faults.outages import Outages


def outages(folder: Path) -> list[str]:
    """The faults of the outages."""
    primary, replica = cluster.servers(folder)
    readers = cluster.address(replica, "factcheck_readers")
    told = site.environment(folder / "var", cluster.address(primary), readers)
    (folder / "var").mkdir()
    primary.ensure_running()
    try:
        site.manage({**told, "DEBUG": "1"}, "demo", "--no-serve")
        site.manage(told, "collectstatic", "--no-input", "--verbosity", "0")
        cluster.add_replica(primary, replica)
        return Outages(primary, replica, told, site.free_port(), folder / "web.log").prove()
    finally:
        for server in (replica, primary):
            server.stop()


def main() -> int:
    """Read what is asked for, and remove the scratch folder in any case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=["outages"], default="outages")
    parser.add_argument("--keep", action="store_true", help="leave the scratch folder, with the log of the site")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="fc-faults-"))
    try:
        faults = outages(folder)
    finally:
        if options.keep:
            print(folder)
        else:
            shutil.rmtree(folder)
    print("\n".join(faults) or "outages: held")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
