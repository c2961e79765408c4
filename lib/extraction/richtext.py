"""Rich text files (.rtf): their words. What is hidden, deleted or struck through is left out and counted."""

import re
from collections import Counter

from striprtf.striprtf import rtf_to_text

from lib.extraction import archives, markup, notes, visibility
from lib.extraction.results import Extracted, ExtractionError, first_line

_STRUCK = re.compile(r"\\strike(?:d1)?(?![a-z0-9])(?:(?!\\strike(?:d)?0|\\plain|\}).)*", re.S)
_HIDDEN = re.compile(r"\\v(?![a-z0-9])(?:(?!\\v0|\\plain|\}).)*", re.S)
_DELETED = re.compile(r"\\deleted(?![a-z0-9])(?:(?!\\deleted0|\\plain|\}).)*", re.S)
_RAISED = re.compile(r"\\super(?:\\[a-z]+-?\d*)* ?([0-9]+)")
_PICTURE = re.compile(r"\\pict(?![a-z])")


def from_rtf(data: bytes) -> Extracted:
    """Paragraphs of the document. Raises ``ExtractionError`` "broken" for a damaged one."""
    source = data.decode("latin-1")
    counts = Counter(
        {
            visibility.STRUCK: len(_STRUCK.findall(source)),
            visibility.HIDDEN: len(_HIDDEN.findall(source)),
            "deletions": len(_DELETED.findall(source)),
            markup.PICTURES: len(_PICTURE.findall(source)),
        }
    )
    for pattern in (_STRUCK, _HIDDEN, _DELETED):
        source = pattern.sub("", source)
    source = _RAISED.sub(
        lambda found: "".join(f"\\u{ord(char)}?" for char in found.group(1).translate(_SUPERSCRIPTS)), source
    )
    try:
        text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, RecursionError, AttributeError):
        raise ExtractionError("broken", archives.BROKEN) from None
    lines = [" ".join(line.replace("|", "\t").split(" ")).strip() for line in text.splitlines()]
    body = "\n\n".join(line for line in lines if line)
    return Extracted(body=body, title=first_line(body), notes=notes.left_out(counts))


_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
