"""What an article's text suggests, less what the desk has decided on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from articles.choices import ClaimantKind, RelationKind, Stage
from articles.models import Appearance, ArticleVersion, Dismissal, Relation
from lib import checkworthy, namekinds
from lib.checkworthy import Report, Suggestion
from lib.checkworthy.disagreements import Disagreement


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A sentence of the text that was dismissed, and the row that says by whom and when."""

    suggestion: Suggestion
    row: Dismissal


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence that is a claim already, in whole or in the part that matters."""

    suggestion: Suggestion
    appearance: Appearance


@dataclass(frozen=True, slots=True)
class Listing:
    """Every sentence of a text, in exactly one of four places, and what in the text disagrees.

    ``offered``: with a reason for checking, ranked. ``others``: without one, in the text's order. ``left_out``: code
    points at the text's end that were not looked at. ``has_rules`` is false for a language that the rules do not know.
    """

    version: ArticleVersion
    offered: list[Suggestion]
    others: list[Suggestion]
    marked: list[Marked]
    dismissed: list[Dismissed]
    disagreements: tuple[Disagreement, ...]
    left_out: int
    has_rules: bool

    def find(self, key: str) -> Suggestion | None:
        """The sentence with this key, in any of the lists; the first of several."""
        return next((each for each in self._all() if each.key == key), None)

    def following(self, suggestion: Suggestion) -> Suggestion | None:
        """The sentence right behind, in the same paragraph: what it may be merged with."""
        behind = [
            each for each in self._all() if each.start >= suggestion.end and each.paragraph == suggestion.paragraph
        ]
        return min(behind, key=lambda each: each.start, default=None)

    def _all(self) -> Iterable[Suggestion]:
        yield from self.offered
        yield from self.others
        yield from (each.suggestion for each in self.marked)
        yield from (each.suggestion for each in self.dismissed)


def of_version(version: ArticleVersion) -> Listing:
    """The suggestions of one text of an article."""
    article = version.article
    report = report_of(version)
    refused = {row.key: row for row in Dismissal.objects.filter(article=article).select_related("created_by")}
    marks = list(_marks(version))
    listing = Listing(version, [], [], [], [], report.disagreements, report.left_out, report.has_rules)
    for each in [*report.ranked(), *(each for each in report.sentences if each.score <= 0)]:
        mark = next((mark for mark in marks if is_marked(each, mark)), None)
        if mark:
            listing.marked.append(Marked(each, mark))
        elif each.key in refused:
            listing.dismissed.append(Dismissed(each, refused[each.key]))
        else:
            (listing.offered if each.score > 0 else listing.others).append(each)
    return listing


def report_of(version: ArticleVersion) -> Report:
    """What the text of a version holds, before the desk's decisions."""
    article = version.article
    return _report(
        version.sha256, version.body, article.language, article.published_on and article.published_on.exact_day
    )


def speaker_kind(name: str, *, is_person: bool) -> str:
    """The kind of a speaker that a text names: a person, or what the name says of a body."""
    if is_person:
        return ClaimantKind.PERSON
    named = namekinds.suggest(name)
    return named if named and named != ClaimantKind.PERSON else ClaimantKind.ORGANISATION


def _marks(version: ArticleVersion) -> QuerySet[Appearance]:
    """The passages of a text, but for those of dropped claims; one that was dropped as a repeat still has its claim."""
    repeats = Relation.objects.filter(kind=RelationKind.REPEATS).values("claim_id")
    dropped = Q(claim__stage=Stage.DROPPED) & ~Q(claim__in=repeats)
    rows = Appearance.objects.filter(article_version=version).exclude(dropped)
    return rows.select_related("claim").order_by("start")


def is_marked(suggestion: Suggestion, mark: Appearance) -> bool:
    """Whether a passage is the sentence's own: they share half of the shorter one, or more."""
    shared = min(suggestion.end, mark.end) - max(suggestion.start, mark.start)
    return shared * 2 >= min(suggestion.end - suggestion.start, mark.end - mark.start)


@lru_cache(maxsize=8)
def _report(sha256: str, body: str, language: str, published_on: date | None) -> Report:
    """A text never changes: it is read once in a process, not at every look at the page."""
    return checkworthy.suggest(body, language=language, published_on=published_on)
