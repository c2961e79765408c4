"""Settings about caches: wrong ones stop the process with their names."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck import cache_settings


@pytest.mark.parametrize(
    ("check", "name"),
    [
        (lambda: cache_settings.purge_kind("squid"), "PURGE_KIND"),
        (lambda: cache_settings.purge_urls([], kind="varnish"), "PURGE_URL"),
        (lambda: cache_settings.purge_urls(["varnish:6081"], kind="varnish"), "PURGE_URL"),
        (lambda: cache_settings.purge_urls(["http://api.fastly.com/"], kind="fastly"), "PURGE_URL"),
        (lambda: cache_settings.purge_token("", kind="cloudflare"), "PURGE_TOKEN"),
        (lambda: cache_settings.key_headers(["Edge-Tags"], kind=""), "CACHE_KEY_HEADERS"),
    ],
)
def test_a_wrong_setting_is_named(check: Callable[[], Any], name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        check()


def test_the_kind_of_cache_decides_the_header_unless_headers_are_named() -> None:
    assert [cache_settings.key_headers(None, kind=kind) for kind in ("", "varnish", "fastly", "cloudflare")] == [
        [],
        ["xkey"],
        ["Surrogate-Key"],
        ["Cache-Tag"],
    ]
    assert cache_settings.key_headers(["cache-tag", "XKEY"], kind="fastly") == ["Cache-Tag", "xkey"]


def test_nothing_is_needed_without_a_cache() -> None:
    assert cache_settings.purge_kind("") == ""
    assert cache_settings.purge_urls([], kind="") == []
    assert cache_settings.purge_token("", kind="varnish") == ""
