"""Receivers for the proof of webhooks: they write everything down and fail at random, by a seed."""

import asyncio
import hashlib
import json
import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from standardwebhooks import Webhook, WebhookVerificationError

_OK = b"HTTP/1.1 204 No Content\r\n\r\n"
_ERROR = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"


@dataclass
class Book:
    """What one receiver saw: every message in order, with whether it was accepted."""

    secret: str = ""
    messages: list[tuple[int, str, str, str, bool]] = field(default_factory=list)  # seq, claim, id, body's hash, taken


class Receivers:
    """``count`` receivers on ports of their own, in one thread."""

    def __init__(self, count: int, *, failures: float, seed: int) -> None:
        self.books: dict[int, Book] = {}
        self.outcomes: Counter[str] = Counter()
        self._failures, self._random = failures, random.Random(seed)  # noqa: S311 - repeatable on purpose
        self._loop, ready = asyncio.new_event_loop(), threading.Event()
        threading.Thread(target=self._run, args=(count, ready), daemon=True).start()
        ready.wait(10)

    def stop(self) -> None:
        """Hang up."""
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self, count: int, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        for _ in range(count):
            listener = socket.create_server(("127.0.0.1", 0))
            port = listener.getsockname()[1]
            self.books[port] = Book()
            self._loop.run_until_complete(asyncio.start_server(self._served(port), sock=listener))
        ready.set()
        self._loop.run_forever()

    def _served(self, port: int) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await self._answer(self.books[port], reader, writer)
            except (asyncio.IncompleteReadError, ConnectionError):
                self.outcomes["broken off by a killed worker"] += 1
            finally:
                writer.close()

        return serve

    async def _answer(self, book: Book, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = (line.partition(": ") for line in head.split("\r\n")[1:] if line)
        headers = {name.lower(): value for name, _, value in lines}
        body = await reader.readexactly(int(headers["content-length"]))
        what = self._random.choices(
            ["accepted", "500", "reset", "hang"],
            [1 - self._failures, *(self._failures * part for part in (0.45, 0.45, 0.1))],
        )[0]
        self.outcomes[what] += 1
        data = json.loads(body)["data"]
        digest = hashlib.sha256(body).hexdigest()
        book.messages.append((data["seq"], data["claim"], headers["webhook-id"], digest, what == "accepted"))
        try:
            Webhook(book.secret).verify(body, headers)
        except WebhookVerificationError:
            self.outcomes["signature refused"] += 1
        if what == "hang":
            await reader.read()  # until the other side gives up
        elif what == "reset":
            wire = writer.get_extra_info("socket")
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            writer.write(_OK if what == "accepted" else _ERROR)
            await writer.drain()
