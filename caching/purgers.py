"""How a cache is told to forget pages: Varnish, Fastly, Cloudflare."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from django.conf import settings

from lib.safehttp import client
from lib.safehttp.errors import OutboundError
from lib.safehttp.policy import Limits, Policy

#: The operator names these addresses: they may be private ones, on any port.
_POLICY: Final = Policy(http=True, any_address=True)
_LIMITS: Final = Limits(total_seconds=10.0)


class PurgeError(Exception):
    """A cache could not be reached, or refused."""


class Purger(ABC):
    """Purges keys at each of ``urls``. ``token`` is the cache's secret, or empty."""

    method: ClassVar[str] = "POST"
    #: Keys that one request may have.
    most_keys: ClassVar[int]

    def __init__(self, *, urls: Sequence[str], token: str) -> None:
        self._urls, self._token = urls, token

    def purge(self, keys: Sequence[str]) -> None:
        """Let each cache forget all pages that have one of ``keys``. Raises ``PurgeError``; try all of it again."""
        for first in range(0, len(keys), self.most_keys):
            for url in self._urls:
                self._send(url, keys[first : first + self.most_keys])

    @abstractmethod
    def headers(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The headers of a request that purges ``keys``."""

    def body(self, keys: Sequence[str]) -> bytes:
        """The body of a request that purges ``keys``."""
        return b""

    def is_success(self, answer: client.Answer) -> bool:
        """Whether the cache did it."""
        return 200 <= answer.status < 300

    def _send(self, url: str, keys: Sequence[str]) -> None:
        try:
            answer = client.send(
                self.method,
                url,
                body=self.body(keys),
                headers=self.headers(keys),
                policy=_POLICY,
                limits=_LIMITS,
            )
        except OutboundError as error:
            raise PurgeError(f"The cache cannot be reached: {error}") from error
        if not self.is_success(answer):
            raise PurgeError(f"The cache answered {answer.status}.")


class Varnish(Purger):
    """``PURGE`` with the keys in a header; what it does is written in the VCL (docs/caching.md)."""

    method = "PURGE"
    most_keys = 50

    def headers(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Keys separated by spaces, and the token that the VCL compares."""
        return {"xkey-purge": " ".join(keys)} | ({"purge-token": self._token} if self._token else {})


class Fastly(Purger):
    """``POST /service/ID/purge``, at most 256 keys each."""

    most_keys = 256

    def headers(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Keys separated by spaces, and the API token."""
        return {"surrogate-key": " ".join(keys), "fastly-key": self._token, "accept": "application/json"}


class Cloudflare(Purger):
    """``POST /zones/ID/purge_cache``, at most 30 tags each."""

    most_keys = 30

    def headers(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The API token, as a bearer token."""
        return {"authorization": f"Bearer {self._token}", "content-type": "application/json"}

    def body(self, keys: Sequence[str]) -> bytes:
        """The tags as JSON."""
        return json.dumps({"tags": list(keys)}).encode()

    def is_success(self, answer: client.Answer) -> bool:
        """Cloudflare also says it in the body."""
        try:
            return super().is_success(answer) and json.loads(answer.content).get("success") is True
        except (ValueError, AttributeError):
            return False


KINDS: Final[Mapping[str, type[Purger]]] = {"varnish": Varnish, "fastly": Fastly, "cloudflare": Cloudflare}


def from_settings() -> Purger | None:
    """The purger of ``PURGE_KIND``; None without one."""
    if not settings.PURGE_KIND:
        return None
    return KINDS[settings.PURGE_KIND](urls=settings.PURGE_URL, token=settings.PURGE_TOKEN)
