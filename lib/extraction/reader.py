"""Which kind of file it is, and the text in it."""

import codecs
import re
from dataclasses import replace

from lib import plaintext
from lib.extraction import charsets, pages
from lib.extraction.documents import from_docx
from lib.extraction.results import Extracted, ExtractionError, first_line

#: Files larger than this are refused, unless the caller says otherwise.
MAX_BYTES = 5 * 1024 * 1024
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f]")
#: How kinds that cannot be read begin, and what to do with them.
_OTHER_KINDS = (
    (b"%PDF-", "This is a PDF. Copy the article's text out of it and paste it."),
    (b"\xd0\xcf\x11\xe0", "This is a document of an old Word. Save it as .docx, or paste its text."),
    (b"{\\rtf", "This is a rich text file (RTF). Save it as .docx or .txt, or paste its text."),
)


def read(data: bytes, *, name: str = "", charset: str = "", max_bytes: int = MAX_BYTES) -> Extracted:
    """The text in the bytes of a .txt, .md, .html or .docx file.

    ``charset`` is what the server said; ``max_bytes`` bounds the file. Raises ``ExtractionError``.
    """
    if len(data) > max_bytes:
        size = max_bytes // (1024 * 1024)
        raise ExtractionError(
            "too_large", f"This file is larger than {size} MB. Keep the article's text and leave the rest."
        )
    if not data.strip():
        raise ExtractionError("empty", "This file is empty.")
    for begins, words in _OTHER_KINDS:
        if data.startswith(begins):
            raise ExtractionError("kind", words)
    if data.startswith(b"PK\x03\x04"):
        found = from_docx(data)
        found = replace(found, body=_stored(found.body))
    else:
        found = _from_text(data, name=name, charset=charset)
    if plaintext.is_blank(found.body):
        raise ExtractionError("no_text", "No text was found in this file. Paste the article's text instead.")
    return replace(found, notes=(*found.notes, *charsets.notes_on(found.body), *_missing(found)))


def _from_text(data: bytes, *, name: str, charset: str) -> Extracted:
    is_wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    is_binary = b"\x00" in data[:4096] and not is_wide
    decoded, notes = ("\x00", []) if is_binary else charsets.decode(data, declared=charset)
    if "\x00" in decoded or len(_CONTROLS.findall(decoded[:10_000])) > 8:
        raise ExtractionError(
            "binary", "This looks like a program's file, not like text. Save the article as text first."
        )
    decoded = _stored(_CONTROLS.sub("", decoded))
    ending = name.rsplit(".", 1)[-1].lower()
    if pages.is_html(decoded) or (ending in ("html", "htm", "xhtml") and "<" in decoded):
        found = pages.from_html(decoded)
    elif ending in ("md", "markdown"):
        found = pages.from_markdown(decoded)
    else:
        found = Extracted(body=decoded, title=first_line(decoded))
    return replace(found, notes=(*notes, *found.notes))


def _stored(body: str) -> str:
    try:
        return plaintext.clean(body)
    except plaintext.InvalidCharactersError as error:
        raise ExtractionError("binary", str(error)) from error


def _missing(found: Extracted) -> list[str]:
    asked = (
        (found.published_on, "No date was found."),
        (found.publisher, "No publisher was found."),
        (found.language, "No language was found: English is assumed."),
    )
    return [words for value, words in asked if not value]
