"""The site as it is served in earnest, without a database: lines and counts over two processes, one of them killed."""

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bench import serving
from tests.waiting import wait_until

ROOT = Path(__file__).parents[3]
TOKEN, PASSWORD = "a-token-of-the-monitoring", "pa55word-of-the-database"
pytestmark = pytest.mark.slow


class Served:
    """The address, and where its lines are."""

    def __init__(self, port: int, folder: Path) -> None:
        self.address, self.folder = f"http://127.0.0.1:{port}", folder
        self.answered = 0

    def get(self, path: str, **headers: str) -> tuple[int, Any, str]:
        """Status, headers and text. Raises ``OSError``."""
        request = urllib.request.Request(self.address + path, headers=headers)  # noqa: S310
        try:
            answer = urllib.request.urlopen(request, timeout=10)  # noqa: S310
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.answered += path == "/healthz"
            return answer.status, answer.headers, answer.read().decode()

    def lines(self) -> list[dict[str, Any]]:
        """The JSON lines so far. Those of the web server itself are text."""
        written = (self.folder / "lines").read_text(encoding="utf-8").splitlines()
        assert all(line.startswith(("{", "[INFO]", "[WARNING]", "[ERROR]")) for line in written), written
        return [json.loads(line) for line in written if line.startswith("{")]

    def counted(self) -> float:
        """How many probes all processes have answered, and that the page can be read."""
        status, _headers, text = self.get("/metrics", Authorization=f"Bearer {TOKEN}")
        assert status == 200
        samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
        up = {s.labels["database"]: s.value for s in samples if s.name == "factcheck_database_up"}
        assert up == {"primary": 0, "readers": 0}
        return sum(s.value for s in samples if s.labels.get("route") == "healthz" and s.name.endswith("requests_total"))

    def processes(self) -> set[int]:
        """The processes that have written counts."""
        return {int(path.name.partition("-")[0]) for path in (self.folder / "metrics").glob("*-*.lock")}


def until(is_so: Callable[[], bool]) -> None:
    """Wait for it, for as long as a busy machine may take."""

    def reached() -> bool:
        try:
            return is_so()
        except OSError:  # nobody listens for a moment
            return False

    wait_until(reached, 60, every=0.1)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {
        **{name: value for name, value in os.environ.items() if name not in ("DEBUG", "READERS_DATABASE_URL")},
        **{"SECRET_KEY": "only-for-this-test" * 4, "SITE_URL": "https://facts.example", "ALLOWED_HOSTS": "127.0.0.1"},
        **{"DATABASE_URL": f"postgresql://desk:{PASSWORD}@127.0.0.1:1/facts", "VAR_DIR": str(tmp_path)},
        **{"METRICS_TOKEN": TOKEN, "SECURE_SSL_REDIRECT": "0", "WEB_PORT": str(port), "WEB_WORKERS": "2"},
    }
    serving.collect_static(told)
    with open(tmp_path / "lines", "wb") as lines:
        server = subprocess.Popen([str(ROOT / "deploy/serve-web")], env=told, stderr=lines, stdout=lines)
    try:
        made = Served(port, tmp_path)
        until(lambda: made.get("/healthz")[0] == 200)
        yield made
    finally:
        server.terminate()
        server.wait(30)


def test_counts_of_all_processes_outlive_one_that_is_killed(served: Served) -> None:
    until(lambda: served.get("/healthz")[0] == 200 and len(served.processes()) == 2)
    # Each process is asked: the other ones' numbers it knows from their files, which are up to a second old.
    until(lambda: all(served.counted() == served.answered for _ in range(10)))
    os.kill(min(served.processes()), signal.SIGKILL)
    until(lambda: served.get("/healthz")[0] == 200)
    until(lambda: served.counted() == served.answered)


def test_a_line_names_the_id_of_the_answer_and_none_has_a_secret(served: Served) -> None:
    status, headers, text = served.get("/claims/?q=secret-words", Cookie="sessionid=secret-cookie")
    number = headers["X-Request-ID"]
    assert (status, number in text) == (503, True)
    served.get("/expert/secret-of-a-link/", Authorization=f"Bearer {TOKEN}")
    until(lambda: sum(line["logger"] == "factcheck.requests" for line in served.lines()) == 2)
    line, other = (line for line in served.lines() if line["logger"] == "factcheck.requests")
    assert (line["request_id"], line["status"], line["level"]) == (number, 503, "WARNING")
    assert other["path"] == "/expert/…/"
    (outage,) = [line for line in served.lines() if line["logger"] == "factcheck.outages"][:1]
    assert outage["request_id"] == number
    for secret in (TOKEN, PASSWORD, "secret-words", "secret-cookie", "secret-of-a-link"):
        assert secret not in (served.folder / "lines").read_text(encoding="utf-8")
