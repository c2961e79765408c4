"""Published claims like a text, for readers: the same search on their connection, without open claims."""

from articles.selectors.matching import bm25
from articles.selectors.matching.bm25 import Match
from articles.selectors.readers.connection import ALIAS


def similar(*, text: str, language: str, limit: int = 5) -> list[Match]:
    """The published claims most similar to ``text`` in its language, best first. Raises ``ValidationError``."""
    return bm25.run(ALIAS, ["published"], text=text, language=language, limit=limit)
