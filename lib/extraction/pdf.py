"""PDF with a text layer (ISO 32000): its text page by page. Pictures of pages are not read."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pypdf
from pypdf.errors import LimitReachedError, PyPdfError

from lib.extraction import notes
from lib.extraction.results import Extracted, ExtractionError, first_line, joined
from lib.phrases import phrase

#: Pages that are read at most: a book is no article.
MAX_PAGES: Final = 400
#: Bytes of the pages' instructions after unpacking. Reading a megabyte of them takes some seconds.
MAX_CONTENT: Final = 8 * 1024 * 1024
_DAMAGE = (PyPdfError, LookupError, ValueError, TypeError, AttributeError, OSError, RecursionError, NotImplementedError)
_LOCKED = phrase("This PDF is locked with a password. Save it without one.")
_BROKEN = phrase("This PDF is damaged. Open it where it came from and save it again, or paste its text.")
_BOMB = phrase("This PDF is too large inside. Save the pages of the article as a PDF, or paste its text.")
_SCAN = phrase(
    "This PDF holds pictures of pages and no text. Run text recognition (OCR) over it first, or type the passage."
)
#: A hyphen at the end of a line between small letters parts a word.
_PARTED = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\n(?=[^\W\d_A-Z])")
_SENTENCE_END = re.compile(r"[.!?:;…»”\"'’)\]]$")

logging.getLogger("pypdf").setLevel(logging.ERROR)


def from_pdf(data: bytes) -> Extracted:
    """The text with the page each part is on; title, author and day from the document's properties.

    Raises ``ExtractionError``: "kind" for a locked document, "too_large" for more than ``MAX_PAGES`` pages, "no_text"
    for a scan, "broken" for a damaged one.
    """
    try:
        reader = _open(data)
        pages = [_paragraphs(page.extract_text()) for page in reader.pages]
        pictures = sum(_pictures(page) for page in reader.pages)
        about = reader.metadata
        title, author, made = (about.title, about.author, about.creation_date) if about else (None, None, None)
    except ExtractionError:
        raise
    except LimitReachedError:
        raise ExtractionError("too_large", _BOMB) from None
    except _DAMAGE:
        raise ExtractionError("broken", _BROKEN) from None
    parts = [(f"p. {number}", text) for number, text in enumerate(pages, 1) if text]
    if not parts:
        raise ExtractionError("no_text", _SCAN)
    body, places = joined(parts)
    counts = Counter({"pictures": pictures, "empty_pages": len(pages) - len(parts)})
    return Extracted(
        body=body,
        title=(title or "").strip() or first_line(body),
        authors=[author.strip()] if author and author.strip() else [],
        published_on=_day(made),
        notes=(
            phrase("The order of a PDF's columns and boxes is a guess: compare the text with the document."),
            *([phrase("The date is the day the PDF was made: correct it if it came out on another.")] if made else ()),
            *notes.left_out(counts),
        ),
        places=places,
    )


def _open(data: bytes) -> pypdf.PdfReader:
    """The document, if it can be read and is not too large."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ExtractionError("kind", _LOCKED)
    if len(reader.pages) > MAX_PAGES:
        raise ExtractionError(
            "too_large",
            phrase("This PDF has more than %(most)s pages. Save the pages of the article as a PDF.", most=MAX_PAGES),
        )
    _refuse_bomb(reader)
    return reader


def _refuse_bomb(reader: pypdf.PdfReader) -> None:
    """Refuse pages whose unpacked instructions are more than ``MAX_CONTENT``: reading them would take minutes.

    A stream counts once for each page that draws it, and a form as often as pages name it.
    """
    left = MAX_CONTENT
    for page in reader.pages:
        contents = page.get_contents()
        left -= len(contents.get_data()) if contents is not None else 0
        left -= sum(_form_sizes(page))
        if left < 0:
            raise ExtractionError("too_large", _BOMB)


def _form_sizes(page: Any) -> Iterator[int]:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    for one in objects.get_object().values() if objects is not None else ():
        drawn = one.get_object()
        if drawn.get("/Subtype") == "/Form":
            yield len(drawn.get_data())


def _paragraphs(text: str) -> str:
    """A page's lines as paragraphs: a line that ends a sentence or is much shorter than the others ends one."""
    text = _PARTED.sub("", text.replace("\x00", "").replace("\r", "\n"))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    full = sorted(len(line) for line in lines if line)
    usual = full[len(full) * 3 // 4] if full else 0
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if not line:
            goes_on = False
            continue
        if goes_on:
            paragraphs[-1] += f" {line}"
        else:
            paragraphs.append(line)
        is_short = len(line) < usual * 0.7
        goes_on = not (is_short or (_SENTENCE_END.search(line) and len(line) < usual * 0.9))
    return "\n\n".join(paragraphs)


def _pictures(page: Any) -> int:
    """How many images a page draws itself."""
    try:
        objects = page.get("/Resources", {}).get_object().get("/XObject", {}).get_object()
        return sum(1 for one in objects.values() if one.get_object().get("/Subtype") == "/Image")
    except _DAMAGE:
        return 0


def _day(made: Any) -> date | None:
    return made.date() if made is not None else None
