"""Checks of what a reader typed or pasted: a claim in other words, a forwarded message, an address."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError

from articles.selectors.readers import by_address, published
from articles.selectors.readers.matching import MAX_TEXT, find_matches
from lib import webaddress
from readers.http import view_models
from readers.http.view_models import Card

#: So many checks are shown.
LIMIT = 5


@dataclass(frozen=True, slots=True)
class Closest:
    """The checks, best first. ``place`` says what a pasted address is of: "page", "article", "source" or nothing."""

    same: list[Card] = field(default_factory=list)
    related: list[Card] = field(default_factory=list)
    place: str = ""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.same or self.related)


def find_closest(typed: str, *, exclude: Collection[UUID] = (), limit: int = LIMIT) -> Closest:
    """The checks closest to ``typed``, without those of ``exclude``. Up to ``MAX_TEXT`` characters are read."""
    if is_address(typed):
        found = by_address.find_by_address(typed.strip(), limit=limit)
        cards = view_models.cards(found.claims)
        return Closest(related=cards, place="source") if found.place == "source" else Closest(cards, place=found.place)
    try:
        matches = find_matches(text=typed[:MAX_TEXT].replace("\x00", " "), limit=limit, exclude=list(exclude))
    except ValidationError:  # characters that no claim has
        return Closest()
    rows = published.standing_claims(one.claim_id for one in matches.ranked)
    same, related = (
        view_models.cards(rows[one.claim_id] for one in group if one.claim_id in rows)
        for group in (matches.same, matches.related)
    )
    return Closest(same, related)


def is_address(typed: str) -> bool:
    """Whether somebody pasted a web address and nothing else."""
    return bool(webaddress.site_of(typed)) and not re.search(r"\s", typed.strip())
