"""The site served as in earnest (DEBUG off, compressed static files), for what looks at it from outside."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def environment(address: str) -> dict[str, str]:
    """What the site needs to be told when it is served at ``address``."""
    return {
        **{"DEBUG": "0", "SECRET_KEY": "only-for-this-measurement" * 3, "SITE_URL": address, "LOG_LEVEL": "ERROR"},
        **{"ALLOWED_HOSTS": "127.0.0.1,localhost", "SECURE_SSL_REDIRECT": "0"},
        "DATABASE_URL": os.environ.get("DATABASE_URL") or "embedded",
    }


@dataclass(frozen=True, slots=True)
class Server:
    """A web server that runs: where it answers, and the process that does the work."""

    address: str
    pid: int


@contextmanager
def served(
    *,
    threads: int = 4,
    more: dict[str, str] | None = None,
    log: Path | None = None,
    application: str = "factcheck.wsgi:application",
) -> Iterator[str]:
    """The address of the site on a port of its own, until the block ends.

    ``threads`` is the number of blocking threads, ``more`` are settings, ``log`` is a file for its log lines,
    ``application`` is what is served.
    """
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="fc-served-") as folder:
        told = {**os.environ, **environment(f"http://127.0.0.1:{port}"), **(more or {})}
        told.setdefault("VAR_DIR", folder)
        collect_static(told)
        with started(application, port=port, threads=threads, told=told, log=log) as server:
            yield server.address


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def started(
    application: str,
    *,
    threads: int,
    told: dict[str, str],
    port: int = 0,
    log: Path | None = None,
    python: str = sys.executable,
    alive: str = "/healthz",
) -> Iterator[Server]:
    """A web server with one worker for a WSGI application, until the block ends.

    ``told`` is the whole environment. ``python`` names the environment that has granian, ``alive`` an address that is
    answered with 200. Raises ``SystemExit`` where it does not answer within a minute.
    """
    port = port or _free_port()
    serve = [str(Path(python).parent / "granian"), "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    with open(log or os.devnull, "wb") as lines:
        errors = lines if log else None
        command = [*serve, "--blocking-threads", str(threads), application]
        process = subprocess.Popen(command, cwd=ROOT, env=told, stdout=errors or subprocess.DEVNULL, stderr=errors)  # noqa: S603
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address + alive)
            yield Server(address, _worker(process.pid))
        finally:
            process.terminate()
            process.wait(timeout=30)


def _worker(parent: int) -> int:
    """The process that answers; ``parent`` only watches it."""
    children = [one.parent for one in Path("/proc").glob("[0-9]*/stat") if _parent(one) == parent]
    return int(children[0].name) if children else parent


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return 0


def _wait(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The site did not start within a minute.")


def collect_static(told: dict[str, str]) -> None:
    """Put the static files into the ``VAR_DIR`` of a site with these settings.

    ``SCRATCH_STATIC`` names a folder for the files, which is filled if it is not there: the tests' own. Without it they
    are collected anew.
    """
    kept = os.environ.get("SCRATCH_STATIC", "")
    if not kept:
        _run(told)
        return
    folder = Path(kept)
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as made:
            _run({**told, "VAR_DIR": made})
            _rename(Path(made, "static"), folder)
    Path(told["VAR_DIR"], "static").symlink_to(folder)


def _run(told: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=told, check=True)  # noqa: S603


def _rename(made: Path, folder: Path) -> None:
    try:
        made.rename(folder)
    except OSError:  # another process was faster
        if not folder.exists():
            raise
