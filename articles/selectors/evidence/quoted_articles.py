"""Sources that are articles of the newsroom's own collection: on which page or at which time they say something."""

from itertools import islice

from articles.models import Article, Source
from lib.anchoring import quotes


def locator_of(source: Source, quote: str) -> str:
    """The page or the time of ``quote`` in the article at the source's address; empty where that is not known.

    Nothing is said of a confidential source, and of a quote that is in the text more than once.
    """
    words = quote.strip()
    if not words or not source.url or source.is_confidential:
        return ""
    article = Article.objects.filter(url=source.url).order_by("created_at").first()
    version = article.versions.order_by("-number").first() if article else None
    if version is None or not version.places:
        return ""
    found = list(islice(quotes.found(version.body, words), 2))
    return version.locator(found[0][0]) if len(found) == 1 else ""
