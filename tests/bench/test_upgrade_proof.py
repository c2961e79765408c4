"""The proof of an upgrade notices what it is about: its clients, with processes that fail or leave records out.

The whole proof installs the first edition and takes minutes: ``make prove-upgrade``.
"""

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bench.prove_upgrade.clients import Partner, Reader, Site
from tests.waiting import wait_until


@contextlib.contextmanager
def process(answers: dict[str, tuple[int, object]]) -> Iterator[int]:
    """A web process that gives these answers, on a port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers.get(self.path, (404, ""))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def feed(*numbers: int) -> dict[str, tuple[int, object]]:
    page = {"results": [{"seq": number} for number in numbers], "next_cursor": "end"}
    return {"/api/v1/changes/?page_size=10": (200, page)}


def followed(site: Site) -> Partner:
    partner = Partner(site)
    partner.start()
    wait_until(lambda: partner.rounds or partner.failed)
    partner.stop()
    return partner


def test_a_partner_who_sees_each_record_once_reaches_the_end() -> None:
    site = Site()
    with process(feed(1, 2, 3)) as port:
        site.ports = [port]
        assert followed(site).failed == []


def test_a_record_that_is_left_out_is_noticed_with_its_phase() -> None:
    site = Site()
    site.phase = "both"
    with process(feed(1, 3)) as port:
        site.ports = [port]
        assert followed(site).failed[0] == "both: record 3 came after 1"


def test_a_process_that_is_away_costs_nothing_as_long_as_another_answers() -> None:
    site = Site()
    with process({"/": (200, "")}) as gone:
        pass
    with process({"/": (200, ""), "/claims/": (500, "")}) as port:
        site.ports = [gone, port]
        reader = Reader(site, ["/", "/claims/"])
        assert (reader.ask("/"), reader.failed) == (b'""', [])
        reader.ask("/claims/")
        assert reader.failed == [": /claims/ answered 500"]
    reader.ask("/")
    assert reader.failed[-1] == ": / answered 0"
