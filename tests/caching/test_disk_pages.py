"""Pages on disk: shared by processes, bounded, and not missed when the disk fails."""

import logging
import os
import secrets
from pathlib import Path
from typing import Any

import pytest

from caching import disk_pages
from caching.disk_pages import DiskPages

PAGE = (b"<p>\xe2\x9c\x93</p>\nand more", "text/html; charset=utf-8")


def process(folder: Path, *, most: int = 64) -> DiskPages:
    """The cache as a process of the site has it."""
    return DiskPages(str(folder), {"OPTIONS": {"MAX_MB": most}})


def stored(folder: Path) -> int:
    """The bytes that all pages take."""
    return sum(disk_pages.taken(file.stat()) for file in folder.glob("*/*"))


def test_a_page_of_one_process_is_there_for_another(tmp_path: Path) -> None:
    process(tmp_path).set("page:a", PAGE, 60)
    second = process(tmp_path)
    assert second.get("page:a") == PAGE
    assert second.get("page:b") is None
    assert second.get("page:b", "none") == "none"


def test_a_deleted_page_is_gone_and_so_is_everything_after_clear(tmp_path: Path) -> None:
    cache = process(tmp_path)
    for name in "ab":
        cache.set(f"page:{name}", PAGE)
    assert (cache.delete("page:a"), cache.delete("page:a")) == (True, False)
    assert [cache.get(f"page:{name}") for name in "ab"] == [None, PAGE]
    cache.clear()
    assert cache.get("page:b") is None


def test_pages_take_no_more_than_their_part_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_pages, "_LOOK_EACH", 1)
    cache, most = process(tmp_path, most=16), 16 * 1024 * 1024 // 256
    first = cache._file("page:0", None).parent
    same = [name for name in (f"page:{number}" for number in range(8000)) if cache._file(name, None).parent == first]
    for name in same:
        cache.set(name, (secrets.token_bytes(500), "text/html"))
    assert most // 2 < stored(first.parent) <= most
    assert cache.get(same[-1]) is not None
    assert cache.get(same[0]) is None


def test_a_page_that_somebody_asks_for_stays_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_pages, "_LOOK_EACH", 1)
    cache = process(tmp_path, most=16)
    first = cache._file("page:0", None).parent
    same = [name for name in (f"page:{number}" for number in range(8000)) if cache._file(name, None).parent == first]
    asked, unasked = same[:2]
    for name in (asked, unasked):
        cache.set(name, PAGE)
        os.utime(cache._file(name, None), (1, 1))
    assert cache.get(asked) == PAGE
    for number, name in enumerate(same[2:17], 2):  # more than the folder may hold, all older than what was asked for
        cache.set(name, PAGE)
        os.utime(cache._file(name, None), (number, number))
    cache.set(same[17], PAGE)
    assert cache.get(unasked) is None
    assert cache.get(asked) == PAGE


def test_a_disk_that_is_only_read_still_gives_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = process(tmp_path)
    cache.set("page:a", PAGE)
    os.utime(cache._file("page:a", None), (1, 1))

    def refuse(*_arguments: object) -> None:
        raise OSError("Read-only file system")

    monkeypatch.setattr(os, "utime", refuse)
    assert cache.get("page:a") == PAGE


def test_half_a_file_is_no_page(tmp_path: Path) -> None:
    cache = process(tmp_path)
    cache.set("page:a", PAGE)
    (file,) = tmp_path.glob("*/*")
    file.write_bytes(file.read_bytes()[:-3])
    assert cache.get("page:a") is None


def test_a_disk_that_cannot_be_used_costs_a_rendering_and_a_line(tmp_path: Path, caplog: Any) -> None:
    (tmp_path / "taken").write_text("a file where the folder would be")
    cache = process(tmp_path / "taken")
    with caplog.at_level(logging.WARNING, "caching.disk_pages"):
        cache.set("page:a", PAGE)
        assert cache.get("page:a") is None
    assert "cannot be kept on disk" in caplog.text
