"""A real Varnish with the VCL of docs/caching.md: a correction is shown at once, a 404 is never kept."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from caching import purgers, purging
from caching.purgers import PurgeError
from tests import newsroom
from tests.readers.conftest import correct, full
from tests.waiting import wait_until

_VARNISHD = shutil.which("varnishd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
_XKEY = list(Path("/usr/lib").glob("*/varnish/vmods/libvmod_xkey.so"))
pytestmark = [
    pytest.mark.django_db(databases=["default", "readers"], transaction=True),
    pytest.mark.skipif(not _VARNISHD or not _XKEY, reason="no Varnish with vmod_xkey on this machine"),
]


def vcl(site: str, *, bans: bool) -> str:
    """The VCL of the docs in front of ``site``."""
    text = (Path(django_settings.BASE_DIR) / "docs" / "caching.md").read_text()
    whole, ban = re.findall(r"```vcl\n(.*?)```", text, re.DOTALL)
    if bans:
        whole = re.sub(r".*xkey\.purge.*\n", lambda _: ban, whole.replace("import xkey;", ""))
        whole = whole.replace("req.http.purged + ", "")
    return whole.replace('"8000"', f'"{urlsplit(site).port}"').replace("change-me", "s3cret")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(text: str, folder: Path) -> Iterator[str]:
    """A Varnish with this VCL; its address."""
    file, port = folder / "site.vcl", free_port()
    file.write_text(text)
    command = [str(_VARNISHD), "-j", "none", "-F", "-f", str(file), "-a", f"127.0.0.1:{port}"]
    command += ["-n", str(folder / "work"), "-s", "malloc,16m"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            wait_until(lambda: answers(port), 30)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=10)


@pytest.fixture(params=[False, True], ids=["xkey", "bans"])
def varnish(request: Any, live_server: Any, settings: Any, tmp_path: Path) -> Iterator[str]:
    """Its address. The site tells it of changes."""
    with started(vcl(live_server.url, bans=request.param), tmp_path) as url:
        settings.PURGE_KIND, settings.PURGE_URL, settings.PURGE_TOKEN = "varnish", [f"{url}/"], "s3cret"
        settings.CACHE_KEY_HEADERS, settings.PURGE_AGAIN_SECONDS = ["xkey"], 0
        yield url


def answers(port: int) -> bool:
    with socket.socket() as wire:
        return wire.connect_ex(("127.0.0.1", port)) == 0


def get(url: str) -> tuple[int, str, bool]:
    """Status, page, and whether the cache had it."""
    try:
        with urlopen(url, timeout=20) as answer:  # noqa: S310 - our own address
            return answer.status, answer.read().decode(), " " in answer.headers["X-Varnish"]
    except HTTPError as error:
        return error.code, "", " " in error.headers["X-Varnish"]


def send() -> None:
    purging.send_due(at=timezone.now(), purger=purgers.from_settings())


def test_a_correction_is_shown_at_once(varnish: str, people: SimpleNamespace) -> None:
    claim = full(people)
    send()
    pages = [f"{varnish}/claims/{claim.slug}/", f"{varnish}/embed/{claim.slug}/", f"{varnish}/corrections/"]
    assert [get(page)[2] for page in pages] == [False, False, False]
    assert [get(page)[2] for page in pages] == [True, True, True], "the cache keeps them"
    newsroom.published(people)
    send()
    assert get(f"{varnish}/claims/{claim.slug}/")[2], "another claim's record leaves it there"
    correct(claim, people, note="We had misread the accounts.")
    assert "misread" not in get(pages[0])[1]
    send()
    assert "misread" in get(pages[0])[1]
    assert "misread" in get(pages[2])[1]


def test_a_404_is_not_kept(varnish: str, people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    page = f"{varnish}/claims/{claim.slug}/"
    assert get(page)[0] == 404
    newsroom.take(claim, "publish", people.editor)
    assert get(page)[0] == 200


def test_a_wrong_token_is_refused(varnish: str) -> None:
    with pytest.raises(PurgeError, match="403"):
        purgers.Varnish(urls=[varnish], token="wrong").purge(["site"])


def test_an_old_page_is_given_while_the_site_fails(tmp_path: Path) -> None:
    """Beyond the time of stale-while-revalidate, which is 0 here."""
    with failing_site() as site:
        text = vcl(site.url, bans=False).replace("req.grace = 30s", "req.grace = 0s")
        with started(text, tmp_path) as varnish:
            assert get(varnish)[:2] == (200, "1")
            wait_until(lambda: get(varnish)[1] == "2", 20, every=0.2)
            site.fails = True
            wait_until(lambda: get(varnish)[0] == 503, 20, every=0.2)
            wait_until(lambda: get(varnish)[0] == 200, 30, every=0.2)
            site.fails = False
            wait_until(lambda: int(get(varnish)[1]) > 2, 30, every=0.2)


@dataclass
class Site:
    """A page that counts how often it was fetched, fresh for a second. ``fails`` says whether all answers are 503."""

    url: str = ""
    fetched: int = 0
    fails: bool = False


@contextmanager
def failing_site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.fetched += self.path == "/" and not site.fails
            body = str(site.fetched).encode()
            self.send_response(503 if site.fails else 200)
            keep = "no-store" if site.fails else "public, max-age=0, s-maxage=1, stale-if-error=600"
            self.send_header("Cache-Control", keep)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
