"""Outages of the primary and of the replica, while readers ask for every public address."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.faults import addresses, cluster, site
from factcheck.postgres.server import Server

#: Readers who ask at the same time.
READERS = 4
WORDS = "The bridge was opened in 2019, and the text says 2018."
SUGGESTED = "The old ferry made twenty trips on each day"


@dataclass
class Outages:
    """The site with a primary and a replica, and what went wrong."""

    primary: Server
    replica: Server
    told: dict[str, str]
    port: int
    log: Path
    paths: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def prove(self) -> list[str]:
        """Walk through each state; prints a line for each and returns the faults."""
        service = site.web(self.told, self.port, self.log)
        with site.running(service):
            site.wait_for(self.port, "/readyz")
            known = addresses.values(cluster.address(self.primary))
            self.paths = addresses.real(known, self._sent(known))
            cluster.catch_up(self.primary, self.replica)
            self._walk("all is up")
            self._without(self.replica, "the replica is down")
            self.replica.ensure_running()
            time.sleep(16)  # a replica that failed is left alone for 15 seconds
            self._without(self.primary, "the primary is down")
            self._refuse_forms()
        again = site.web(self.told, self.port, self.log)
        with site.running(again):
            site.wait_for(self.port, "/readyz?plane=readers")
            self._walk("the site was started without the primary")
            self.primary.ensure_running()
            self._back()
        return self.faults

    def _without(self, server: Server, state: str) -> None:
        cluster.kill(server)
        self._walk(state)
        self._walk(f"{state}, again")

    def _walk(self, state: str) -> None:
        """Ask for every address; a status of 500 or more, or no answer, is a fault."""
        began = time.monotonic()
        statuses = self._statuses()
        counted = Counter(f"{status // 100}xx" if status else "no answer" for status in statuses)
        bad = [
            f"{path} answered {status}" for path, status in zip(self.paths, statuses, strict=True) if not _ok(status)
        ]
        self.faults += [f"{state}: {line}" for line in bad]
        spent = time.monotonic() - began
        print(f"{state:42} {len(self.paths)} addresses, {dict(counted)}, {len(bad)} failed, {spent:.0f} s", flush=True)

    def _statuses(self) -> list[int]:
        with ThreadPoolExecutor(READERS) as pool:
            return list(pool.map(lambda path: site.status_of(self.port, path), self.paths))

    def _sent(self, known: dict[str, str]) -> dict[str, str]:
        """References of a report and of a suggestion that a reader sends while all is well."""
        report = self._send(f"/claims/{known['claim']}/report/", {"what": WORDS})
        suggestion = self._send("/suggest/", {"text": SUGGESTED, "sent_anyway": "1"})
        return {"reports_reference": report, "suggestions_reference": suggestion}

    def _send(self, path: str, fields: dict[str, str]) -> str:
        status, headers, body = self._post(path, fields)
        if status != 303:
            raise SystemExit(f"{path} did not take what was sent: {status}\n{body.decode()[:3000]}")
        return headers["location"].rstrip("/").rpartition("/")[2]

    def _post(self, path: str, fields: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        _status, _headers, page = site.ask(self.port, path)
        seal = page.partition(b'name="seal" value="')[2].partition(b'"')[0].decode()
        body = urlencode({"seal": seal, **fields}).encode()
        return site.ask(self.port, path, "POST", body, Content_Type="application/x-www-form-urlencoded")

    def _refuse_forms(self) -> None:
        """Sending is refused with 503, and what was typed is in the form that comes back."""
        sent: Sequence[tuple[str, dict[str, str]]] = (
            ("/report/", {"what": WORDS, "page": "/articles/"}),
            ("/suggest/", {"text": SUGGESTED, "sent_anyway": "1"}),
        )
        for path, fields in sent:
            status, headers, body = self._post(path, fields)
            kept = all(value in body.decode() for name, value in fields.items() if name != "sent_anyway")
            self._expect(status == 503 and "retry-after" in headers and kept, f"{path}: {status}, words kept: {kept}")
        status, headers, _body = site.ask(self.port, "/admin/login/")
        self._expect(status in (200, 503), f"/admin/login/ answered {status}")
        status, headers, _body = site.ask(self.port, "/admin/", Cookie="sessionid=of-somebody")
        self._expect(status == 503 and "retry-after" in headers, f"/admin/ answered {status}")

    def _back(self) -> None:
        """When the primary is back, a reader can send again, and the desk answers."""
        _until(lambda: site.status_of(self.port, "/readyz") == 200, 10)
        self._send("/report/", {"what": f"{WORDS} It is back.", "page": "/articles/"})
        self._walk("the primary is back")

    def _expect(self, holds: bool, fault: str) -> None:
        if not holds:
            self.faults.append(f"the primary is down: {fault}")


def _ok(status: int) -> bool:
    return 200 <= status < 500


def _until(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.1)
