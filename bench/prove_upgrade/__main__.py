"""Proves that readers notice nothing of an upgrade: ``python -m bench.prove_upgrade``; exit code 1 when they did.

The first edition, out of this repository's history, loads its demo newsroom and serves it. Then this code is installed
beside it as docs/upgrading.md says: prepare while the old process serves, start the new one, stop the old one, finish.
Meanwhile a reader asks for public pages and a partner follows the change feed. Like the proxy of deploy/nginx, both ask
the other process when one does not answer. Each answer must be 200, and the partner must see each record once. All on
loopback, in a scratch database that is dropped.
"""

import argparse
import contextlib
import io
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench import scratch
from bench.prove_upgrade.clients import HOST, Client, Partner, Reader, Site

ROOT = Path(__file__).resolve().parents[2]
#: The last commit of the first edition.
FIRST_EDITION = "09b39fc982556c85fc27751b0499d919a1a24c43"
#: Seconds for anything that is started: a server, a command.
PATIENCE = 240
PAGES = (
    *("/", "/claims/", "/claims/?q=bridge", "/sources/", "/topics/", "/corrections/", "/figures/", "/figures.csv"),
    *("/feeds/claims.atom", "/feeds/claimreview.json", "/api/v1/claims/", "/api/v1/export/claims.jsonl"),
)


def extract(folder: Path) -> Path:
    """The first edition's code in ``folder``. Raises SystemExit when this clone does not have its commit."""
    command = ["git", "-C", str(ROOT), "archive", FIRST_EDITION]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise SystemExit(f"The first edition's commit is not in this clone: {done.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as files:
        files.extractall(folder, filter="data")
    return folder


def environment(folder: Path, database: str) -> dict[str, str]:
    """What both editions are told; ``folder`` is for what they write."""
    return {
        **os.environ,
        **{"DEBUG": "0", "SECRET_KEY": "only-for-this-proof" * 4, "SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": HOST},
        **{"BEHIND_PROXY": "1", "DATABASE_URL": database, "READERS_DATABASE_URL": "", "LOG_LEVEL": "ERROR"},
        **{"LOG_CHECKPOINT_FILE": str(folder / "checkpoints.log"), "VAR_DIR": str(folder), "EMAIL_URL": "dummy:"},
        **{"API_READ_RATE": "", "PYTHONDONTWRITEBYTECODE": "1", "DJANGO_SETTINGS_MODULE": "factcheck.settings"},
    }


def manage(code: Path, told: dict[str, str], *arguments: str) -> str:
    """Run a command of the edition in ``code``; returns what it printed. Raises SystemExit when it fails."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(  # noqa: S603
        command, cwd=code, env=told, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


@contextlib.contextmanager
def serving(code: Path, told: dict[str, str], log: Path) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """The edition in ``code`` on a port of its own, until the block ends; the process may be stopped before."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--interface", "wsgi", "--port", str(port), "--workers", "1", "--blocking-threads", "8"]
    command = [str(Path(sys.executable).parent / "granian"), *options, "factcheck.wsgi:application"]
    with log.open("ab") as lines:
        process = subprocess.Popen(command, cwd=code, env=told, stdout=lines, stderr=lines)  # noqa: S603
    site = Site()
    site.ports = [port]
    try:
        until = time.monotonic() + 60
        while site.get("/readyz")[0] != 200 and time.monotonic() < until:
            time.sleep(0.2)
        yield port, process
    finally:
        stop(process)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask a process to end, as systemd does, and wait for it."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def paths_of(database: str) -> list[str]:
    """What the reader opens: lists, and the page of each kind of record."""
    with psycopg.connect(database) as desk:
        claims = desk.execute("SELECT slug FROM articles_publishedclaim ORDER BY slug LIMIT 12").fetchall()
    return [*PAGES, *(f"/claims/{slug}/" for (slug,) in claims)]


def prove(folder: Path, database: str, *, seconds: float) -> int:
    """Upgrade while both ask; ``seconds`` of rest in each phase. Prints what was counted, returns the exit code."""
    old, told = extract(folder / "first"), environment(folder, database)
    manage(old, {**told, "DEBUG": "1"}, "demo", "--no-serve")
    manage(old, told, "collectstatic", "--no-input", "--verbosity", "0")
    site, log = Site(), folder / "web.log"
    with serving(old, told, log) as (old_port, old_process), contextlib.ExitStack() as rest:
        site.ports, site.phase = [old_port], "old alone"
        clients: list[Client] = [Reader(site, paths_of(database)), Partner(site)]
        for client in clients:
            client.start()
            rest.callback(client.stop)
        time.sleep(seconds)
        site.phase = "prepare beside old"
        manage(ROOT, told, "upgrade", "prepare")
        site.phase = "old on the new database"
        time.sleep(seconds)
        new_port, _new = rest.enter_context(serving(ROOT, told, log))
        site.ports, site.phase = [old_port, new_port], "both"
        time.sleep(seconds)
        site.phase = "old stops"
        stop(old_process)
        site.ports, site.phase = [new_port], "new alone"
        time.sleep(seconds)
        site.phase = "finish beside new"
        manage(ROOT, told, "upgrade", "finish")
        time.sleep(seconds)
        for client in clients:
            client.stop()
    manage(ROOT, told, "upgrade", "--check")
    manage(ROOT, told, "verify_log")
    return report(clients, log)


def report(clients: list[Client], log: Path) -> int:
    """Print each phase of each client, then what failed; the exit code."""
    for client in clients:
        print(f"{type(client).__name__}: {sum(client.answered.values())} answers, {len(client.failed)} failed")
        for phase, count in client.answered.items():
            print(f"  {phase:24} {count:5} answers, the slowest after {client.slowest[phase]:.1f} s")
    failed = Counter(line for client in clients for line in client.failed)
    if any(isinstance(client, Partner) and not client.rounds for client in clients):
        failed["the partner never reached the end of the feed"] += 1
    for line, count in failed.most_common(20):
        print(f"{count} × {line}")
    if failed:
        print(log.read_text(errors="replace")[-3000:])
    return 1 if failed else 0


def main() -> int:
    """Read the numbers, make the scratch database and folder, and remove both in any case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10, help="how long each phase lasts besides its work")
    options = parser.parse_args()
    os.environ["DEBUG"] = "1"
    folder = Path(tempfile.mkdtemp(prefix="fc-upgrade-"))
    try:
        with scratch.database_url("upgrade") as url:
            return prove(folder, url, seconds=options.seconds)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
