"""Surrogate keys: the names by which a cache finds all pages that show a claim, an article, a topic.

The only place that makes such names. They consist of letters that every cache takes: no space, no comma.
"""

import hashlib
from typing import Final
from uuid import UUID

#: Every public page; lists of several claims or of what they name; feeds and sitemaps; the log; pages about us.
SITE: Final = "site"
LISTS: Final = "lists"
FEEDS: Final = "feeds"
LOG: Final = "log"
NEWSROOM: Final = "newsroom"


def claim(claim_id: UUID | str) -> str:
    """All that shows one claim: its page in each language, its revisions, cards, frame, oEmbed, JSON."""
    return f"claim-{claim_id}"


def article(article_id: UUID | str) -> str:
    """The page, feeds and JSON of an article."""
    return f"article-{article_id}"


def claimant(claimant_id: UUID | str) -> str:
    """The page, feeds and JSON of a claimant."""
    return f"claimant-{claimant_id}"


def source(source_id: UUID | str) -> str:
    """The page and JSON of a source."""
    return f"source-{source_id}"


def picture(sha256: str) -> str:
    """A picture in all its sizes."""
    return f"picture-{sha256[:32]}"


def lists_in(language: str) -> str:
    """Lists of claims in one language only; ``language`` is the tag of the claims."""
    return f"lists-{language.lower()}"


def topic(name: str) -> str:
    """The page and feeds of a topic. A topic is any text, so its key is made of a hash."""
    return f"topic-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
