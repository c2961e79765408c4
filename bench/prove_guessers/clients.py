"""Clients of the sign-in page and of readers' pages, each with a connection of its own."""

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

LOGIN = "/admin/login/"
#: One try: the name, the password, and the address of the client that the proxy saw.
Try = tuple[str, str, str]


@dataclass
class Client:
    """One connection to the site, as a proxy would make it."""

    address: str
    cookie: str = ""
    token: str = ""
    _connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, Any, bytes]:
        """Status, headers and body of the answer; connects again when the server closed the connection."""
        there = urlsplit(self.address).netloc
        sent = {"X-Forwarded-Proto": "https", **{name.replace("_", "-"): value for name, value in headers.items()}}
        for attempt in range(2):
            if self._connection is None:
                self._connection = http.client.HTTPConnection(there, timeout=30)
            try:
                self._connection.request(method, path, body or None, sent)
                answer = self._connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (OSError, http.client.HTTPException):
                self._connection.close()
                self._connection = None
                if attempt:
                    raise
        raise AssertionError

    def open_form(self) -> None:
        """Get the form's token, once for all tries."""
        _status, headers, body = self.ask("GET", LOGIN)
        self.cookie = headers["Set-Cookie"].partition(";")[0]
        self.token = body.partition(b'name="csrfmiddlewaretoken" value="')[2].partition(b'"')[0].decode()

    def sign_in(self, one: Try) -> tuple[int, int]:
        """The status of the answer, and the seconds after which to come back (0: it does not say)."""
        login, password, network = one
        status, headers, _body = self.ask(
            "POST",
            LOGIN,
            urlencode({"login": login, "password": password, "csrfmiddlewaretoken": self.token}),
            Content_Type="application/x-www-form-urlencoded",
            Cookie=self.cookie,
            Referer=f"{self.address.replace('http:', 'https:')}{LOGIN}",
            X_Forwarded_For=network,
        )
        return status, int(headers.get("Retry-After") or 0)


def wrong_tries(*, names: Sequence[str], networks: int, seed: int) -> Iterator[Try]:
    """Endless wrong passwords, for these names and for names that nobody has, from so many networks."""
    lots = random.Random(seed)  # noqa: S311 - a seed, not a secret
    while True:
        name = lots.choice(names) if lots.random() < 0.5 else f"nobody-{lots.randrange(10**9)}"
        place = lots.randrange(networks)
        yield name, f"guess {lots.random()}", f"10.{place // 250}.{place % 250}.7"


@dataclass
class Crowd:
    """Threads that guess while ``loud`` is set."""

    address: str
    names: Sequence[str]
    networks: int
    loud: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    statuses: Counter[int] = field(default_factory=Counter)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self, guessers: int) -> None:
        """Begin with ``guessers`` threads, which wait."""
        for number in range(guessers):
            thread = threading.Thread(target=self._guess, args=[number], daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """End all threads."""
        self.over.set()
        self.loud.set()
        for thread in self._threads:
            thread.join(40)

    def _guess(self, seed: int) -> None:
        client = Client(self.address)
        client.open_form()
        tries = wrong_tries(names=self.names, networks=self.networks, seed=seed)
        while self.loud.wait() and not self.over.is_set():
            status, _wait = client.sign_in(next(tries))
            self.statuses[status] += 1


def crowd(address: str, names: Sequence[str], guessers: int, conversation: Any) -> None:
    """In a process of its own: guess while told to; in the end send what the answers were."""
    running = Crowd(address, names, networks=200)
    running.start(guessers)
    while (said := conversation.recv()) != "stop":
        (running.loud.set if said == "loud" else running.loud.clear)()
    running.stop()
    conversation.send(dict(running.statuses))


def read_for(address: str, paths: Sequence[str], *, seconds: float, pause: float, readers: int) -> list[float]:
    """How long each request of ``readers`` took, in seconds; each rests ``pause`` seconds after an answer."""
    end = time.monotonic() + seconds

    def read(number: int) -> list[float]:
        client, lots, took = Client(address), random.Random(number), []  # noqa: S311
        while time.monotonic() < end:
            began = time.monotonic()
            status, _headers, _body = client.ask("GET", quote(lots.choice(paths)))
            took.append(time.monotonic() - began)
            if status != 200:
                raise SystemExit(f"A reader got {status}.")
            time.sleep(pause)
        return took

    with ThreadPoolExecutor(readers) as pool:
        return [one for took in pool.map(read, range(readers)) for one in took]
