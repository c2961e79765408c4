"""Packing of pages: each comes back as it was, also with several threads at work."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from caching import packing


@pytest.mark.parametrize(
    "content", [b"", b"<p>Said</p>", "Դատավճիռ ‏القرار".encode() * 5000], ids=["empty", "short", "long"]
)
def test_a_page_comes_back_as_it_was(content: bytes) -> None:
    assert packing.unpack(packing.pack(content)) == content


def test_a_page_takes_a_quarter_of_its_room_at_most() -> None:
    page = b"".join(b'<li class="card"><a href="/claims/%d/">Claim %d</a></li>' % (n, n) for n in range(500))
    assert len(packing.pack(page)) < len(page) / 4


def test_threads_pack_at_the_same_time() -> None:
    pages = [bytes([n % 251]) * 40_000 + str(n).encode() for n in range(400)]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda page: packing.unpack(packing.pack(page)), pages)) == pages
