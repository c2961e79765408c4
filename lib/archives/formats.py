"""Which format a file has, and its rows."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from lib.archives import jsonfiles, tables, wordpress
from lib.archives.entries import ArchiveError, Found, Options, Refusal
from lib.archives.reviews import of_found
from lib.claimreview import files
from lib.claimreview.errors import NothingReadableError

_PAGES: Final = frozenset({".html", ".htm", ".xhtml"})
_BLOCK: Final = 1 << 20


def read(path: Path, options: Options) -> Iterator[Found]:
    """Each row of the archive at ``path``. Raises ``ArchiveError`` and ``OSError``."""
    if path.is_dir():
        yield from _folder(path, options)
        return
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    suffix, first = path.suffix.lower(), head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if not head:
        raise ArchiveError("The file is empty.")
    if suffix in _PAGES:
        yield from _page(path, path.name, options)
    elif first == b"<" or suffix in (".xml", ".wxr"):
        yield from wordpress.read(path, options)
    elif suffix in (".jsonl", ".ndjson") or (first == b"{" and jsonfiles.looks_like_lines(head)):
        yield from jsonfiles.read_lines(path, options)
    elif suffix in (".csv", ".tsv"):
        yield from tables.read(path, options)
    elif first in (b"{", b"[") or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield from jsonfiles.read_document(path, options)
    else:
        yield from tables.read(path, options)


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal; of a folder, over the names and contents of its pages."""
    total = sha256()
    for one in _pages_in(path) if path.is_dir() else [path]:
        if path.is_dir():
            total.update(f"{one.relative_to(path)}\0".encode("utf-8", "surrogateescape"))
        with one.open("rb") as file:
            while block := file.read(_BLOCK):
                total.update(block)
    return total.hexdigest()


def _folder(path: Path, options: Options) -> Iterator[Found]:
    pages = _pages_in(path)
    if not pages:
        raise ArchiveError("There is no page (.html) in this folder.")
    for page in pages:
        name = str(page.relative_to(path)).encode("utf-8", "replace").decode()
        yield from _page(page, name, options)


def _page(page: Path, name: str, options: Options) -> Iterator[Found]:
    try:
        for found in files.in_file(page):
            yield of_found(found, name, options)
    except (NothingReadableError, OSError) as error:
        yield Refusal(name, "no_claim_review", str(error))


def _pages_in(path: Path) -> list[Path]:
    pages = (one for one in path.rglob("*") if one.suffix.lower() in _PAGES)
    return sorted(one for one in pages if one.is_file() and not one.is_symlink())
