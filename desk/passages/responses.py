"""The JSON of the article desk: an article's claims with their passages."""

from typing import Any

from articles.models import Article, ArticleVersion
from articles.selectors.passages import article_desk
from desk.claims import claim_json


def state(
    article: Article, version: ArticleVersion, tag: str, *, newest: ArticleVersion, rows: list[Any] | None = None
) -> dict[str, Any]:
    """All claims of an article with their passages; ``tag`` names this state. ``rows`` are the claims, if known."""
    claims = article_desk.claims_with_passages(article) if rows is None else rows
    return {
        "tag": tag,
        "text": version.number,
        "newest_text": newest.number,
        "claims": [claim_json.line(claim) for claim in claims],
    }
