"""Errors are reported to a receiver on this machine, without secrets and without anything about people."""

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck import __version__
from factcheck.insight import sentry

ROOT = Path(__file__).parents[3]
KEY, SECRET, COOKIE, WORDS = "0123456789abcdef0123456789abcdef", "secret-of-a-link", "secret-cookie", "secret-words"
_SITE = """
import io, logging, sys, types
from wsgiref.util import setup_testing_defaults
from factcheck.wsgi import application
from django.conf import settings
from django.db import OperationalError
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from factcheck.insight import context
import sentry_sdk

def broken(request, token):
    password = "a-local-variable"
    cookie = request.COOKIES["sessionid"]
    raise ValueError(f"Somebody <ada@example.org> opened {request.get_full_path()} with sessionid={cookie}")

def away(request):
    raise OperationalError("the server is away")

from factcheck import urls as site

urls = types.ModuleType("urls")
urls.urlpatterns = [path("expert/<str:token>/", csrf_exempt(broken)), path("away", away), *site.urlpatterns]
urls.handler500 = site.handler500
sys.modules["urls"] = urls
settings.ROOT_URLCONF = "urls"
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
def ask(method, path, query="", body=b""):
    status = []
    told = {"HTTP_HOST": "127.0.0.1", "HTTP_COOKIE": "sessionid=secret-cookie", "HTTP_AUTHORIZATION": "secret-words"}
    asked = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_LENGTH": str(len(body))}
    environ = {**told, **asked, "CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.input": io.BytesIO(body)}
    setup_testing_defaults(environ)
    answer = application(environ, lambda line, headers: status.append(int(line[:3])))
    b"".join(answer)
    answer.close()
    return status[0]

assert ask("POST", "/expert/secret-of-a-link/", "q=secret-words", b"body=secret-words") == 500
assert ask("GET", "/away") == 503
with context.job("check_links", job_id=4711):
    try:
        raise KeyError("in a job")
    except KeyError:
        logging.getLogger("jobs.running").exception("Job %s failed", "check_links")
sentry_sdk.flush(20)
"""


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Where to report to, and the events that came."""
    events: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            match self.headers.get("Content-Encoding"):
                case "gzip":
                    body = gzip.decompress(body)
                case "br":
                    body = brotli.decompress(body)
            rows = [json.loads(line) for line in body.splitlines() if line.strip()]
            events.extend(
                item for header, item in zip(rows[1::2], rows[2::2], strict=True) if header["type"] == "event"
            )
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{KEY}@127.0.0.1:{server.server_port}/1", events
    server.shutdown()
    thread.join()
    server.server_close()


def test_reports_have_the_error_and_the_id_and_nothing_else(
    receiver: tuple[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    dsn, events = receiver
    told = {
        **{name: value for name, value in os.environ.items() if name not in ("DEBUG", "READERS_DATABASE_URL")},
        **{"SECRET_KEY": "only-for-this-test" * 4, "SITE_URL": "https://facts.example", "ALLOWED_HOSTS": "127.0.0.1"},
        **{"DATABASE_URL": "postgresql://desk:pa55word@127.0.0.1:1/facts", "VAR_DIR": str(tmp_path)},
        **{"SENTRY_DSN": dsn, "SECURE_SSL_REDIRECT": "0", "DJANGO_SETTINGS_MODULE": "factcheck.settings"},
    }
    run = subprocess.run([sys.executable, "-c", _SITE], cwd=ROOT, env=told, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    outages = [event for event in events if event.get("logger") == "factcheck.outages"]
    view, job = (event for event in events if event.get("logger") != "factcheck.outages")
    assert len(outages) == 1, "one for the outage, and none for its requests"
    assert view["release"] == job["release"] == f"factcheck@{__version__}"
    (request_id,) = {json.loads(line)["request_id"] for line in run.stderr.splitlines() if "/expert/" in line}
    assert view["tags"]["request_id"] == request_id
    assert view["request"] == {"url": "/expert/…/", "method": "POST"}
    error = view["exception"]["values"][-1]
    assert (error["type"], error["value"]) == (
        "ValueError",
        "Somebody <…@…> opened /expert/…/?… with sessionid=…",
    )
    assert error["stacktrace"]["frames"]
    assert (job["tags"]["job"], job["tags"]["job_id"]) == ("check_links", "4711")
    everything = json.dumps(events, ensure_ascii=False)
    for secret in (SECRET, COOKIE, WORDS, "a-local-variable", "ada@example.org", "pa55word", KEY):
        assert secret not in everything, secret
    assert not {"user", "breadcrumbs", "extra", "modules"} & {name for event in events for name in event}


def test_a_wrong_address_stops_the_start_without_repeating_it() -> None:
    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN must be an address") as refused:
        sentry.checked_dsn("sentry.example/secret")
    assert "secret" not in str(refused.value)


def test_without_its_package_the_start_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentry, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements-sentry\.txt"):
        sentry.checked_dsn("https://key@sentry.example/1")
    assert sentry.checked_dsn("") == ""
