"""What a list of claims can be narrowed by: the one list of filters, each with the statement that applies it.

The API's parser and its OpenAPI description, the readers' search form, its labels and the headings of its facets are
made from this list. A new filter is a field of ``Filters`` and the function that narrows the rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext_noop as _

from articles.choices import MergeKind
from articles.models import PublishedArticle, PublishedClaim, PublishedClaimant, PublishedEntity, PublishedSource
from articles.selectors.readers import languages, merges
from articles.selectors.readers.connection import ALIAS
from articles.selectors.readers.query_parser import words

Rows = QuerySet[PublishedClaim]
#: How a value is written: words to search for, keys separated by commas, a slug or id, a text, a language tag, a day.
Kind = Literal["search", "keys", "entity", "text", "language", "day"]
_LAST_DAY: Final = date.max - timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. ``parameter`` is its name in addresses, ``label`` its name for readers, to be translated."""

    parameter: str
    kind: Kind
    label: str
    description: str
    narrow: Callable[[Rows, Any], Rows]
    entity: type[PublishedEntity] | None = None
    #: The field of ``Filters``.
    name: str = ""


def _search(rows: Rows, value: str | SearchQuery) -> Rows:
    return rows.filter(search=words(value) if isinstance(value, str) else value)


def _rating(rows: Rows, value: str) -> Rows:
    return rows.filter(rating_key__in=value.split(","))


def _claimant(rows: Rows, value: str) -> Rows:
    pk = _entity_id(PublishedClaimant, value)
    return rows.none() if pk is None else rows.filter(claimant_id__in=_ids(MergeKind.CLAIMANT, pk))


def _article(rows: Rows, value: str) -> Rows:
    pk = _entity_id(PublishedArticle, value)
    return rows.none() if pk is None else rows.filter(articles__contains=[pk])


def _source(rows: Rows, value: str) -> Rows:
    pk = _entity_id(PublishedSource, value)
    return rows.none() if pk is None else rows.filter(sources__overlap=_ids(MergeKind.SOURCE, pk))


def _topic(rows: Rows, value: str) -> Rows:
    return rows.filter(topics__overlap=merges.all_of(MergeKind.TOPIC, value))


def _language(rows: Rows, value: str) -> Rows:
    return rows.filter(language__in=languages.spoken(value) or [value])


def _since(rows: Rows, value: date) -> Rows:
    return rows.filter(published_at__gte=midnight(value))


def _until(rows: Rows, value: date) -> Rows:
    return rows.filter(published_at__lt=midnight(min(value, _LAST_DAY) + timedelta(days=1)))


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of one list. ``rating`` may name several keys, separated by commas."""

    q: str = field(
        default="",
        metadata={
            "filter": Filter(
                parameter="q",
                kind="search",
                label=_("Search words"),
                description="Words, in the language of each claim; quotes, OR and - work as in web searches.",
                narrow=_search,
            )
        },
    )
    rating: str = field(
        default="",
        metadata={
            "filter": Filter(
                parameter="rating",
                kind="keys",
                label=_("Verdict"),
                description="Keys of ratings, separated by commas: any of them.",
                narrow=_rating,
            )
        },
    )
    claimant: str = field(
        default="",
        metadata={
            "filter": Filter(
                parameter="claimant",
                kind="entity",
                entity=PublishedClaimant,
                label=_("Said by"),
                description="Id or slug of the claimant.",
                narrow=_claimant,
            )
        },
    )
    article: str = field(
        default="",
        metadata={
            "filter": Filter(
                parameter="article",
                kind="entity",
                entity=PublishedArticle,
                label=_("Article"),
                description="Id or slug of an article in which the claim was made.",
                narrow=_article,
            )
        },
    )
    source: str = field(
        default="",
        metadata={
            "filter": Filter(
                parameter="source",
                kind="entity",
                entity=PublishedSource,
                label=_("Source"),
                description="Id or slug of a source that serves as evidence.",
                narrow=_source,
            )
        },
    )
    topic: str = field(
        default="",
        metadata={
            "filter": Filter(
                parameter="topic",
                kind="text",
                label=_("Topic"),
                description="A topic, as it is written in records.",
                narrow=_topic,
            )
        },
    )
    language: str = field(
        default="",
        metadata={
            "filter": Filter(
                parameter="language",
                kind="language",
                label=_("Language"),
                description="Language tag of the claim. The region is ignored: `en` and `en-US` give the same claims.",
                narrow=_language,
            )
        },
    )
    since: date | None = field(
        default=None,
        metadata={
            "filter": Filter(
                parameter="from",
                kind="day",
                label=_("From"),
                description="First day on which the newest record was published.",
                narrow=_since,
            )
        },
    )
    until: date | None = field(
        default=None,
        metadata={
            "filter": Filter(
                parameter="to",
                kind="day",
                label=_("To"),
                description="Last day on which the newest record was published.",
                narrow=_until,
            )
        },
    )

    def __bool__(self) -> bool:
        return self != Filters()

    def without(self, name: str) -> "Filters":
        """The other filters; ``name`` is a field of this class."""
        change: dict[str, Any] = {name: None if BY_NAME[name].kind == "day" else ""}
        return replace(self, **change)

    @property
    def scope(self) -> list[Any]:
        """What a cursor of this list is bound to."""
        return ["claims", {name: getattr(self, name) for name in self.__slots__}]


FILTERS: Final[tuple[Filter, ...]] = tuple(replace(one.metadata["filter"], name=one.name) for one in fields(Filters))
BY_NAME: Final[Mapping[str, Filter]] = {one.name: one for one in FILTERS}


def from_parameters(given: Mapping[str, Any]) -> Filters:
    """The filters with these values, parsed already, by their names in addresses. Other names are left out."""
    return Filters(**{one.name: given[one.parameter] for one in FILTERS if one.parameter in given})


def filtered(filters: Filters, sought: SearchQuery | None = None, *, originals: bool = False) -> Rows:
    """All that the filters leave, newest record first: what other selectors of this folder narrow down further.

    ``sought`` is the search for ``filters.q`` where it was made already. ``originals`` leaves translations out, unless
    words or a language are asked for.
    """
    rows: Rows = PublishedClaim.objects.using(ALIAS).all()
    if originals and not (filters.q or filters.language):
        rows = rows.originals()  # type: ignore[attr-defined]
    for one in FILTERS:
        if value := getattr(filters, one.name):
            rows = one.narrow(rows, sought if one.kind == "search" and sought else value)
    return rows


def by_slug_or_id(which: str) -> Q:
    """The condition for an article, claimant or source with this slug or id."""
    try:
        return Q(pk=UUID(which)) | Q(slug=which)
    except ValueError:
        return Q(slug=which)


def midnight(day: date) -> datetime:
    """The beginning of a day in the newsroom's time zone."""
    return make_aware(datetime.combine(day, time.min))


def _entity_id(model: type[PublishedEntity], which: str) -> UUID | None:
    found: UUID | None = (
        model._default_manager.using(ALIAS).filter(by_slug_or_id(which)).values_list("pk", flat=True).first()
    )
    return found


def _ids(kind: MergeKind, pk: UUID) -> list[UUID]:
    return [UUID(one) for one in merges.all_of(kind, str(pk))]
