"""From the bytes of a file or a page to an article's text and what it says about itself. Pure: no network, no database.

What is inside decides how it is read, not its name. What cannot be an article is refused with a sentence that says
what to do; doubtful parts are read and noted, for the person who checks them before saving.
"""

from lib.extraction.results import Extracted, ExtractionError, Place

__all__ = ["MAX_BYTES", "Extracted", "ExtractionError", "Place", "read"]

#: Files larger than this are refused, unless the caller says otherwise.
MAX_BYTES = 5 * 1024 * 1024


def read(data: bytes, *, name: str = "", charset: str = "", max_bytes: int = MAX_BYTES) -> Extracted:
    """The text in the bytes of a file: text, Markdown, HTML, .docx, .odt, .rtf, PDF, e-mail, subtitles, a transcript.

    ``charset`` is what the server said; ``max_bytes`` bounds the file. Raises ``ExtractionError``.
    """
    # Importing what reads web pages and documents takes half a second: only who has a file to read waits for it.
    from lib.extraction import reader

    return reader.read(data, name=name, charset=charset, max_bytes=max_bytes)
