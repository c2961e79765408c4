"""From the bytes of a file or a page to an article's text and what it says about itself. Pure: no network, no database.

What is inside decides how it is read, not its name. What cannot be an article is refused with a sentence that says
what to do; doubtful parts are read and noted, for the person who checks them before saving.
"""

from lib.extraction.reader import read
from lib.extraction.results import Extracted, ExtractionError, Place

__all__ = ["Extracted", "ExtractionError", "Place", "read"]
