"""The only access to public data. All queries run on the readers' connection, whose database role can see the published
tables alone; nothing outside this package uses that connection."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from articles import attribution
from articles.choices import MergeKind, RecordKind
from articles.models import (
    PublishedArticle,
    PublishedClaim,
    PublishedClaimant,
    PublishedEntity,
    PublishedPassage,
    PublishedSource,
    Rating,
    Record,
)
from articles.selectors.keyset import Page, page, page_of
from articles.selectors.narrowing import Narrowing
from articles.selectors.readers import merges, prepared, record_bytes
from articles.selectors.readers.claim_filters import Filters, by_slug_or_id, filtered
from articles.selectors.readers.connection import ALIAS
from articles.selectors.readers.record_bytes import Stored
from articles.selectors.readers.scale import edited_words

EVERYTHING = Narrowing()
PAGE_SIZE = 20
MAX_PAGE_SIZE = 200
#: Counts stop here; beyond it lists say "more than".
COUNT_LIMIT = 1000
#: The latest statements of a claimant that are drawn over time.
DATED_LIMIT = 200

Entity = TypeVar("Entity", bound=PublishedEntity)


@dataclass(frozen=True, slots=True)
class LogHead:
    """The last number the log has given out, in which epoch, and the tree's root there.

    ``merges`` is the number of the last merge of names.
    """

    epoch: UUID
    seq: int
    root: bytes
    merges: int = 0

    @property
    def state(self) -> bytes:
        """What lists follow from: the log, and which names were merged since."""
        return bytes(self.root) + self.merges.to_bytes(8, "big")


def claims(
    filters: Filters | None = None, *, cursor: str = "", size: int = PAGE_SIZE, originals: bool = False
) -> Page[PublishedClaim]:
    """A page of claims, newest record first, each with its record. Raises ``CursorError``.

    ``originals`` leaves translations out, unless words or a language are asked for.
    """
    filters = filters or Filters()
    rows = filtered(filters, originals=originals)
    return page(rows, key="record_id", cursor=cursor, size=size, scope=filters.scope, fetch=_with_records)


def claim_records(
    filters: Filters, sought: Narrowing = EVERYTHING, *, cursor: str = "", size: int = PAGE_SIZE
) -> Page[Stored]:
    """The same page as ``claims``, of whose records only number and bytes are read. Raises ``CursorError``."""
    scope = filters.scope + sought.scope
    if filters or sought:
        rows = sought.of_claims(filtered(filters))
        return page(rows, key="record_id", cursor=cursor, size=size, scope=scope, fetch=_bytes)
    return page_of(record_bytes.of_claims, key="record_id", cursor=cursor, size=size, scope=scope)


def _with_records(chosen: QuerySet[PublishedClaim]) -> list[PublishedClaim]:
    numbers = chosen.using(None).values("record_id")  # asked within the outer query, wherever that goes
    rows = PublishedClaim.objects.using(ALIAS).filter(record_id__in=numbers)
    return list(rows.select_related("record").order_by())


def _bytes(chosen: QuerySet[PublishedClaim]) -> list[Stored]:
    return record_bytes.stored_of(chosen.values("record_id"))


def count_claims(filters: Filters, *, originals: bool = False) -> int:
    """How many claims the filters leave, counted up to ``COUNT_LIMIT``: at that number say "more than"."""
    return filtered(filters, originals=originals).order_by()[:COUNT_LIMIT].count()


def has_more(filters: Filters, languages: list[str]) -> bool:
    """Whether the filters leave more claims with these language tags than one page has."""
    rows = filtered(filters).filter(language__in=languages)
    return rows.values("pk")[PAGE_SIZE : PAGE_SIZE + 1].exists()


def claim(*, slug: str = "", claim_id: UUID | None = None) -> PublishedClaim:
    """The claim with its newest record. Raises ``PublishedClaim.DoesNotExist``.

    Most requests end here, and making this statement anew each time cost more than PostgreSQL needs to answer it.
    """
    column, value = ("slug", slug) if slug else ("claim_id", claim_id)
    return _claim(column, value)[0]


def claim_with(more: str, *, slug: str) -> tuple[PublishedClaim, Any]:
    """The same, and beside it what the SQL expression ``more`` gives, in which the claim is ``c``."""
    return _claim("slug", slug, more)


def _claim(column: str, value: str | UUID | None, more: str = "NULL") -> tuple[PublishedClaim, Any]:
    found = prepared.row(_CLAIM.format(more=more, column=column), value)
    if found is None:
        raise PublishedClaim.DoesNotExist
    edited_words.follow(found[1])
    row = PublishedClaim.from_db(ALIAS, CLAIM_FIELDS, found[2 : 2 + len(CLAIM_FIELDS)])
    row.record = Record.from_db(ALIAS, _RECORD_FIELDS, found[2 + len(CLAIM_FIELDS) :])
    return row, found[0]


#: The columns of a claim but for its search vector, which nobody shows.
CLAIM_FIELDS = [field.attname for field in PublishedClaim._meta.concrete_fields if field.attname != "search"]
_RECORD_FIELDS = [field.attname for field in Record._meta.concrete_fields]
_COLUMNS = ", ".join([*(f"c.{name}" for name in CLAIM_FIELDS), *(f"r.{name}" for name in _RECORD_FIELDS)])
_CLAIM = (
    f"SELECT {{more}}, {edited_words.STAMP}, {_COLUMNS} "  # noqa: S608
    "FROM articles_publishedclaim c JOIN articles_record r ON r.seq = c.record_id WHERE c.{column} = %s"
)


def revisions(claim_id: UUID) -> list[Record]:
    """Every record of a claim, newest first."""
    return list(Record.objects.using(ALIAS).filter(claim_id=claim_id).order_by("-revision"))


def claim_of_record(number: int) -> PublishedClaim:
    """The claim that the record with this number of the log is about, without its record.

    Raises ``PublishedClaim.DoesNotExist``.
    """
    about = Record.objects.using(None).filter(seq=number).values("claim_id")  # asked within the outer query
    return PublishedClaim.objects.using(ALIAS).only("claim_id", "slug", "language").get(claim_id__in=about)


def first_number(record: Record) -> int:
    """The number in the log of the first record of a record's claim: it never changes."""
    return record.seq if record.revision == 1 else revision(record.claim_id, 1).seq


