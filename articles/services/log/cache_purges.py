"""Which pages a change makes old, for names of pages and for the caches in front of the site.

Written in the transaction of the change.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from articles import attribution
from articles.choices import MergeKind
from articles.models import ArchiveBatch, PublishedClaim, PublishedClaimant, PublishedMerge, PublishedPicture, Record
from articles.services.log import changes
from caching import keys, purging

Document = dict[str, Any]
_KEY_OF = {MergeKind.CLAIMANT: keys.claimant, MergeKind.SOURCE: keys.source, MergeKind.TOPIC: keys.topic}


def claimant_shown(record: Record) -> Document | None:
    """The claimant of a record as readers' lists have shown it until now; None for nobody and for a new one."""
    claimant = record.document()["claim"]["claimant"]
    rows = PublishedClaimant.objects.filter(pk=claimant["id"]) if claimant else PublishedClaimant.objects.none()
    return rows.values_list("document", flat=True).first()


def purge_record(record: Record, *, previous: Record | None, claimant: Document | None) -> None:
    """Note and purge what shows the claim of an appended record: its pages, and those of all that either record names.

    A withdrawn attribution also takes away pages of what only earlier records name. ``claimant`` is what
    ``claimant_shown`` said before the record was projected: where it changed, lists in each language show that.
    """
    documents = [row.document() for row in (record, previous) if row]
    if attribution.is_withdrawn(documents[0]):
        earlier = Record.objects.filter(claim_id=record.claim_id, revision__lt=record.revision - 1)
        documents += [row.document() for row in earlier]
    group = _languages_of(record, documents[0])
    found = [keys.LISTS, keys.FEEDS, keys.LOG, *_lists(documents, group), *_lists_in(documents, group)]
    if claimant is not None and claimant != documents[0]["claim"]["claimant"]:
        found += lists_in_each_language()
    found += [keys.claim(claim_id) for claim_id in (record.claim_id, _original(record, documents[0]), *group)]
    found += [keys.picture(name) for name in _pictures(record)]
    changes.note([*found, *_new_languages(record, documents)], seq=record.seq)
    if purging.is_configured():
        purging.purge(found, at=record.at)


def purge_archive(batch: ArchiveBatch, *, at: datetime) -> None:
    """Purge everything after an import that published something."""
    if batch.published:
        purging.purge([keys.SITE], at=at)


def purge_everything(*, at: datetime) -> None:
    """Purge every page, after the projection was made again."""
    purging.purge([keys.SITE], at=at)


def purge_merge(kind: MergeKind, gone: str, stays: str, *, at: datetime) -> None:
    """Purge the pages of both rows of a merge, and the lists."""
    found = [_KEY_OF[kind](gone), _KEY_OF[kind](stays), keys.LISTS, keys.FEEDS, *lists_in_each_language()]
    purging.purge(found, at=at)


def lists_in_each_language() -> list[str]:
    """The keys of the lists in all languages that claims are in."""
    tags = PublishedClaim.objects.order_by("language").values_list("language", flat=True).distinct()
    return [keys.lists_in(tag) for tag in tags]


def purge_newsroom_page(*, at: datetime) -> None:
    """Purge the pages about the newsroom, and those that link to them."""
    purging.purge([keys.NEWSROOM], at=at)


def purge_front_page(*, at: datetime) -> None:
    """Purge the front page and lists, after another claim was put at the top."""
    purging.purge([keys.LISTS], at=at)


def purge_scale(*, at: datetime) -> None:
    """Purge everything after a change of the ratings or their translations: nearly every page names a rating."""
    purging.purge([keys.SITE], at=at)


def _pictures(record: Record) -> list[str]:
    """All pictures of the claim, where it was retracted or is public again: they come and go with it."""
    return list(PublishedPicture.objects.filter(claim_id=record.claim_id).values_list("sha256", flat=True).distinct())


def _named(document: Document) -> Iterator[tuple[MergeKind, str]]:
    """The claimant, sources and topics of a record."""
    claim = document["claim"]
    if claim["claimant"]:
        yield MergeKind.CLAIMANT, claim["claimant"]["id"]
    for topic in claim["topics"]:
        yield MergeKind.TOPIC, topic
    for row in document["evidence"]:
        if "id" in row["source"]:
            yield MergeKind.SOURCE, row["source"]["id"]


def _merged(named: list[tuple[MergeKind, str]]) -> Iterator[tuple[MergeKind, str]]:
    """The rows that rows of an earlier record were merged into: their pages show the claim."""
    for row in PublishedMerge.objects.filter(gone__in={name for _kind, name in named}):
        if (MergeKind(row.kind), row.gone) in named:
            yield MergeKind(row.kind), row.stays


def _lists(documents: list[Document], group: dict[UUID, PublishedClaim]) -> list[str]:
    """The keys of the articles, claimants, sources and topics whose pages list the claim or another language of it."""
    named = [pair for document in documents for pair in _named(document)]
    articles = [row["article"]["id"] for document in documents for row in document["appearances"]]
    for row in group.values():
        named += [(MergeKind.TOPIC, topic) for topic in row.topics]
        named += [(MergeKind.SOURCE, str(source)) for source in row.sources]
        named += [(MergeKind.CLAIMANT, str(row.claimant_id))] if row.claimant_id else []
        articles += row.articles
    found = [keys.article(which) for which in articles]
    return [*found, *(_KEY_OF[kind](name) for kind, name in (*named, *_merged(named)))]


def _lists_in(documents: list[Document], group: dict[UUID, PublishedClaim]) -> list[str]:
    """The keys of the lists in the languages of the claim."""
    tags = {document["claim"]["language"] for document in documents} | {row.language for row in group.values()}
    return [keys.lists_in(tag) for tag in sorted(tags)]


def _original(record: Record, document: Document) -> UUID | str:
    """The claim that this one is a translation of, or it itself."""
    which: UUID | str = (document.get("translation_of") or {}).get("id") or record.claim_id
    return which


def _languages_of(record: Record, document: Document) -> dict[UUID, PublishedClaim]:
    """The claim's other languages: the page of each links to all, and lists leave out what is translated."""
    original = _original(record, document)
    columns = ("claim_id", "language", "topics", "sources", "claimant_id", "articles")
    rows = PublishedClaim.objects.filter(Q(original_id=original) | Q(claim_id=original)).only(*columns)
    return {row.claim_id: row for row in rows}


def _new_languages(record: Record, documents: list[Document]) -> list[str]:
    """The key of everything where a language has its first claim or lost its last: each list says which there are."""
    for language in {document["claim"]["language"] for document in documents}:
        if not PublishedClaim.objects.filter(language=language).exclude(claim_id=record.claim_id).exists():
            return [keys.SITE]
    return []
