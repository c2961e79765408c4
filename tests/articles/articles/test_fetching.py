"""Fetching an article: what comes in, and a reason for whatever does not. Real servers on this machine."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from articles.services.articles import fetching
from lib import refusals, webaddress
from lib.safehttp.policy import Limits, Policy
from tests.lib.safehttp.receivers import Act, answer, drip, hang, pour, receiver

HERE = Policy(http=True, loopback=True)
SHORT = Limits(total_seconds=1.5, max_bytes=100_000)
PAGE = """<!doctype html><html lang="tr"><head><meta charset="{}"><title>Köprü açıldı</title></head><body><article>
<h1>Köprü açıldı</h1><p>Belediye başkanı pazartesi günü köprünün on iki milyona mal olduğunu söyledi.</p>
<p>Köprü iki bin on dokuz yılında açıldı ve günde dört bin araç taşıyor.</p></article></body></html>"""


def served(content: bytes, *, kind: str = "text/html", status: str = "200 OK", more: str = "") -> Act:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n{more}\r\n"
    return answer(head.encode() + content)


def led(to: str) -> Act:
    return answer(f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode())


def fetch(act: Act, **given: Any) -> fetching.Page:
    with receiver(act) as there:
        return fetching.fetch(there.url, through=HERE, limits=given.get("limits", SHORT))


def code_of(act: Act, **given: Any) -> str:
    with pytest.raises(refusals.RefusedError) as refused:
        fetch(act, **given)
    assert str(refused.value).endswith(".")
    return refused.value.code


def test_fetching_a_page_returns_its_article() -> None:
    page = fetch(served(PAGE.format("utf-8").encode()))
    assert (page.found.title, page.found.language, page.found.url) == ("Köprü açıldı", "tr", page.url)
    assert page.found.published_on is None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PAGE.format("iso-8859-9").encode("iso-8859-9"), "text/html"),
        (PAGE.format("").encode("iso-8859-9"), "text/html; charset=windows-1254"),
        (PAGE.format("iso-8859-1").encode("utf-8"), "text/html; charset=iso-8859-1"),
        (PAGE.format("utf-8").encode("utf-16"), "text/html"),
    ],
    ids=["meta", "header", "both lie", "mark"],
)
def test_pages_in_every_character_set_are_decoded(content: bytes, kind: str) -> None:
    assert "pazartesi günü köprünün on iki milyona mal olduğunu söyledi" in fetch(served(content, kind=kind)).found.body


def test_a_wrong_declared_character_set_is_noted() -> None:
    twice = PAGE.format("utf-8").encode().decode("cp1252", "replace").encode()
    assert any("garbled" in note for note in fetch(served(twice)).found.notes)
    guessed = fetch(served(PAGE.format("utf-8").encode("cp1254")))
    assert any("guess" in note for note in guessed.found.notes)


BAD: dict[str, tuple[Act, str]] = {
    "not there": (served(b"gone", status="404 Not Found"), "http_404"),
    "refused": (served(b"no", status="403 Forbidden"), "http_403"),
    "to be paid": (served(b"pay", status="402 Payment Required"), "http_402"),
    "broken": (served(b"oops", status="500 Oops"), "http_500"),
    "an image": (served(b"\x89PNG", kind="image/png"), "not_text"),
    "a PDF": (served(b"%PDF-1.7", kind="text/html"), "broken"),
    "empty": (served(b""), "empty"),
    "hangs": (hang, "timeout"),
    "drips": (drip, "timeout"),
    "never ends": (pour(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p>x</p>" * 999), "too_large"),
    "leads on for ever": (led("/again"), "too_many_redirects"),
    "no article": (served(b"<html><body><script>1</script></body></html>"), "no_text"),
}


@pytest.mark.parametrize(("act", "code"), BAD.values(), ids=BAD)
def test_a_page_that_cannot_be_fetched_is_refused_with_its_reason(act: Act, code: str) -> None:
    begun = time.monotonic()
    assert code_of(act) == code
    assert time.monotonic() - begun < 60


def test_a_compressed_page_is_limited_by_its_size_after_decompression() -> None:
    pack = zlib.compressobj(wbits=31)
    bomb = pack.compress(bytes(50_000_000)) + pack.flush()
    assert len(bomb) < SHORT.max_bytes
    assert code_of(served(bomb, more="Content-Encoding: gzip\r\n")) == "too_large"
    assert fetch(served(gzip.compress(PAGE.format("utf-8").encode()), more="Content-Encoding: gzip\r\n")).found.title


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "https://[fe80::1]/",
        "file:///etc/passwd",
        "//localhost/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop is let through to this machine; from then on, the policy of the open internet holds."""
    with receiver(led(to), served(PAGE.encode())) as there:
        inside = _FirstHopOnly()
        with pytest.raises(fetching.FetchError) as refused:
            fetching.fetch(there.url, through=inside, limits=SHORT)
        assert refused.value.code in ("address_refused", "bad_url", "connect_failed")
        assert there.connections == 1


class _FirstHopOnly(Policy):
    """Loopback for the first connection alone."""

    def __init__(self) -> None:
        super().__init__(http=True, loopback=True)
        object.__setattr__(self, "asked", 0)

    def admits(self, address: Any) -> bool:
        object.__setattr__(self, "asked", self.asked + 1)
        return self.asked <= 3 or Policy(http=True).admits(address)


def test_a_dns_answer_that_changes_after_the_check_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is asked for once, and what was checked is what is connected to."""
    asked: list[str] = []

    def changing(host: str, *rest: Any, **more: Any) -> list[Any]:
        asked.append(host)
        address = "93.184.215.14" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]

    tried: list[str] = []
    connect: Callable[..., Any] = socket.socket.connect

    def noted(self: socket.socket, address: Any) -> None:
        tried.append(address[0])
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    monkeypatch.setattr(socket.socket, "connect", noted)
    with pytest.raises(fetching.FetchError):
        fetching.fetch("https://paper.example/a", through=Policy(), limits=SHORT)
    assert (asked, tried) == (["paper.example"], ["93.184.215.14"])
    assert connect is not noted


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "https://localhost/", "https://2130706433/", "https://a@b.example/", "x"]
)
def test_urls_of_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(refusals.RefusedError):
        fetching.fetch(url, through=Policy())


def test_spellings_of_one_url_have_one_canonical_form() -> None:
    spellings = ["https://P.example/a/?utm_source=x", "http://p.example/a#top", "https://p.example/a"]
    assert {webaddress.normalized(url) for url in spellings} == {"https://p.example/a"}