def revision(claim_id: UUID, number: int) -> Record:
    """One record of a claim. Raises ``Record.DoesNotExist``."""
    return Record.objects.using(ALIAS).get(claim_id=claim_id, revision=number)


def corrections(*, cursor: str = "", size: int = PAGE_SIZE) -> Page[Record]:
    """Corrections and retractions of all claims, newest first. Raises ``CursorError``."""
    rows = Record.objects.using(ALIAS).filter(kind__in=[RecordKind.CORRECTED, RecordKind.RETRACTED])
    return page(rows, key="seq", cursor=cursor, size=size, scope="corrections")


def records_before(records: Iterable[Record]) -> dict[int, Record]:
    """The record of the same claim before each of these, by the number of the later one, in one query."""
    which, later = Q(pk__in=[]), {}
    for record in records:
        if record.revision > 1:
            which |= Q(claim_id=record.claim_id, revision=record.revision - 1)
            later[record.claim_id, record.revision - 1] = record.seq
    rows = Record.objects.using(ALIAS).filter(which) if later else []
    return {later[row.claim_id, row.revision]: row for row in rows}


def head() -> LogHead:
    """The head of the log and the newest merge. Every request needs it, so the SQL is written out here."""
    found = prepared.row(
        f"SELECT {edited_words.STAMP}, epoch, seq, root, coalesce(merged.last, 0) FROM articles_head "  # noqa: S608
        "CROSS JOIN (SELECT max(id) AS last FROM articles_publishedmerge) merged WHERE articles_head.id = 1"
    )
    assert found is not None, "the migrations put it there"  # noqa: S101
    edited_words.follow(found[0])
    return LogHead(*found[1:])


def articles(sought: Narrowing = EVERYTHING, *, cursor: str = "", size: int = PAGE_SIZE) -> Page[PublishedArticle]:
    """A page of articles in which published claims were made. Raises ``CursorError``."""
    return _entities(PublishedArticle, cursor, size, sought)


def claimants(sought: Narrowing = EVERYTHING, *, cursor: str = "", size: int = PAGE_SIZE) -> Page[PublishedClaimant]:
    """A page of the claimants of published claims. Raises ``CursorError``."""
    return _entities(PublishedClaimant, cursor, size, sought, MergeKind.CLAIMANT)


def sources(sought: Narrowing = EVERYTHING, *, cursor: str = "", size: int = PAGE_SIZE) -> Page[PublishedSource]:
    """A page of the sources that serve as evidence. Raises ``CursorError``."""
    return _entities(PublishedSource, cursor, size, sought, MergeKind.SOURCE)


def entity(model: type[Entity], which: str) -> Entity:
    """The article, claimant or source with this slug or id. Raises ``DoesNotExist``."""
    return model._default_manager.using(ALIAS).get(by_slug_or_id(which))


