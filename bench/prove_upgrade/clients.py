"""Who asks while the site is upgraded: a reader and a partner, and how they reach the site."""

import contextlib
import http.client
import json
import threading
import time
from collections import Counter

HOST = "facts.example.org"


class Site:
    """The processes that serve, and the phase of the upgrade. Asks them as the proxy does."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.phase = ""

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of the first process that answers; status 0 when none does."""
        for port in tuple(self.ports):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
                connection.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
                response = connection.getresponse()
                return response.status, response.read()
        return 0, b""


class Client(threading.Thread):
    """Asks again and again until it is stopped; counts answers by phase and collects what failed."""

    def __init__(self, site: Site) -> None:
        super().__init__(daemon=True)
        self.site, self.ends = site, threading.Event()
        self.answered: Counter[str] = Counter()
        self.slowest: dict[str, float] = {}
        self.failed: list[str] = []

    def ask(self, path: str) -> bytes:
        """The body; a failure is noted with its phase."""
        began, phase = time.monotonic(), self.site.phase
        status, body = self.site.get(path)
        self.answered[phase] += 1
        self.slowest[phase] = max(self.slowest.get(phase, 0.0), time.monotonic() - began)
        if status != 200:
            self.failed.append(f"{phase}: {path} answered {status}")
        return body if status == 200 else b""

    def stop(self) -> None:
        """End after the request that runs."""
        self.ends.set()
        self.join(timeout=60)


class Reader(Client):
    """Opens public pages, one after the other."""

    def __init__(self, site: Site, paths: list[str]) -> None:
        super().__init__(site)
        self.paths = paths

    def run(self) -> None:
        """Ask until stopped."""
        while not self.ends.is_set():
            for path in self.paths:
                self.ask(path)
                self.ends.wait(0.02)


class Partner(Client):
    """Follows the change feed from its beginning to its end, over and over."""

    rounds = 0

    def run(self) -> None:
        """Follow it until stopped; each round must see 1, 2, 3 … without a gap."""
        while not self.ends.is_set():
            if self._follow():
                self.rounds += 1

    def _follow(self) -> bool:
        seen, cursor = 0, ""
        while not self.ends.is_set():
            body = self.ask(f"/api/v1/changes/?page_size=10{cursor}")
            if not body:
                return False
            page = json.loads(body)
            for record in page["results"]:
                if record["seq"] != seen + 1:
                    self.failed.append(f"{self.site.phase}: record {record['seq']} came after {seen}")
                seen = record["seq"]
            if len(page["results"]) < 10:
                self.ends.wait(0.1)
                return True
            cursor = f"&cursor={page['next_cursor']}"
        return False
