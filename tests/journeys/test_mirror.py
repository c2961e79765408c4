"""A partner's copy, made with the guide alone, after a night of publishing: equal to what we serve, byte for byte."""

import contextlib
import http.server
import json
import os
import random
import re
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction

from articles.models import Claim, Head
from articles.selectors.readers.change_notifier import watch
from articles.services.claims import claims
from articles.services.log import publication_log
from articles.services.verification.publishing import Correction
from tests import newsroom
from tests.sizes import size, sized
from tests.waiting import wait_until

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "readers"]), pytest.mark.slow]
GUIDE = Path(__file__).parents[2] / "docs" / "mirror.md"
ACTS = size(30, whole=60)
#: How the guide waits after an error: too long for tests.
_PAUSE = "time.sleep(int(pause) if pause.isdecimal() else 5)"


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> Iterator[None]:
    settings.API_READ_RATE = ""
    yield
    watch.stop()


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The guide's program, as a reader would copy it."""
    found = re.search(r"<!-- mirror\.py -->\n```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert found
    path = tmp_path / "mirror.py"
    assert found[1].count(_PAUSE) == 1
    path.write_text(found[1].replace(_PAUSE, "time.sleep(0.1)"))
    return path


class Mirror:
    """The partner's process. It is killed now and then, as processes are."""

    def __init__(self, script: Path, site: str, folder: Path) -> None:
        self.command = [sys.executable, "-I", str(script), site, str(folder)]
        self.folder, self.process = folder, subprocess.Popen(self.command)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def start(self) -> None:
        self.process = subprocess.Popen(self.command)

    def catch_up(self, seq: int) -> None:
        """Wait until the copy holds the record with the newest number."""

        def is_there() -> bool:
            assert self.process.poll() is None
            return seq in {json.loads(file.read_bytes())["seq"] for file in self.folder.glob("*.json")}

        wait_until(is_there, 60, every=0.1)

    def records(self) -> list[bytes]:
        """Every file's bytes, newest record first."""
        found = [file.read_bytes() for file in self.folder.glob("*.json")]
        return sorted(found, key=lambda body: -int(json.loads(body)["seq"]))


def night(people: SimpleNamespace, lots: random.Random, mirror: Mirror) -> None:
    """Publishes, updates, corrections, retractions and rolled-back attempts, in an order that the seed decides."""
    public: list[Claim] = []
    for number in range(ACTS):
        act = lots.choice(["publish", "publish", "update", "correct", "retract", "fail", "kill"])
        if act == "kill":
            mirror.kill()
            mirror.start()
        elif act == "publish" or not public:
            language = lots.choice(["en", "ru", "ar"])
            text = {"en": "A bridge", "ru": "Мост №", "ar": "جسر 🌉"}[language]
            public.append(newsroom.published(people, text=f"{text} {number}", language=language))
        elif act == "fail":
            with transaction.atomic():
                newsroom.published(people)
                transaction.set_rollback(True)
        else:
            public.append(again(people, public.pop(lots.randrange(len(public))), act, number))


def again(people: SimpleNamespace, claim: Claim, act: str, number: int) -> Claim:
    """The next record of a published or retracted claim."""
    if act == "retract" and claim.stage == "published":
        return newsroom.take(claim, "retract", people.editor, comment=f"Withdrawn, no. {number}")
    claim = newsroom.take(claim, "recheck", people.editor)
    claim = claims.edit(
        claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version, why_chosen="x", origin=f"Talk {number}"
    )
    claim = newsroom.take(newsroom.take(claim, "submit", people.reporter), "approve", people.checker)
    retracted = newsroom.record_of(claim).kind == "retracted"
    correction = Correction(severity="minor", note=f"Note {number}") if act == "correct" and not retracted else None
    return newsroom.take(claim, "publish", people.editor, correction=correction)


@sized
def test_the_copy_is_equal_byte_for_byte(
    people: SimpleNamespace, live_server: Any, script: Path, tmp_path: Path, client: Any
) -> None:
    newsroom.published(people)  # in the snapshot
    mirror = Mirror(script, live_server.url, tmp_path / "copy")
    try:
        night(people, random.Random(20261124), mirror)  # noqa: S311 - a seed, not a secret
        mirror.catch_up(Head.objects.get().seq)
    finally:
        mirror.kill()
    served = client.get("/api/v1/claims/?page_size=200").content
    assert served.startswith(b'{"results":[' + b",".join(mirror.records()) + b'],"next":null')
    assert {"published", "updated", "corrected", "retracted"} >= {json.loads(r)["kind"] for r in mirror.records()}


def test_the_copy_starts_again_after_a_restore(
    people: SimpleNamespace, live_server: Any, script: Path, tmp_path: Path
) -> None:
    newsroom.published(people)
    mirror = Mirror(script, live_server.url, tmp_path / "copy")
    try:
        mirror.catch_up(1)
        (mirror.folder / "left-behind.json").write_text('{"seq": 99, "revision": 1}')
        publication_log.begin_epoch()
        newsroom.published(people)
        mirror.catch_up(2)
        wait_until(lambda: not (mirror.folder / "left-behind.json").exists(), 60)
    finally:
        mirror.kill()
    assert len(mirror.records()) == 2
    assert os.path.exists(mirror.folder / "cursor")


class Wire(socketserver.ThreadingTCPServer):
    """What lies between the partner and the site: notes connections, and cuts the first answer off in the middle."""

    daemon_threads = True

    def __init__(self, site: str) -> None:
        super().__init__(("127.0.0.1", 0), self.Line)
        self.site, self.url = urlsplit(site), f"http://127.0.0.1:{self.server_address[1]}"
        self.connected_at: list[float] = []
        self.is_cut = False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    class Line(socketserver.BaseRequestHandler):
        """One connection."""

        server: "Wire"

        def handle(self) -> None:
            """Pass the request on, and as much of the answer as comes through."""
            wire = self.server
            wire.connected_at.append(time.monotonic())
            to = socket.create_connection((wire.site.hostname, wire.site.port))
            with to as to_site, contextlib.suppress(ConnectionError):  # the partner's process is killed at the end
                to_site.sendall(self.request.recv(65_536))
                first = not wire.is_cut
                wire.is_cut = True
                while data := to_site.recv(700):
                    self.request.sendall(data)
                    if first:
                        return


@pytest.fixture
def wire(live_server: Any) -> Iterator[Wire]:
    with Wire(live_server.url) as between:
        yield between
        between.shutdown()


def test_the_copy_survives_a_broken_answer_and_a_refused_cursor(
    people: SimpleNamespace, wire: Wire, script: Path, tmp_path: Path, settings: Any
) -> None:
    newsroom.published(people)
    mirror = Mirror(script, wire.url, tmp_path / "copy")
    try:
        mirror.catch_up(1)
        assert wire.is_cut
        settings.SECRET_KEY = "another key, under which no cursor of before is one of ours"
        newsroom.published(people)
        mirror.catch_up(2)
    finally:
        mirror.kill()


def test_the_copy_does_not_hurry_when_too_many_wait(
    people: SimpleNamespace, wire: Wire, script: Path, tmp_path: Path, settings: Any
) -> None:
    settings.CHANGES_WAITERS = 0
    newsroom.published(people)
    wire.is_cut = True
    mirror = Mirror(script, wire.url, tmp_path / "copy")
    try:
        mirror.catch_up(1)
        before = len(wire.connected_at)
        wait_until(lambda: len(wire.connected_at) >= before + 4, 60)
        pauses = [later - earlier for earlier, later in pairwise(wire.connected_at[before:])]
        assert min(pauses) > 0.9, pauses
    finally:
        mirror.kill()


def fetched(url: str) -> bytes:
    """What is at an address of the site under test."""
    with urllib.request.urlopen(url, timeout=60) as response:  # noqa: S310
        return bytes(response.read())


class Moody(http.server.ThreadingHTTPServer):
    """A proxy that answers as the test says before it passes requests on."""

    daemon_threads = True

    def __init__(self, site: str) -> None:
        super().__init__(("127.0.0.1", 0), self.Line)
        self.site, self.url = site, f"http://127.0.0.1:{self.server_address[1]}"
        #: What comes instead of the site's answers, by a part of the path: (status, body).
        self.instead: dict[str, tuple[int, bytes]] = {}
        self.asked: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    class Line(http.server.BaseHTTPRequestHandler):
        """One connection."""

        server: "Moody"

        def do_GET(self) -> None:
            """An answer of the list, or that of the site."""
            moody = self.server
            moody.asked.append(self.path)
            status, body = next((a for part, a in moody.instead.items() if part in self.path), (0, b""))
            if not status:
                status, body = 200, fetched(moody.site + self.path)
            self.send_response(status)
            self.send_header("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT" if status == 400 else "1")
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""


def test_the_copy_is_not_emptied_by_errors_in_between(
    people: SimpleNamespace, live_server: Any, script: Path, tmp_path: Path
) -> None:
    claim = newsroom.published(people)
    with Moody(live_server.url) as between:
        mirror = Mirror(script, between.url, tmp_path / "copy")

        def wait_for(part: str, times: int = 1) -> None:
            seen = len(between.asked)
            wait_until(lambda: sum(part in path for path in between.asked[seen:]) >= times, 60, every=0.1)

        try:
            mirror.catch_up(1)
            (mirror.folder / "left-behind.json").write_text('{"seq": 99, "revision": 1}')
            between.instead = {"/changes/": (400, b"<h1>400 Bad Request</h1>")}
            wait_for("/changes/", 2)
            assert (mirror.folder / "cursor").exists()
            assert not any("/export/" in path for path in between.asked[1:])
            between.instead = {"/changes/": (410, b"{}"), "/export/": (503, b"too many")}
            wait_for("/export/", 2)
            lines = fetched(live_server.url + "/api/v1/export/claims.jsonl")
            between.instead = {"/export/": (200, b"".join(lines.splitlines(keepends=True)[:-1]))}
            wait_for("/export/", 1)
            assert (mirror.folder / f"{claim.pk}.json").exists()
            assert (mirror.folder / "left-behind.json").exists()
            between.instead = {}
            wait_until(lambda: not (mirror.folder / "left-behind.json").exists(), 60)
            assert [json.loads(body)["claim"]["id"] for body in mirror.records()] == [str(claim.pk)]
        finally:
            mirror.kill()
            between.shutdown()
