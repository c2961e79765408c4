"""What is measured of the few claims that are shown: their words in common with a text, and what the text lacks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections

from articles.selectors.matching.bm25 import TABLES, Collection, Hit


@dataclass(frozen=True, slots=True)
class Detail:
    """More about a hit. ``common`` are the claim's words that the text or context has, in its order, each once.

    ``share`` is the share of the claim's words that are common (0 to 1), rare words counting more.
    ``missing_figures`` is the number of the claim's figures that the text does not have.
    """

    common: list[str]
    share: float
    missing_figures: int


def measure(alias: str, collections: Sequence[Collection], found: Sequence[Hit]) -> list[Detail]:
    """What is measured of the few claims that are shown."""
    if not found:
        return []
    values = {
        "languages": [hit.language for hit in found],
        "texts": [hit.text for hit in found],
        "lexemes": [" ".join(hit.lexemes) for hit in found],
    }
    counts = " UNION ALL ".join(f"SELECT language, lexeme, ndoc FROM {TABLES[name][2]}" for name in collections)  # noqa: S608
    with connections[alias].cursor() as cursor:
        cursor.execute(_DETAILS.format(counts=counts), values)
        return [
            Detail(list(dict.fromkeys(words)), share, missing)
            for hit, (words, share, missing) in zip(found, cursor.fetchall(), strict=True)
        ]


_DETAILS = """
WITH asked AS (
    SELECT f.language, f.words, string_to_array(f.lexemes, ' ') AS lexemes, f.place,
        (SELECT greatest(sum(c.ndoc), 1)::float FROM ({counts}) c
         WHERE c.language = split_part(f.language, '-', 1) AND c.lexeme = '') AS claims
    FROM unnest(%(languages)s::text[], %(texts)s::text[], %(lexemes)s::text[])
        WITH ORDINALITY AS f (language, words, lexemes, place)
), word AS MATERIALIZED (
    SELECT asked.place AS claim, word.place, word.found[1] AS word, asked.language, asked.lexemes
    FROM asked CROSS JOIN LATERAL regexp_matches(asked.words, '\\w[\\w.,’''-]*\\w|\\w', 'g')
        WITH ORDINALITY AS word (found, place)
), known AS MATERIALIZED (
    SELECT w.language, w.word, ARRAY (SELECT lexeme FROM factcheck_lexemes(w.language, w.word)) AS lexemes
    FROM (SELECT DISTINCT language, word FROM word) w
)
SELECT common.words, whole.share, whole.missing
FROM asked CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(word.word ORDER BY word.place), ARRAY[]::text[]) AS words
    FROM word JOIN known USING (language, word)
    WHERE word.claim = asked.place AND known.lexemes && asked.lexemes
) common CROSS JOIN LATERAL (
    SELECT
        coalesce(sum(idf) FILTER (WHERE lexeme = ANY (asked.lexemes)) / nullif(sum(idf), 0), 0) AS share,
        count(*) FILTER (WHERE lexeme ~ '^\\d' AND lexeme <> ALL (asked.lexemes))::integer AS missing
    FROM (
        SELECT l.lexeme, ln(1 + asked.claims / (0.5 + coalesce((
            SELECT sum(c.ndoc) FROM ({counts}) c
            WHERE c.language = split_part(asked.language, '-', 1) AND c.lexeme = l.lexeme
        ), 0))) AS idf
        FROM factcheck_lexemes(asked.language, asked.words) l
    ) weighed
) whole
ORDER BY place
"""
