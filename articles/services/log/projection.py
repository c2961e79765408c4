"""From a record to the rows that lists, filters and search read. A pure function of the log: replaying it gives the
same rows again."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from html import unescape
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from articles import address_keys, attribution, folding, text
from articles.choices import RecordKind
from articles.models import (
    Head,
    PublishedArticle,
    PublishedClaim,
    PublishedClaimant,
    PublishedCorrection,
    PublishedEntity,
    PublishedMeasure,
    PublishedPassage,
    PublishedPicture,
    PublishedSource,
    Record,
)
from articles.selectors.log import lead_pictures
from articles.services import matching, projection_versions
from articles.services.log import attributions, cache_purges, measures_projection
from articles.services.search import spellings

#: Raise it with each change after which a replay of the log gives other rows: ``manage.py upgrade`` then replays it.
VERSION = 6
Document = dict[str, Any]
#: The last place of a word that PostgreSQL remembers in a text.
_LAST_PLACE = 16_383
_TAGS = re.compile(r"<[^>]+>")
_MADE_AGAIN: tuple[type[models.Model], ...] = (
    PublishedPassage,
    PublishedPicture,
    PublishedClaim,
    PublishedArticle,
    PublishedClaimant,
    PublishedSource,
    PublishedCorrection,
    PublishedMeasure,
)


def project(row: Record) -> PublishedClaim:
    """Make ``row`` what readers find for its claim."""
    document = row.document()
    if row.kind == RecordKind.RETRACTED:
        claim = _retracted(row, document)
    else:
        claim = _standing(row, document)
        _passages(claim, document["appearances"])
        _entities(row, document)
        _pictures(row, document)
    measures_projection.project_measures(row, document)
    if attribution.is_withdrawn(document):
        attributions.withdraw(claim)
    elif row.revision > 2:  # a claim that was retracted in between has as many
        attributions.restore(row)
    _index(claim, document)
    spellings.store_words(row, document)
    return claim


def rebuild(*, progress: Callable[[int], None] = lambda count: None) -> int:
    """Throw the projection away and make it again from the log; returns how many records were replayed.

    ``progress`` is called with the count after each record. Readers see the old rows until the new ones are committed.
    """
    with transaction.atomic():
        Head.objects.select_for_update().get(pk=1)
        for model in _MADE_AGAIN:
            model._default_manager.all().delete()
        matching.clear_published_index()
        count = 0
        for row in Record.objects.order_by("seq").iterator(chunk_size=200):
            project(row)
            count += 1
            progress(count)
        projection_versions.record("published", VERSION)
        cache_purges.purge_everything(at=timezone.now())
    return count


def _standing(row: Record, document: Document) -> PublishedClaim:
    claim_row, _ = PublishedClaim.objects.update_or_create(
        claim_id=row.claim_id, defaults=standing_columns(row, document)
    )
    return claim_row


def standing_columns(row: Record, document: Document) -> Document:
    """The columns of a published claim that is not retracted, except its id and its words for search."""
    claim, verdict = document["claim"], document["verdict"]
    sources = [e["source"]["id"] for e in document["evidence"] if "id" in e["source"]]
    return {
        **_common(row, document),
        "is_retracted": False,
        "claimed_on": claim["claimed_on"],
        "claimant_id": claim["claimant"]["id"] if claim["claimant"] else None,
        "rating_key": verdict["rating"]["key"],
        "rating_label": verdict["rating"]["label"],
        "rating_tone": verdict["rating"]["tone"],
        "summary": verdict["summary"],
        "checked_on": verdict["checked_on"],
        "topics": claim["topics"],
        "articles": _distinct(a["article"]["id"] for a in document["appearances"]),
        "sources": _distinct(sources),
        "addresses": address_keys.keys_of(document),
    }


def _retracted(row: Record, document: Document) -> PublishedClaim:
    """The finding goes. Who made the claim and where stays only where the retraction keeps it."""
    fields = {
        **_common(row, document),
        "is_retracted": True,
        "rating_key": "",
        "rating_label": "",
        "rating_tone": "",
        "summary": "",
        "checked_on": None,
        "sources": [],
        "addresses": [],
    }
    if attribution.is_withdrawn(document):
        fields |= attributions.WITHDRAWN_COLUMNS
    claim_row, _ = PublishedClaim.objects.update_or_create(claim_id=row.claim_id, defaults=fields)
    return claim_row


def _common(row: Record, document: Document) -> Document:
    corrections, original = document["corrections"], document.get("translation_of")
    return {
        "record_id": row.seq,
        "slug": document["claim"]["slug"],
        "revision": row.revision,
        "text": document["claim"]["text"],
        "headline": document.get("headline", ""),
        "lead_image": None if document["retraction"] else document.get("lead_image"),
        "language": document["claim"]["language"],
        "quotes": quotes(document),
        "first_published_at": datetime.fromisoformat(document["first_published_at"]),
        "published_at": row.at,
        "corrected_at": datetime.fromisoformat(corrections[-1]["at"]) if corrections else None,
        "original_id": original["id"] if original else None,
        "translated_revision": original["revision"] if original else None,
    }


def _passages(claim: PublishedClaim, appearances: list[Document]) -> None:
    PublishedPassage.objects.filter(claim=claim).delete()
    PublishedPassage.objects.bulk_create(
        PublishedPassage(
            id=f"{claim.pk}/{number}",
            claim=claim,
            article_id=appearance["article"]["id"],
            exact=appearance["quote"]["exact"],
            start=appearance["position"]["start"],
        )
        for number, appearance in enumerate(appearances)
    )


def _pictures(row: Record, document: Document) -> None:
    """All pictures that the record names. Those of earlier records stay: their pages are there, too."""
    PublishedPicture.objects.bulk_create(
        PublishedPicture(id=f"{row.seq}/{number}", claim_id=row.claim_id, sha256=sha256)
        for number, sha256 in enumerate(lead_pictures.names(document))
    )


def _entities(row: Record, document: Document) -> None:
    for appearance in document["appearances"]:
        _describe(PublishedArticle, appearance["article"], row.seq)
    if document["claim"]["claimant"]:
        _describe(PublishedClaimant, document["claim"]["claimant"], row.seq)
    for evidence in document["evidence"]:
        if "id" in evidence["source"]:
            _describe(PublishedSource, evidence["source"], row.seq)


def _describe(model: type[PublishedEntity], document: Document, seq: int) -> None:
    model._default_manager.update_or_create(
        id=UUID(document["id"]), defaults={"slug": document["slug"], "seq": seq, "document": document}
    )


def _index(claim: PublishedClaim, document: Document) -> None:
    config = text.search_config(claim.language)
    vectors, values = [], []
    for weight, spelled in weighed_texts(document).items():
        vectors.append("setweight(%s::tsvector, %s)")
        values += [folded(spelled), weight]
        if config != "simple":
            vectors.append("setweight(to_tsvector(%s::regconfig, %s), %s)")
            values += [config, spelled, weight]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE articles_publishedclaim SET search = {' || '.join(vectors)} WHERE claim_id = %s",  # noqa: S608
            [*values, claim.pk],
        )


def weighed_texts(document: Document) -> dict[str, str]:
    """The texts of a record that search reads, by their weight in PostgreSQL: A counts most."""
    verdict, claimant = document["verdict"] or {}, document["claim"]["claimant"] or {}
    explanation = unescape(_TAGS.sub(" ", verdict.get("explanation_html", "")))
    return {
        "A": " ".join(filter(None, [document["claim"]["text"], document.get("headline", "")])),
        "B": " ".join([verdict.get("summary", ""), claimant.get("name", ""), " ".join(document["claim"]["topics"])]),
        "C": " ".join([*document.get("key_points", ()), *_passages_of(document)]),
        "D": " ".join([explanation, *document.get("unknowns", ()), *_cited(document)]),
    }


def _cited(document: Document) -> Iterator[str]:
    """What the evidence is: titles, publishers and what was quoted."""
    for evidence in document["evidence"]:
        source = evidence["source"]  # one that is kept confidential has neither
        yield from (source.get("title", ""), source.get("publisher", ""), evidence["quote"])


def quotes(document: Document) -> str:
    """The headline that a record may have, and its quoted passages: what readers see beside statement and summary."""
    return " ".join(filter(None, [document.get("headline", ""), *_passages_of(document)]))


def _passages_of(document: Document) -> list[str]:
    return [appearance["quote"]["exact"] for appearance in document["appearances"]]


def folded(spelled: str) -> str:
    """The folded words with their places, as a literal of type tsvector: PostgreSQL counts no further than this."""
    return " ".join(f"'{word}':{place}" for place, word in enumerate(folding.words(spelled)[:_LAST_PLACE], start=1))


def _distinct(values: Any) -> list[Any]:
    return list(dict.fromkeys(values))
