"""From the bytes of a file or a page to an article's text and what it says about itself. Pure: no network, no database.

What is inside decides how it is read, not its name. Whatever cannot be an article is refused with a sentence that says
what to do; whatever is doubtful is read and noted, for the person who looks at it before it is saved.
"""

from lib.extraction.reader import read
from lib.extraction.results import Extracted, ExtractionError, Place

__all__ = ["Extracted", "ExtractionError", "Place", "read"]
