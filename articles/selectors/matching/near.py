"""The claims whose meaning is nearest to a text, whatever their language: what ``bm25`` is for words.

It adds to what words find, and takes nothing away: where search by meaning is off, still loading or broken, the
findings by words are the answer.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connections

from articles import meaning
from articles.choices import OPEN_STAGES
from articles.selectors.matching import vectors
from articles.selectors.matching.bm25 import NAMES, SHORT, SIBLINGS, TABLES, Collection, Hit, Question

#: So many of the nearest of each collection are measured.
DEPTH = 20
#: Claims that are further away say something else.
LEAST = 0.35


def with_nearest(
    alias: str, collections: Sequence[Collection], question: Question, languages: Sequence[str], hits: list[Hit]
) -> list[Hit]:
    """``hits`` with their cosines, and the claims that are near and not among them.

    ``languages`` are those in which the words were looked for.
    """
    encoder = meaning.ready()
    indexes = vectors.ready(alias, collections, encoder.name) if encoder else {}
    vector = meaning.encode(encoder, question.text) if encoder and any(map(len, indexes.values())) else None
    if vector is None:
        return hits
    compared, missing = list(hits), []
    for collection, index in indexes.items():
        mine = [hit for hit in hits if hit.collection == collection]
        cosines = index.cosines(vector, [hit.claim_id for hit in mine])
        known = {hit.claim_id for hit in mine}
        compared = [
            replace(hit, cosine=cosines.get(hit.claim_id)) if hit.collection == collection else hit for hit in compared
        ]
        nearest = index.nearest(vector, DEPTH, exclude=set(question.exclude))
        missing += [
            (collection, claim, cosine) for claim, cosine in nearest.items() if cosine >= LEAST and claim not in known
        ]
    roots = {tag.split("-")[0] for tag in languages}
    measured = _measured(alias, question, missing)
    return [*compared, *(replace(hit, is_across=hit.language.split("-")[0] not in roots) for hit in measured)]


def _measured(alias: str, question: Question, missing: list[tuple[Collection, UUID, float]]) -> list[Hit]:
    if not missing:
        return []
    names = {collection for collection, _, _ in missing}
    values: dict[str, Any] = {
        "text": question.text,
        "is_short": len(question.text) <= SHORT,
        "siblings_of": question.siblings_of,
        "open_stages": list(OPEN_STAGES),
        "collections": [collection for collection, _, _ in missing],
        "claims": [claim for _, claim, _ in missing],
        "cosines": [cosine for _, _, cosine in missing],
    }
    claims = " UNION ALL ".join(
        f"SELECT c.text, c.language, c.claimant_id FROM {TABLES[name][0]} c"  # noqa: S608 - our own names
        f" WHERE c.{TABLES[name][1]} = near.claim_id AND near.collection = '{name}'{_IS_OPEN if name == 'open' else ''}"
        for name in sorted(names)
    )
    statement = _NEAR.format(
        claims=claims,
        siblings=SIBLINGS if question.siblings_of else "SELECT NULL::uuid AS claim_id LIMIT 0",
        names=f"({NAMES[alias]})" if question.claimant else "NULL::text[]",
    )
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        return [Hit(*row) for row in cursor.fetchall()]


_IS_OPEN = " AND c.stage = ANY (%(open_stages)s::text[])"
#: A claim in another language has no words in common with the text but names and figures.
_NEAR = """
WITH near AS MATERIALIZED (
    SELECT * FROM unnest(%(collections)s::text[], %(claims)s::uuid[], %(cosines)s::float[])
        AS near (collection, claim_id, cosine)
), sibling AS MATERIALIZED (
    {siblings}
), found AS MATERIALIZED (
    SELECT near.*, claim.* FROM near CROSS JOIN LATERAL ({claims}) claim
), spoken AS MATERIALIZED (
    SELECT f.language, ARRAY (SELECT lexeme FROM factcheck_lexemes(f.language, %(text)s)) AS lexemes
    FROM (SELECT DISTINCT language FROM found) f
)
SELECT
    claim.claim_id, claim.collection, claim.text, claim.language, 0::float, 0::float, 0::float,
    word_similarity(claim.text, %(text)s),
    CASE WHEN %(is_short)s THEN word_similarity(%(text)s, claim.text) ELSE 0 END,
    spoken.lexemes, EXISTS (SELECT FROM sibling s WHERE s.claim_id = claim.claim_id),
    coalesce({names}, ARRAY[]::text[]), claim.cosine
FROM found claim JOIN spoken USING (language)
"""
