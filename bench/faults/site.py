"""The site's processes in a proof, each started again when it ends, as a service manager does."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from bench.faults import cluster
from lib.transparency import signed_notes

ROOT = Path(__file__).resolve().parents[2]
HOST = "facts.example.org"
ORIGIN = f"{HOST}/log"
#: What the proxy in front of the site tells it.
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
#: Processes that answer requests.
WORKERS = 2
#: Seconds for a start, and for one answer.
PATIENCE, ANSWER_SECONDS = 90.0, 30.0
#: Seconds until the service manager starts a process again: ``RestartSec`` of deploy/systemd.
RESTART_SECONDS = 2.0


def environment(folder: Path, database: str, readers: str = "") -> dict[str, str]:
    """A production site that writes to ``folder``; ``readers`` is the address of its replica."""
    return {
        **os.environ,
        **{"DEBUG": "0", "SECRET_KEY": "only-for-this-proof" * 4, "SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": HOST},
        **{"BEHIND_PROXY": "1", "DATABASE_URL": database, "READERS_DATABASE_URLS": readers, "LOG_LEVEL": "WARNING"},
        **{"READERS_DATABASE_URL": "", "VAR_DIR": str(folder), "EMAIL_URL": "dummy:", "CACHE_URL": ""},
        **{"LOG_CHECKPOINT_FILE": str(folder / "checkpoints.log"), "LOG_ORIGIN": ORIGIN, "LOG_SIGNING_KEY_FILE": ""},
        **{"LOG_SIGNING_KEY": signed_notes.generate(ORIGIN).secret_key(), "CONTACT_EMAIL": f"corrections@{HOST}"},
        **{
            "API_READ_RATE": "",
            "API_DESK_RATE": "",
            "API_KEY_RATE": "",
            "REPORT_MIN_SECONDS": "0",
            "PAGE_SECONDS": "0",
        },
        **{"REPORT_RATE": "", "REPORT_GLOBAL_RATE": "", "PYTHONDONTWRITEBYTECODE": "1"},
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
    }


def manage(told: dict[str, str], *arguments: str) -> str:
    """Run a command of manage.py; returns what it printed. Raises SystemExit when it fails."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *arguments],
        **{"cwd": ROOT, "env": told, "capture_output": True, "text": True, "check": False, "timeout": 300},
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(arguments[:2])} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


class Service:
    """A command that is started again a moment after it ended, until ``stop``."""

    def __init__(self, command: Sequence[str], told: dict[str, str], log: Path) -> None:
        self._command, self._told, self.log = command, told, log
        self._over = threading.Event()
        self.starts = 0
        self.process = self._start()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def _start(self) -> "subprocess.Popen[bytes]":
        self.starts += 1
        with self.log.open("ab") as lines:
            return subprocess.Popen(  # noqa: S603
                self._command, cwd=ROOT, env=self._told, stdout=lines, stderr=lines, start_new_session=True
            )

    def _keep(self) -> None:
        while not self._over.wait(0.05):
            if self.process.poll() is not None and not self._over.wait(RESTART_SECONDS):
                self.process = self._start()

    def stop(self) -> None:
        """SIGTERM; SIGKILL to all of it when that takes more than 15 seconds."""
        self._over.set()
        self._keeper.join()
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def web(told: dict[str, str], port: int, log: Path) -> Service:
    """The web server as deploy/serve-web starts it."""
    path = f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"
    more = {"WEB_PORT": str(port), "WEB_WORKERS": str(WORKERS), "PATH": path}
    return Service(["sh", "deploy/serve-web"], told | more, log)


def worker(told: dict[str, str], log: Path) -> Service:
    """The process for jobs."""
    return Service([sys.executable, "manage.py", "worker"], told, log)


def web_workers(service: Service) -> list[int]:
    """The processes of the web server that answer requests, not the one that watches them."""
    return cluster.children(service.process.pid)


def have_started(log: Path) -> bool:
    """Whether each web worker that was begun has loaded the site, by what the server says in its log."""
    said = re.findall(rb"^.INFO. (Spawning|Started) worker-(\d+)", log.read_bytes(), re.MULTILINE)
    return all(word == b"Started" for word in {number: word for word, number in said}.values())


def free_port() -> int:
    """A port of the loopback interface that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def ask(
    port: int, path: str, method: str = "GET", body: bytes = b"", *, timeout: float = ANSWER_SECONDS, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (several of one name in lines) and body.

    Raises OSError and http.client.HTTPException when there is no whole answer.
    """
    sent = HEADERS | {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)) as connection:
        connection.request(method, path, body or None, sent)
        answer = connection.getresponse()
        found: dict[str, str] = {}
        for name, value in answer.getheaders():
            found[name.lower()] = "\n".join(filter(None, (found.get(name.lower()), value)))
        return answer.status, found, answer.read()


def status_of(port: int, path: str, *, timeout: float = ANSWER_SECONDS) -> int:
    """The status of the answer, 0 when there is none."""
    try:
        return ask(port, path, timeout=timeout)[0]
    except (OSError, http.client.HTTPException):
        return 0


def wait_for(port: int, path: str, seconds: float = PATIENCE) -> None:
    """Return when the address answers 200. Raises SystemExit when it does not in time."""
    until = time.monotonic() + seconds
    while status_of(port, path, timeout=5) != 200:
        if time.monotonic() > until:
            raise SystemExit(f"{path} does not answer.")
        time.sleep(0.1)


@contextmanager
def running(*services: Service) -> Iterator[None]:
    """End these services with the block."""
    try:
        yield
    finally:
        for service in services:
            service.stop()
