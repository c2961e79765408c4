"""Who writes while processes are killed, and what each was told. What was answered must be there in the end."""

import http.client
import json
import threading
import time
from collections import Counter
from typing import Any
from urllib.parse import urlencode

import psycopg

from bench.faults import site

#: Seconds between two writes of one writer, and before a write that was not answered is sent again.
PAUSE, AGAIN = 0.15, 0.2
LOGIN = "/admin/login/"


class Writer(threading.Thread):
    """Writes again and again until it is stopped. ``acknowledged`` is what the site said was done."""

    def __init__(self, port: int, known: dict[str, Any], name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.port, self.known = port, known
        self.pause = PAUSE
        self.ends = threading.Event()
        self.acknowledged: list[str] = []
        self.seen: Counter[str] = Counter()

    def run(self) -> None:
        """Write until stopped."""
        number = 0
        while not self.ends.is_set():
            number += 1
            self.write(f"{self.name}-{number}")
            self.ends.wait(self.pause)

    def write(self, what: str) -> None:
        """One write."""
        raise NotImplementedError

    def ask(self, path: str, body: bytes, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """One POST; status 0 when there is no whole answer."""
        try:
            answer = site.ask(self.port, path, "POST", body, timeout=20, **headers)
        except (OSError, http.client.HTTPException):
            self.seen["not answered"] += 1
            return 0, {}, b""
        self.seen[str(answer[0])] += 1
        return answer

    def stop(self) -> None:
        """End after the write that is under way."""
        self.ends.set()
        self.join(timeout=60)


class Submitter(Writer):
    """A partner's program: each submission has an Idempotency-Key and is sent until it is answered."""

    def write(self, what: str) -> None:
        """One submission."""
        body = {"claim": f"Statement {what}", "language": "en", "appearance": {"url": "https://a.example/"}}
        sent = json.dumps({**body, "reference": what}).encode()
        headers = {"Authorization": f"Bearer {self.known['partner_key']}", "Content_Type": "application/json"}
        for _ in range(200):
            if self.ask("/api/v1/submissions/", sent, Idempotency_Key=what, **headers)[0] == 201:
                self.acknowledged.append(what)
                return
            time.sleep(AGAIN)

    @staticmethod
    def stored(database: "psycopg.Connection[Any]") -> Counter[str]:
        """How often each is there."""
        return Counter(row[0] for row in database.execute("SELECT reference FROM articles_submission"))


class Commenter(Writer):
    """An editor in a browser: posts a form of the desk once, and signs in again when that is asked for."""

    cookies: dict[str, str] = {}

    def write(self, what: str) -> None:
        """One comment; a post that is not answered is not sent again."""
        if not self._cookie("sessionid") and not self._sign_in():
            return
        claim = self.known["claims"][0]["id"]
        status, headers, _body = self._post(f"/admin/articles/claim/{claim}/together/say/", {"text": what})
        if status == 302 and LOGIN in headers.get("location", ""):
            self.cookies = {}
        elif status == 302:
            self.acknowledged.append(what)

    def _sign_in(self) -> bool:
        self.cookies = {}
        try:
            self._keep(site.ask(self.port, LOGIN, timeout=20)[1])
        except (OSError, http.client.HTTPException):
            return False
        if self._cookie("csrftoken"):
            self._post(LOGIN, {"login": "proof-editor", "password": self.known["password"]})
        return bool(self._cookie("sessionid"))

    def _post(self, path: str, fields: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        body = urlencode({"csrfmiddlewaretoken": self._cookie("csrftoken"), **fields}).encode()
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Content_Type": "application/x-www-form-urlencoded", "Referer": f"https://{site.HOST}{path}"}
        answer = self.ask(path, body, Cookie=cookie, **headers)
        self._keep(answer[1])
        return answer

    def _keep(self, headers: dict[str, str]) -> None:
        """Cookies of the answer; ``site.ask`` joins several headers of one name by line breaks."""
        for line in headers.get("set-cookie", "").splitlines():
            name, _, value = line.partition(";")[0].strip().partition("=")
            self.cookies = {**self.cookies, name: value}

    def _cookie(self, name: str) -> str:
        return next((value for key, value in self.cookies.items() if key.endswith(name)), "")

    @staticmethod
    def stored(database: "psycopg.Connection[Any]") -> Counter[str]:
        """How often each is there."""
        return Counter(row[0] for row in database.execute("SELECT text FROM articles_comment"))


class Publisher(Writer):
    """Publishes one approved claim after the other, on the version that was seen."""

    place = 0

    def write(self, what: str) -> None:
        """One publication. After an answer got lost, the version tells whether it was done: then it is not counted."""
        if self.place >= len(self.known["claims"]):
            self.ends.wait(1)
            return
        claim = self.known["claims"][self.place]
        self.place += 1
        path, tag = f"/api/v1/desk/claims/{claim['id']}/actions/publish/", f'"c{claim["id"]}-v{claim["version"]}"'
        headers = {"Authorization": f"Bearer {self.known['tokens']['editor']}", "Content_Type": "application/json"}
        for _ in range(200):
            status = self.ask(path, b"{}", If_Match=tag, **headers)[0]
            if status == 200:
                self.acknowledged.append(claim["id"])
            if status in (200, 412):
                break
            time.sleep(AGAIN)
        self.ends.wait(0.6)

    @staticmethod
    def stored(database: "psycopg.Connection[Any]") -> Counter[str]:
        """How many first records each claim has."""
        rows = database.execute("SELECT claim_id FROM articles_record WHERE revision = 1")
        return Counter(str(row[0]) for row in rows)


def lost(writer: Any, database: "psycopg.Connection[Any]") -> list[str]:
    """What was acknowledged and is not there, and what is there twice."""
    stored: Counter[str] = writer.stored(database)
    gone = [f"{writer.name}: {what} was acknowledged and is lost" for what in writer.acknowledged if not stored[what]]
    doubled = [f"{writer.name}: {what} is there {stored[what]} times" for what in stored if stored[what] > 1]
    return gone + doubled
