"""Writes a document as a file of one kind. What that takes is imported with the first file: it is much, and rare."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from lib.paper.blocks import Document

_WRITERS: Final[Mapping[str, str]] = {"pdf": "lib.paper.pdf", "docx": "lib.paper.word"}


@dataclass(frozen=True, slots=True)
class Fonts:
    """The files of a TrueType font with the letters of all languages that are to be written."""

    regular: Path
    bold: Path


def write(document: Document, fonts: Fonts, *, kind: str) -> bytes:
    """The file, whose name ends in ``kind``: pdf or docx. The same document and fonts give the same bytes."""
    made: bytes = import_module(_WRITERS[kind]).write(document, fonts)
    return made
