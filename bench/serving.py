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
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def environment(address: str) -> dict[str, str]:
    """What the site needs to be told when it is served at ``address``."""
    return {
        **{"DEBUG": "0", "SECRET_KEY": "only-for-this-measurement" * 3, "SITE_URL": address, "LOG_LEVEL": "ERROR"},
        **{"ALLOWED_HOSTS": "127.0.0.1,localhost", "SECURE_SSL_REDIRECT": "0"},
        "DATABASE_URL": os.environ.get("DATABASE_URL") or "embedded",
    }


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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"http://127.0.0.1:{port}"
    told = {**os.environ, **environment(address), **(more or {})}
    folder = tempfile.TemporaryDirectory(prefix="fc-served-")
    told.setdefault("VAR_DIR", folder.name)
    collect_static(told)
    granian = Path(sys.executable).parent / "granian"
    serve = [str(granian), "--interface", "wsgi", "--port", port, "--workers", "1", "--blocking-threads", str(threads)]
    with open(log or os.devnull, "wb") as lines:
        errors = lines if log else None
        command = [*serve, application]
        process = subprocess.Popen(command, cwd=ROOT, env=told, stderr=errors)  # noqa: S603
        try:
            _wait(address)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)
            folder.cleanup()


def _wait(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310
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
