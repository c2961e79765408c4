"""A web server as its readers see it, with a meter beside it."""

from collections.abc import Collection
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from pathlib import Path
from urllib.parse import quote, urlsplit

from bench.meter import ServerMeter
from bench.serving import Server

#: What a browser sends that opens a page. The name is the one that pages are kept under.
_HEADERS = {"Host": "localhost", "Accept": "text/html,*/*;q=0.8", "Accept-Language": "en", "User-Agent": "bench"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    tag: str
    content: bytes


class Site:
    """One worker of a web server, asked on one connection."""

    def __init__(self, server: Server, database: str, apart: Collection[int] = ()) -> None:
        self._server = server
        self._connection = HTTPConnection(urlsplit(server.address).netloc, timeout=120)
        self.meter = ServerMeter(server.pid, database, apart)

    def get(self, address: str, headers: dict[str, str] | None = None) -> Answer:
        """The answer to a request for a page, read to its end."""
        try:
            answer = self._asked(address, headers or {})
        except (ConnectionError, RemoteDisconnected):  # nobody has asked for so long that the server hung up
            self._connection.close()
            answer = self._asked(address, headers or {})
        return Answer(answer.status, answer.headers.get("ETag", ""), answer.read())

    def _asked(self, address: str, headers: dict[str, str]) -> HTTPResponse:
        self._connection.request("GET", quote(address, safe="/?=&%"), headers=_HEADERS | headers)
        return self._connection.getresponse()

    def memory(self) -> float:
        """What the worker holds in memory, in MB."""
        lines = Path("/proc", str(self._server.pid), "status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
