"""Published claims like a text, for readers: the same search on the readers' plane, which cannot see open claims."""

from articles.selectors.matching import bm25
from articles.selectors.matching.bm25 import Match
from articles.selectors.readers.connection import PLANE


def similar(*, text: str, language: str, limit: int = 5) -> list[Match]:
    """The published claims most like ``text`` in its language, most alike first. Raises ``ValidationError``."""
    return bm25.run(PLANE, ["published"], text=text, language=language, limit=limit)