def article(which: str) -> PublishedArticle:
    """The article with this slug or id. Raises ``DoesNotExist``."""
    return entity(PublishedArticle, which)


def claimant(which: str) -> PublishedClaimant:
    """The claimant with this slug or id. Raises ``DoesNotExist``."""
    return entity(PublishedClaimant, which)


def source(which: str) -> PublishedSource:
    """The source with this slug or id. Raises ``DoesNotExist``."""
    return entity(PublishedSource, which)


def passages(article_id: UUID) -> list[PublishedPassage]:
    """The passages of an article in the order of its text, each with its claim."""
    rows = PublishedPassage.objects.using(ALIAS).filter(article_id=article_id, claim__original_id=None)
    return list(rows.select_related("claim").order_by("start", "exact", "id"))


def claimants_named(ids: Iterable[UUID]) -> dict[UUID, PublishedClaimant]:
    """Claimants by id, in one query: for lists that mention them."""
    rows = prepared.rows(_CLAIMANTS, list(ids))
    return {row[0]: PublishedClaimant.from_db(ALIAS, _CLAIMANT_FIELDS, row) for row in rows}


_CLAIMANT_FIELDS = [field.attname for field in PublishedClaimant._meta.concrete_fields]
_CLAIMANTS = f"SELECT {', '.join(_CLAIMANT_FIELDS)} FROM articles_publishedclaimant WHERE id = ANY(%s)"  # noqa: S608


def standing_claims(ids: Iterable[UUID]) -> dict[UUID, PublishedClaim]:
    """The claims with these ids that are not retracted, each with its record."""
    rows = PublishedClaim.objects.using(ALIAS).not_retracted().select_related("record")
    return rows.in_bulk(list(ids))


def without_attribution(ids: Iterable[UUID]) -> set[UUID]:
    """Those of these claims that were retracted and are not attributed to anybody since."""
    rows = PublishedClaim.objects.using(ALIAS).filter(pk__in=list(ids), is_retracted=True).select_related("record")
    return {row.claim_id for row in rows if attribution.is_withdrawn(row.record.document())}


def ratings() -> list[Rating]:
    """Every edition of every rating, in the order of the scale, newest edition first. Every list asks."""
    names = [field.attname for field in Rating._meta.concrete_fields]
    columns = f"{edited_words.STAMP}, {', '.join(names)}"
    rows = prepared.rows(f"SELECT {columns} FROM articles_rating ORDER BY position, key, edition DESC")  # noqa: S608
    for row in rows[:1]:
        edited_words.follow(row[0])
    return [Rating.from_db(ALIAS, names, row[1:]) for row in rows]


def rating_keys() -> list[str]:
    """The key of every rating, in the order of the scale."""
    return list(dict.fromkeys(rating.key for rating in ratings()))


def balance(**which: Any) -> list[tuple[str, str, str, int]]:
    """How many standing claims have each rating: (key, label, tone, count), most first."""
    rows = PublishedClaim.objects.using(ALIAS).not_retracted().originals().filter(**which)
    counted = rows.order_by().values("rating_key", "rating_label", "rating_tone").annotate(n=Count("pk"))
    return sorted(
        ((r["rating_key"], r["rating_label"], r["rating_tone"], r["n"]) for r in counted), key=lambda r: (-r[3], r[0])
    )


def dated_claims(claimant_id: UUID) -> list[PublishedClaim]:
    """A claimant's standing claims whose day is known, the latest ``DATED_LIMIT`` of them, latest first."""
    rows = (
        PublishedClaim.objects.using(ALIAS)
        .not_retracted()
        .originals()
        .filter(claimant_id__in=merges.all_of(MergeKind.CLAIMANT, str(claimant_id)), claimed_on__isnull=False)
    )
    columns = ("slug", "text", "language", "claimed_on", "rating_key", "rating_label", "rating_tone")
    return list(rows.order_by("-claimed_on", "-record_id").only(*columns)[:DATED_LIMIT])


def _entities(
    model: type[Entity], cursor: str, size: int, sought: Narrowing, kind: MergeKind | None = None
) -> Page[Entity]:
    rows = sought.of_entities(model._default_manager.using(ALIAS).all())
    return page(
        rows.exclude(pk__in=merges.hidden(kind)) if kind else rows,
        key="slug",
        cursor=cursor,
        size=size,
        scope=[model.__name__, *sought.scope] if sought else model.__name__,
        descending=False,
    )
