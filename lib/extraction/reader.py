"""Which kind of file it is, by what is in it, and the text in it."""

import codecs
import re
from collections.abc import Callable
from dataclasses import replace

from lib import plaintext
from lib.extraction import archives, charsets, mail, opendocument, pages, pdf, richtext, subtitles, word
from lib.extraction.results import Extracted, ExtractionError, first_line
from lib.phrases import phrase

#: Files larger than this are refused, unless the caller says otherwise.
MAX_BYTES = 5 * 1024 * 1024
#: The longest name of an author, in code points.
_LONGEST_NAME = 120
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f]")
_OLD_WORD = phrase("This is a document of an old version of Word. Save it as .docx, or paste its text.")
_NO_DOCUMENT = phrase(
    "This is an archive or a document of a kind that is not read. Choose the article as .docx, .odt, .pdf, .rtf, "
    "e-mail, subtitles or text."
)


def read(data: bytes, *, name: str = "", charset: str = "", max_bytes: int = MAX_BYTES) -> Extracted:
    """The text in the bytes of a file: text, Markdown, HTML, .docx, .odt, .rtf, PDF, e-mail, subtitles, a transcript.

    ``charset`` is what the server said; ``max_bytes`` bounds the file. Raises ``ExtractionError``.
    """
    if len(data) > max_bytes:
        size = max_bytes // (1024 * 1024)
        raise ExtractionError(
            "too_large",
            phrase("This file is larger than %(size)s MB. Keep the article's text and leave the rest.", size=size),
        )
    if not data.strip():
        raise ExtractionError("empty", phrase("This file is empty."))
    found = _by_kind(data, name=name, charset=charset)
    if plaintext.is_blank(found.body):
        raise ExtractionError("no_text", phrase("No text was found in this file. Paste the article's text instead."))
    return replace(
        found,
        title=plaintext.without_direction(found.title),
        publisher=plaintext.without_direction(found.publisher),
        authors=[plaintext.without_direction(name) for name in found.authors if len(name) <= _LONGEST_NAME],
        notes=(*found.notes, *charsets.notes_on(found.body)),
    )


def _by_kind(data: bytes, *, name: str, charset: str) -> Extracted:
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _stored(pdf.from_pdf(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ExtractionError("kind", _OLD_WORD)
    if data.startswith(b"{\\rtf"):
        return _stored(richtext.from_rtf(data))
    if data.startswith(b"PK\x03\x04"):
        return _stored(_archive(data)(data))
    if mail.is_mail(data):
        return _stored(mail.from_mail(data))
    return _from_text(data, name=name, charset=charset)


def _archive(data: bytes) -> Callable[[bytes], Extracted]:
    names = archives.names(data)
    if opendocument.is_opendocument(names, data):
        return opendocument.from_odt
    if word.is_word(names):
        return word.from_docx
    raise ExtractionError("kind", _NO_DOCUMENT)


def _from_text(data: bytes, *, name: str, charset: str) -> Extracted:
    is_wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ending = name.rsplit(".", 1)[-1].lower()
    looks_like_page = ending in ("html", "htm", "xhtml") or charsets.is_page(data)
    if b"\x00" in data and not is_wide and not looks_like_page:
        raise _binary()
    decoded, notes = charsets.decode(data, declared=charset)
    if len(_CONTROLS.findall(decoded[:10_000])) > 8:
        raise _binary()
    if "\x00" in decoded:
        notes = [*notes, phrase("Characters that no text may hold (NUL) were left out.")]
    decoded = plaintext.clean(_CONTROLS.sub("", decoded.replace("\x00", "")))
    found = _read_text(decoded, ending)
    return replace(found, notes=(*notes, *found.notes))


def _read_text(decoded: str, ending: str) -> Extracted:
    if pages.is_html(decoded) or (ending in ("html", "htm", "xhtml") and "<" in decoded):
        return pages.from_html(decoded)
    if ending in ("md", "markdown"):
        return pages.from_markdown(decoded)
    if ending in ("srt", "vtt") or subtitles.is_subtitles(decoded):
        return subtitles.from_subtitles(decoded)
    if subtitles.is_transcript(decoded):
        return subtitles.from_transcript(decoded)
    return Extracted(body=decoded, title=first_line(decoded))


def _stored(found: Extracted) -> Extracted:
    """With the body as it can be stored: places keep their meaning because cleaning changes no length but NUL's."""
    if "\x00" in found.body and not found.places:
        found = replace(found, body=found.body.replace("\x00", ""))
    try:
        body = plaintext.clean(found.body)
    except plaintext.InvalidCharactersError as error:
        raise ExtractionError("binary", error.said) from error
    if body == found.body or not found.places:
        return replace(found, body=body)
    moved = [replace(place, start=len(plaintext.clean(found.body[: place.start]))) for place in found.places]
    return replace(found, body=body, places=tuple(moved))


def _binary() -> ExtractionError:
    return ExtractionError(
        "binary", phrase("This looks like a program's file, not like text. Save the article as text first.")
    )
