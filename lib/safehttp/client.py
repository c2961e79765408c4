"""One request to an outside address, and its answer: HTTP/1.1 (RFC 9112), read with h11 under a deadline.

There is no proxy, no variable of the environment, no cookie and no connection kept for later.
"""

import contextlib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import h11

from lib.safehttp.bodies import Content
from lib.safehttp.connections import Deadline, connect
from lib.safehttp.errors import OutboundError
from lib.safehttp.policy import ARTICLE, Limits, Policy
from lib.safehttp.targets import Target, parse

#: Bytes of status line and headers, interim answers and trailers included.
MAX_HEADER_BYTES = 64 * 1024
_READ = 16 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: What receivers see in their logs.
USER_AGENT = "Factcheck/1"

_Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``cut`` says that there was more content than was read; ``url`` is where it came from."""

    status: int
    headers: _Headers
    content: bytes
    cut: bool
    url: str

    def header(self, name: str) -> str:
        """The first header called so (in lower case), or nothing."""
        return next((value for key, value in self.headers if key == name), "")


def post(
    url: str, *, body: bytes, headers: Mapping[str, str], policy: Policy | None = None, limits: Limits | None = None
) -> Answer:
    """``send`` with POST."""
    return send("POST", url, body=body, headers=headers, policy=policy, limits=limits)


def send(
    method: str,
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    policy: Policy | None = None,
    limits: Limits | None = None,
) -> Answer:
    """Send ``body`` with POST, or with a method that a cache defines, such as PURGE. Redirects are not followed.

    The status counts: content beyond the limit, or packed in a way that was not asked for, is left unread.

    Raises ``OutboundError`` when there is no whole answer within the limits.
    """
    limits = limits or Limits()
    return _exchange(method, url, body, headers, policy or Policy(), limits, Deadline(limits.total_seconds))


def fetch(url: str, *, redirects: int = 0, policy: Policy | None = None, limits: Limits = ARTICLE) -> Answer:
    """Get an address, following up to ``redirects`` (at most 3) redirects, each checked like the first address.

    Raises ``OutboundError``: also "too_large" for more content than the limit, "redirected" or "too_many_redirects".
    """
    deadline = Deadline(limits.total_seconds)
    for hops_left in range(min(redirects, 3), -1, -1):
        answer = _exchange("GET", url, b"", {"accept-encoding": "gzip"}, policy or Policy(), limits, deadline)
        if answer.status not in _REDIRECTS or not answer.header("location"):
            if answer.cut:
                raise OutboundError("too_large")
            return answer
        if not hops_left:
            break
        try:
            url = urljoin(url, answer.header("location"))
        except ValueError:
            raise OutboundError("bad_url") from None
    raise OutboundError("too_many_redirects" if redirects else "redirected")


def _exchange(
    method: str, url: str, body: bytes, headers: Mapping[str, str], policy: Policy, limits: Limits, deadline: Deadline
) -> Answer:
    target = parse(url, policy)
    request = _request(method, target, body, headers)
    with connect(target, policy, limits, deadline) as wire:
        try:
            return _Exchange(wire, limits, deadline).run(request, body, url)
        except TimeoutError:
            raise OutboundError("timeout") from None
        except h11.ProtocolError:
            raise OutboundError("bad_answer") from None
        except OSError:  # ssl.SSLError is one
            raise OutboundError("connection_lost") from None


def _request(method: str, target: Target, body: bytes, headers: Mapping[str, str]) -> h11.Request:
    sent = {"host": target.authority, "user-agent": USER_AGENT, "accept-encoding": "identity", "connection": "close"}
    sent.update({name.lower(): value for name, value in headers.items()})
    if method != "GET":
        sent["content-length"] = str(len(body))
    try:
        return h11.Request(method=method, target=target.path, headers=list(sent.items()))
    except (h11.LocalProtocolError, UnicodeError):
        raise OutboundError("bad_url") from None


class _Exchange:
    """One request and its answer on an open connection."""

    def __init__(self, wire: socket.socket, limits: Limits, deadline: Deadline) -> None:
        self._wire, self._limits, self._deadline = wire, limits, deadline
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEADER_BYTES)
        self._received = 0

    def run(self, request: h11.Request, body: bytes, url: str) -> Answer:
        """Send, then read until the end, the limit or the deadline."""
        content_events = [h11.Data(data=body)] if body else []
        # A receiver may answer and hang up before it has read everything; its answer is what counts.
        with contextlib.suppress(ConnectionError):
            self._send(b"".join(self._http.send(e) or b"" for e in (request, *content_events, h11.EndOfMessage())))
        response = self._response()
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)
        encoding = next((value for name, value in headers if name == "content-encoding"), "")
        # Who gets something wants to read it; who sends something wants to know whether it was taken.
        content = Content(encoding, self._limits.max_bytes, needed=request.method == b"GET")
        cut = self._read_into(content)
        return Answer(response.status_code, headers, content.whole(), cut, url)

    def _response(self) -> h11.Response:
        """The final status and headers; interim answers (1xx) are passed over, but their bytes count."""
        while True:
            event = self._next()
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                raise OutboundError("connection_lost")

    def _read_into(self, content: Content) -> bool:
        """Read the content; True when it was cut."""
        self._received = 0
        while True:
            event = self._next()
            if isinstance(event, h11.Data):
                if not content.take(bytes(event.data)):
                    return True
            elif isinstance(event, h11.EndOfMessage):
                content.end()
                return False
            else:
                raise OutboundError("connection_lost")

    def _next(self) -> object:
        ended = False
        while (event := self._event(ended)) is h11.NEED_DATA:
            self._wire.settimeout(self._deadline.left())
            try:
                data = self._wire.recv(_READ)
            except ssl.SSLEOFError:
                data = b""
            ended = not data
            self._received += len(data)
            # Chunks of one byte make six of each: framing is bounded as well, generously.
            if self._received > MAX_HEADER_BYTES + 8 * self._limits.max_bytes:
                raise OutboundError("too_large")
            self._http.receive_data(data)
        self._deadline.left()
        return event

    def _event(self, ended: bool) -> object:
        try:
            return self._http.next_event()
        except h11.RemoteProtocolError:
            raise OutboundError("connection_lost" if ended else "bad_answer") from None

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            self._wire.settimeout(self._deadline.left())
            view = view[self._wire.send(view) :]
