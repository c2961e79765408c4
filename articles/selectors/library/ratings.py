"""The scale of verdicts as the desk shows it: order, use, editions, translations."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Count

from articles import rating_words
from articles.choices import OPEN_STAGES
from articles.models import Rating, RatingTranslation, Verdict
from articles.models.rating import MAX_DEFINITION

#: How long a label and a definition may be, in any language.
LIMITS = {"label": Rating._meta.get_field("label").max_length or 0, "definition": MAX_DEFINITION}


@dataclass(frozen=True, slots=True)
class Translation:
    """What one text of a rating says in a language: in the newsroom's words, else in those of the product.

    ``version`` is that of the newsroom's own translation, 0 where there is none.
    """

    language: str
    words: str
    said: str
    usual: str
    version: int

    @property
    def shown(self) -> str:
        """What readers see; empty where it is not translated."""
        return self.said or self.usual


@dataclass(frozen=True, slots=True)
class Scale:
    """One rating in its newest edition: how many verdicts have any of its editions, how many open claims have it now,
    and in which languages of the site both of its texts are translated."""

    rating: Rating
    editions: list[Rating]
    verdicts: int
    open_claims: int
    languages: list[tuple[str, bool]]

    @property
    def is_translated(self) -> bool:
        """Whether it has words in every language of the site."""
        return all(there for _language, there in self.languages)


def languages() -> list[str]:
    """The languages of the site that ratings are translated into."""
    return [code for code, _name in settings.LANGUAGES if code != rating_words.WRITTEN_IN]


def current() -> list[Rating]:
    """The ratings in use, in order."""
    return list(Rating.objects.current())


def scale() -> list[Scale]:
    """Every rating: those in use in their order, then the retired ones. Four statements for any number of ratings."""
    editions: dict[str, list[Rating]] = {}
    for row in Rating.objects.order_by("position", "key", "-edition"):
        editions.setdefault(row.key, []).append(row)
    given = Counter(dict(Verdict.objects.order_by().values_list("rating__key").annotate(n=Count("pk"))))
    newest = Verdict.objects.filter(claim__stage__in=OPEN_STAGES).order_by("claim_id", "-id").distinct("claim_id")
    rated = Verdict.objects.filter(pk__in=newest.values("pk")).order_by()
    open_claims = Counter(dict(rated.values_list("rating__key").annotate(n=Count("pk"))))
    own = _own()
    rows = [
        Scale(found[0], found, given[key], open_claims[key], _languages(found[0], own))
        for key, found in editions.items()
    ]
    return sorted(rows, key=lambda row: row.rating.retired_on is not None)


def translations(rating: Rating) -> list[tuple[tuple[str, str], Translation]]:
    """The texts of ``rating`` in the languages of the site, by language and kind: ``label`` or ``definition``."""
    own = _own()
    texts = {"label": rating.label, "definition": rating.definition}
    return [((code, kind), _one(code, words, own)) for code in languages() for kind, words in texts.items()]


def with_history(rating: Rating) -> list[models.Model]:
    """Every edition of ``rating``, and the translations of their words."""
    editions = list(Rating.objects.filter(key=rating.key))
    words = {words for row in editions for words in (row.label, row.definition)}
    return [*editions, *RatingTranslation.objects.filter(words__in=words)]


def _languages(rating: Rating, own: dict[tuple[str, str], RatingTranslation]) -> list[tuple[str, bool]]:
    texts = (rating.label, rating.definition)
    return [(code, all(_one(code, words, own).shown for words in texts)) for code in languages()]


def _own() -> dict[tuple[str, str], RatingTranslation]:
    return {(row.language, row.words): row for row in RatingTranslation.objects.all()}


def _one(language: str, words: str, own: dict[tuple[str, str], RatingTranslation]) -> Translation:
    usual = rating_words.in_catalogue(words, language)
    row = own.get((language, words))
    said = row.said if row else ""
    return Translation(language, words, said, "" if usual == words else usual, row.version if row else 0)
