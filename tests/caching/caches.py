"""A cache on a real socket of this machine that writes down what it is asked to forget."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Cache:
    """``asked``: method, path, headers (in lower case) and body of each request. ``status`` and ``body`` are given."""

    url: str = ""
    status: int = 200
    body: bytes = b'{"success": true}'
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def running() -> Iterator[Cache]:
    """The cache, until the block ends."""
    cache = Cache()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            cache.asked.append((self.command, self.path, headers, body))
            self.send_response(cache.status)
            self.send_header("Content-Length", str(len(cache.body)))
            self.end_headers()
            self.wfile.write(cache.body)

        do_PURGE = do_POST

        def log_message(self, *args: object) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    cache.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield cache
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
