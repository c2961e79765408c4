"""The site in a process of its own on the test's database: killed and started again at the same address."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from accounts.hashing import Argon2Hasher
from accounts.models import User
from tests.conftest import PASSWORD
from tests.demo.test_demo import database_url
from tests.waiting import wait_until

ROOT = Path(__file__).parents[3]


class SiteProcess:
    """One process with one worker. ``address`` stays the same."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = str(free.getsockname()[1])
        self.address = f"http://127.0.0.1:{self._port}"
        self._told = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
            **{"DEBUG": "1", "DATABASE_URL": database_url(), "READERS_DATABASE_URL": "", "LOG_LEVEL": "ERROR"},
            **{"VAR_DIR": str(folder), "SITE_URL": self.address},
        }
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        granian = Path(sys.executable).parent / "granian"
        options = ["--interface", "wsgi", "--port", self._port, "--workers", "1", "--blocking-threads", "4"]
        self._running = subprocess.Popen(
            [str(granian), *options, "factcheck.wsgi:application"],
            cwd=ROOT,
            env=self._told,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_until(self._answers, 90, every=0.2)

    def kill(self) -> None:
        """End it and its worker at once, in the middle of whatever they do."""
        if self._running is not None:
            os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait(10)
            self._running = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except OSError:
            return False


@contextmanager
def site_process(folder: Path) -> Iterator[SiteProcess]:
    """A running one, whose people sign in with the tests' password, stored as in earnest."""
    hasher = Argon2Hasher()
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(password=hasher.encode(PASSWORD, hasher.salt()))
    site = SiteProcess(folder)
    site.start()
    try:
        yield site
    finally:
        site.kill()
