"""A day's requests: which addresses, in which shares, at which second.

Claims are asked for by Zipf's law with exponent 1: the claim of rank n is read 1/n as often as the first. Measurements
of the world wide web lie on both sides: proxies see 0.6 to 0.8, busy news sites 1.4 to 1.6, where fewer pages make up
more of the day and all is cheaper.
"""

import bisect
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request: its share of the day in per cent, and the share of it that brings the tag of its page."""

    share: float
    why: str
    tagged: float = 0.0


KINDS = {
    "claim": Kind(56, "readers come from search engines and shared links", tagged=0.1),
    "front": Kind(12, "regular readers, and everybody who wants to know whose page it is", tagged=0.3),
    "list": Kind(4, "from the menu", tagged=0.2),
    "filtered list": Kind(1, "one verdict chosen in the list"),
    "topic": Kind(3, "from tags on claims, and followers", tagged=0.1),
    "claimant": Kind(1, "from a claim's page"),
    "search": Kind(1, "few search on news sites; most came from a search engine"),
    "about": Kind(1, "methodology, corrections, trust"),
    "feed": Kind(6, "feed readers poll every half hour, and mostly have the newest", tagged=0.8),
    "picture": Kind(10, "with claims that have one; browsers keep it for a year"),
    "embed": Kind(4.5, "other sites show a check to readers of theirs"),
    "card": Kind(0.5, "once for each link that is shared, fetched by the network it is shared on"),
}
#: A claim in another language than its own: readers who came by the menu of languages.
OTHER_LANGUAGE = 0.1
#: Links are shared while something is talked about: so many of the cards are of the most read claims.
SHARED_NOW, TALKED_ABOUT = 0.95, 200
PICTURE_WIDTHS = 3
#: Requests in each hour of the day, as parts of the busiest.
_HOURS = (3, 2, 2, 2, 2, 3, 5, 7, 8, 9, 9, 9, 9, 8, 8, 8, 8, 8, 9, 10, 10, 9, 7, 5)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is asked for of a claim."""

    slug: str
    language: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: ``at`` is the second of the day."""

    at: float
    kind: str
    address: str
    is_tagged: bool


@dataclass
class Ranked:
    """Things by rank, drawn by Zipf's law with this exponent."""

    things: list
    exponent: float = 1.0
    _sums: list[float] = field(init=False)

    def __post_init__(self) -> None:
        ranks = range(1, len(self.things) + 1)
        self._sums = list(itertools.accumulate(rank**-self.exponent for rank in ranks))

    def one(self, chance: random.Random, first: int = 0):
        """One of them; of the ``first`` ranks alone where that is given."""
        most = self._sums[min(first or len(self._sums), len(self._sums)) - 1]
        return self.things[bisect.bisect(self._sums, chance.random() * most, hi=len(self._sums) - 1)]


class Day:
    """The requests of one day after the other, the same for the same ``seed``."""

    def __init__(
        self,
        claims: Ranked,
        topics: Ranked,
        claimants: Ranked,
        words: Ranked,
        languages: list[str],
        *,
        seed: int = 1,
    ) -> None:
        self.claims, self.topics, self.claimants, self.words = claims, topics, claimants, words
        self._have_pictures = any(claim.picture for claim in claims.things)
        self.languages = languages
        self.chance = random.Random(seed)  # noqa: S311

    def requests(self, count: int) -> Iterator[Asked]:
        """``count`` requests in the order of their seconds."""
        kinds, weights = list(KINDS), [kind.share for kind in KINDS.values()]
        for at in self._seconds(count):
            kind = self.chance.choices(kinds, weights)[0]
            yield Asked(at, kind, self.address(kind), self.chance.random() < KINDS[kind].tagged)

    def _seconds(self, count: int) -> list[float]:
        hours = self.chance.choices(range(24), _HOURS, k=count)
        return sorted(3600 * (hour + self.chance.random()) for hour in hours)

    def address(self, kind: str) -> str:
        """An address of this kind."""
        if kind in ("claim", "embed", "card", "picture"):
            return self._of_claim(kind)
        language = self._prefix(self.claims.one(self.chance).language)  # readers are where claims are
        if kind == "topic":
            return f"{language}/topics/{self.topics.one(self.chance)}/"
        if kind == "claimant":
            return f"{language}/claimants/{self.claimants.one(self.chance)}/"
        if kind == "search":
            return f"{language}/claims/?q={self.words.one(self.chance)}"
        if kind == "filtered list":
            return f"{language}/claims/?rating={self.chance.choice(('false', 'true', 'misleading', 'unverified'))}"
        if kind == "feed":
            return self.chance.choice(("/feeds/claims.atom", "/feed/", "/feeds/claims.json"))
        if kind == "about":
            return language + self.chance.choice(("/methodology/", "/corrections/", "/trust/"))
        return f"{language}/" if kind == "front" else f"{language}/claims/"

    def _of_claim(self, kind: str) -> str:
        first = TALKED_ABOUT if kind == "card" and self.chance.random() < SHARED_NOW else 0
        claim: Claim = self.claims.one(self.chance, first)
        if kind == "card":
            return f"/claims/{claim.slug}/card.png"
        while kind == "picture" and self._have_pictures and not claim.picture:
            claim = self.claims.one(self.chance)
        if kind == "picture":
            return claim.picture or f"/claims/{claim.slug}/"
        foreign = self.chance.random() < OTHER_LANGUAGE
        language = self._prefix(self.chance.choice(self.languages) if foreign else claim.language)
        return f"{language}/embed/{claim.slug}/" if kind == "embed" else f"{language}/claims/{claim.slug}/"

    def _prefix(self, language: str) -> str:
        return "" if language == self.languages[0] else f"/{language}"
