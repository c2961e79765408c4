"""Pages in a real Redis: shared by processes, sealed, and not missed while Redis is away."""

import logging
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from caching import shared_pages
from caching.shared_pages import SharedPages
from factcheck import cache_settings
from tests.waiting import wait_until

_REDIS = shutil.which("redis-server") or shutil.which("valkey-server")
needs_redis = pytest.mark.skipif(not _REDIS, reason="no redis-server on this machine")
PAGE = (b"<p>\xe2\x9c\x93</p>\nand more", "text/html; charset=utf-8")


@contextmanager
def redis_at(port: int, folder: Path) -> Iterator[None]:
    command = [str(_REDIS), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: answers(port), 20)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def answers(port: int) -> bool:
    with socket.socket() as wire:
        return wire.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def process(port: int) -> SharedPages:
    """The cache as a process of the site has it, without the pages of others in its memory."""
    made = SharedPages(f"redis://127.0.0.1:{port}/0", {"KEY_PREFIX": "factcheck"})
    made.clear()
    return made


@needs_redis
def test_a_page_of_one_process_is_there_for_another(port: int, tmp_path: Path) -> None:
    with redis_at(port, tmp_path):
        first = process(port)
        first.set("page:a", PAGE, 60)
        second = process(port)
        assert second.get("page:a") == PAGE
        assert second.get("page:b") is None
        assert second.get("page:b", "none") == "none"


@needs_redis
def test_a_page_that_somebody_else_wrote_is_not_shown(port: int, tmp_path: Path, settings: Any) -> None:
    with redis_at(port, tmp_path):
        cache = process(port)
        cache.set("page:a", PAGE, 60)
        stored = cache._redis.get("factcheck:1:page:a")
        assert isinstance(stored, bytes)
        cache._redis.set("factcheck:1:page:b", stored)
        cache._redis.set("factcheck:1:page:c", stored[:-1] + b"!")
        cache._redis.set("factcheck:1:page:d", b"x")
        assert [cache.get(f"page:{name}") for name in "abcd"] == [PAGE, None, None, None]
        settings.SECRET_KEY = "another site's"
        assert cache.get("page:a") is None


@needs_redis
def test_an_outage_costs_one_line_in_the_log_and_no_page(
    port: int, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_pages, "_PAUSE_SECONDS", 0.0)
    caplog.set_level(logging.INFO, "caching.shared_pages")
    cache = process(port)
    for _ in range(3):
        cache.set("page:a", PAGE, 60)
        assert cache.get("page:a") == PAGE, "from this process's memory"
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    with redis_at(port, tmp_path):
        cache.set("page:b", PAGE, 60)
        assert cache.get("page:b") == PAGE
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert cache.get("page:c") is None
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO", "WARNING"]


def test_a_redis_that_is_away_is_left_alone_for_a_while(port: int) -> None:
    cache = process(port)
    assert cache.get("page:a") is None
    with socket.create_server(("127.0.0.1", port)) as listening:
        listening.settimeout(0.5)
        assert cache.get("page:a") is None
        with pytest.raises(TimeoutError):
            listening.accept()


def test_a_wrong_address_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL"):
        cache_settings.pages("memcached://localhost", folder=Path("pages"), disk_mb=0)
    shared = cache_settings.pages("redis://localhost", folder=Path("pages"), disk_mb=10)
    assert shared["LOCATION"] == "redis://localhost"
    assert "locmem" in cache_settings.pages("", folder=Path("pages"), disk_mb=0)["BACKEND"]
    assert cache_settings.pages("", folder=Path("pages"), disk_mb=10)["LOCATION"] == Path("pages")
