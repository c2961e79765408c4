"""``projection.project`` for the first records of many claims, table by table. Both leave the same rows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from articles.models import (
    PublishedClaim,
    PublishedClaimant,
    PublishedEntity,
    PublishedMeasure,
    PublishedSource,
    Record,
)
from articles.services import copying
from articles.services.log import measures_projection, projection
from articles.services.search import spellings

Document = dict[str, Any]
_STAGED = """
CREATE TEMPORARY TABLE staged_claim ON COMMIT DROP AS
SELECT c.*, ''::text AS texts, ''::text AS folded FROM articles_publishedclaim c LIMIT 0;
ALTER TABLE staged_claim ALTER texts TYPE text[] USING NULL, ALTER folded TYPE text[] USING NULL;
"""
#: As ``projection`` joins them: for each weight the folded words, then the stems where the language has any.
_VECTOR = " || ".join(
    f"setweight(folded[{n}]::tsvector, '{weight}') || CASE WHEN config = 'pg_catalog.simple'::regconfig "
    f"THEN ''::tsvector ELSE setweight(to_tsvector(config, texts[{n}]), '{weight}') END"
    for n, weight in enumerate("ABCD", start=1)
)


def project_first(rows: Sequence[tuple[Record, Document]]) -> None:
    """Make first records what readers find for their claims. They are of claims without passages.

    Call it while the head is locked, as ``projection.project``.
    """
    _claims(rows)
    _describe(PublishedClaimant, [(row.seq, d["claim"]["claimant"]) for row, d in rows if d["claim"]["claimant"]])
    sources = [(row.seq, e["source"]) for row, document in rows for e in document["evidence"]]
    _describe(PublishedSource, [(seq, source) for seq, source in sources if "id" in source])
    copying.copy_rows(
        [
            PublishedMeasure(claim_id=row.claim_id, **measures_projection.measured_columns(row, document))
            for row, document in rows
        ]
    )
    spellings.store_new_words([document for _row, document in rows])


def _claims(rows: Sequence[tuple[Record, Document]]) -> None:
    fields = [field for field in PublishedClaim._meta.concrete_fields if field.column != "search"]
    columns = ", ".join(str(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(_STAGED)
        with cursor.copy(f"COPY staged_claim ({columns}, texts, folded) FROM STDIN") as copy:
            for row, document in rows:
                claim = {"claim_id": row.claim_id, **projection.standing_columns(row, document)}
                texts = list(projection.weighed_texts(document).values())
                values = copying.adapted(claim[field.attname] for field in fields)
                copy.write_row([*values, texts, [projection.folded(one) for one in texts]])
        cursor.execute(
            f"INSERT INTO articles_publishedclaim ({columns}, search) SELECT {columns}, {_VECTOR} "  # noqa: S608
            "FROM staged_claim CROSS JOIN LATERAL factcheck_search_config(language) config ORDER BY record_id"
        )
        cursor.execute("DROP TABLE staged_claim")


def _describe(model: type[PublishedEntity], mentioned: Sequence[tuple[int, Document]]) -> None:
    """The newest mention of each counts."""
    newest = {document["id"]: (seq, document) for seq, document in mentioned}
    model._default_manager.bulk_create(
        [
            model(id=UUID(key), slug=document["slug"], seq=seq, document=document)
            for key, (seq, document) in sorted(newest.items())
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["slug", "seq", "document"],
    )
