"""Documents that are zip archives: what they would grow to is counted before any of it is unpacked or parsed."""

import io
import zipfile
from typing import Final

from lib.extraction.results import ExtractionError
from lib.phrases import phrase

#: Files inside a document, bytes of all of them, bytes of those that are XML and therefore parsed into a tree.
MAX_MEMBERS: Final = 1_000
MAX_BYTES: Final = 64 * 1024 * 1024
MAX_XML_BYTES: Final = 24 * 1024 * 1024
BROKEN: Final = phrase("This document is damaged. Open it where it came from and save it again, or paste its text.")
_TOO_LARGE = phrase("This document is too large inside. Save the article alone as a document, or paste its text.")
LOCKED: Final = phrase("This document is locked with a password. Save it without one.")
_FAULTS = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError)


def names(data: bytes) -> set[str]:
    """The names of the files in an archive. Raises ``ExtractionError`` "broken" for what is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return set(archive.namelist())
    except _FAULTS:
        raise ExtractionError("broken", BROKEN) from None


def check(data: bytes) -> None:
    """Refuse what would grow too large, is locked, or declares types of its own.

    Declared sizes bind: no more than them is unpacked. Documents have no reason for a DOCTYPE: one means entities that
    grow, or files from elsewhere.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            xml = [m for m in members if m.filename.endswith((".xml", ".rels"))]
            is_bomb = len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_BYTES
            if is_bomb or sum(m.file_size for m in xml) > MAX_XML_BYTES:
                raise ExtractionError("too_large", _TOO_LARGE)
            if any(member.flag_bits & 0x1 for member in members):
                raise ExtractionError("kind", LOCKED)
            if any(b"<!DOCTYPE" in archive.read(member) for member in xml):
                raise ExtractionError("broken", BROKEN)
    except _FAULTS:
        raise ExtractionError("broken", BROKEN) from None
