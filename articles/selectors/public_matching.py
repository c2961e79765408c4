"""Published claims like a text, for readers: the same search on the readers' plane, which cannot see open claims."""

from articles.selectors import matching
from articles.selectors.matching import Match
from articles.selectors.public_connection import PLANE


def similar(*, text: str, language: str, limit: int = 5) -> list[Match]:
    """The published claims most like ``text`` in its language, most alike first. Raises ``ValidationError``."""
    return matching.run(PLANE, ["published"], text=text, language=language, limit=limit)
