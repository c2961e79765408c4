"""Each format of a purge, as a receiver on a real socket gets it."""

import json
from collections.abc import Iterator

import pytest

from caching.purgers import Cloudflare, Fastly, PurgeError, Varnish
from tests.caching import caches
from tests.caching.caches import Cache


@pytest.fixture
def cache() -> Iterator[Cache]:
    with caches.running() as running:
        yield running


def test_varnish_gets_keys_and_token_in_headers(cache: Cache) -> None:
    Varnish(urls=[cache.url], token="secret").purge(["claim-1", "lists"])
    ((method, path, headers, body),) = cache.asked
    assert (method, path, body) == ("PURGE", "/", b"")
    assert (headers["xkey-purge"], headers["purge-token"]) == ("claim-1 lists", "secret")


def test_each_varnish_is_asked(cache: Cache) -> None:
    Varnish(urls=[f"{cache.url}/a", f"{cache.url}/b"], token="").purge(["site"])
    assert [path for _method, path, _headers, _body in cache.asked] == ["/a", "/b"]
    assert "purge-token" not in cache.asked[0][2]


def test_fastly_gets_keys_and_token_in_headers(cache: Cache) -> None:
    Fastly(urls=[f"{cache.url}/service/S1/purge"], token="secret").purge(["claim-1", "lists"])
    ((method, path, headers, _body),) = cache.asked
    assert (method, path) == ("POST", "/service/S1/purge")
    assert (headers["surrogate-key"], headers["fastly-key"]) == ("claim-1 lists", "secret")


def test_cloudflare_gets_tags_as_json(cache: Cache) -> None:
    Cloudflare(urls=[f"{cache.url}/zones/Z1/purge_cache"], token="secret").purge(["claim-1", "lists"])
    ((method, path, headers, body),) = cache.asked
    assert (method, path, json.loads(body)) == ("POST", "/zones/Z1/purge_cache", {"tags": ["claim-1", "lists"]})
    assert (headers["authorization"], headers["content-type"]) == ("Bearer secret", "application/json")


@pytest.mark.parametrize(("kind", "requests"), [(Varnish, 3), (Fastly, 1), (Cloudflare, 4)])
def test_many_keys_are_cut_into_requests(cache: Cache, kind: type[Varnish], requests: int) -> None:
    kind(urls=[cache.url], token="secret").purge([f"claim-{number}" for number in range(120)])
    assert len(cache.asked) == requests


@pytest.mark.parametrize("kind", [Varnish, Fastly, Cloudflare])
@pytest.mark.parametrize("status", [401, 403, 404, 503, 302])
def test_a_refusal_is_an_error(cache: Cache, kind: type[Varnish], status: int) -> None:
    cache.status = status
    with pytest.raises(PurgeError, match=str(status)):
        kind(urls=[cache.url], token="secret").purge(["site"])


@pytest.mark.parametrize("body", [b'{"success": false}', b"[]", b"no JSON"])
def test_cloudflares_body_counts(cache: Cache, body: bytes) -> None:
    cache.body = body
    with pytest.raises(PurgeError):
        Cloudflare(urls=[cache.url], token="secret").purge(["site"])


def test_a_cache_that_is_away_is_an_error() -> None:
    with pytest.raises(PurgeError, match="cannot be reached"):
        Varnish(urls=["http://127.0.0.1:9"], token="").purge(["site"])
