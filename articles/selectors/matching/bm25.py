"""Claims that say nearly what a text says: "has this been checked before?"

One interface, ``similar``; how claims are found lies behind it, so that another way to find or rank them can be added.
It is BM25 over the words of claims (Robertson and Zaragoza, The Probabilistic Relevance Framework,
2009), in one statement that sorts the best by how close their words are to each other. No score says by itself
that two claims are the same: people are shown candidates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from django.db import connections

from articles import text as texts
from articles.models.base import language_tag

Among = Literal["open", "published", "both"]
#: No more of a text is read than this many characters: a claim is at most 500.
MAX_TEXT = 2000
MAX_LIMIT = 50
#: As many postings are read as this, or a fiftieth of the claims where that is more; of the rarest words always these.
MIN_BUDGET, BUDGET_SHARE, ALWAYS = 20_000, 50, 3
#: BM25's own constants: how soon repetition stops to count, and how much a long text is held against it.
K1, B = 1.2, 0.75
#: So many of the best by words are looked at again: their score is multiplied by how much of the claim stands together
#: in the text (trigrams, the share from 0 to 1), plus a little, so that a script trigrams do not see keeps its order.
DEPTH, UNLIKE = 20, 0.1
#: The tables of each collection: claims with their key, counts of words, postings.
_TABLES = {
    "open": ("articles_claim", "id", "articles_lexeme", "articles_posting"),
    "published": ("articles_publishedclaim", "claim_id", "articles_publishedlexeme", "articles_publishedposting"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """A claim like the text. ``common`` are words of the claim that the text has, too, in the order of the claim.

    ``score`` compares the matches of one answer and nothing else.
    """

    claim_id: UUID
    collection: str
    score: float
    common: list[str]


def similar(
    *, text: str, language: str, limit: int = 5, among: Among = "both", exclude: Sequence[UUID] = ()
) -> list[Match]:
    """The claims most similar to ``text`` in its language, best first; each once, in its best collection.

    ``open`` are claims that are being worked on, in the desk's words; ``published`` those readers see, in theirs.
    For the desk: see ``public_matching`` for readers. Raises ``ValidationError`` for text that cannot be stored and for
    a language that is no language tag. Text without a word that any claim has finds nothing.
    """
    collections = ["open", "published"] if among == "both" else [among]
    return run("default", collections, text=text, language=language, limit=limit, exclude=exclude)


def run(
    alias: str, collections: Sequence[str], *, text: str, language: str, limit: int, exclude: Sequence[UUID] = ()
) -> list[Match]:
    """``similar`` on a database connection and in collections that the caller may read."""
    language_tag(language)
    if texts.is_blank(text) or limit < 1:
        return []
    asked = _whole_words(texts.clean(text, field="text"))
    values: dict[str, Any] = {
        "language": language,
        "root": language.split("-")[0],
        "text": asked,
        "limit": min(limit, MAX_LIMIT),
        "exclude": list(exclude),
        "min_budget": MIN_BUDGET,
        "share": BUDGET_SHARE,
        "always": ALWAYS,
        "k1": K1,
        "b": B,
        "depth": max(DEPTH, 2 * min(limit, MAX_LIMIT)),
        "unlike": UNLIKE,
    }
    with connections[alias].cursor() as cursor:
        cursor.execute(statement(collections), values)
        found = [Match(*row) for row in cursor.fetchall()]
    return [replace(match, common=list(dict.fromkeys(match.common))) for match in found]


def statement(collections: Sequence[str]) -> str:
    """The one statement: words rarest first within the budget, BM25 by claim, the best in order, words in common."""
    tables = [_TABLES[name] for name in collections]
    counts = " UNION ALL ".join(
        f"SELECT language, lexeme, ndoc, words FROM {lexemes}"  # noqa: S608
        for _, _, lexemes, _ in tables
    )
    reads = " UNION ALL ".join(
        f"SELECT '{name}' AS collection, p.claim_id, p.tf, p.len FROM {postings} p"  # noqa: S608
        " WHERE p.language = %(root)s AND p.lexeme = chosen.lexeme"
        for name, (_, _, _, postings) in zip(collections, tables, strict=True)
    )
    claims = " UNION ALL ".join(
        f"SELECT c.text, c.language FROM {table} c WHERE c.{key} = scored.claim_id AND scored.collection = '{name}'"  # noqa: S608
        for name, (table, key, _, _) in zip(collections, tables, strict=True)
    )
    return _STATEMENT.format(counts=counts, reads=reads, claims=claims)


#: Lateral sub-queries with OFFSET 0 keep PostgreSQL to one look-up a word, however common it takes the words to be.
_STATEMENT = """
WITH asked AS MATERIALIZED (
    SELECT lexeme FROM factcheck_lexemes(%(language)s, %(text)s)
), counted AS MATERIALIZED (
    SELECT a.lexeme, c.ndoc FROM asked a CROSS JOIN LATERAL (
        SELECT sum(l.ndoc)::float AS ndoc FROM ({counts}) l
        WHERE l.language = %(root)s AND l.lexeme = a.lexeme OFFSET 0
    ) c WHERE c.ndoc > 0
), size AS MATERIALIZED (
    SELECT sum(l.ndoc)::float AS claims, sum(l.words)::float / nullif(sum(l.ndoc), 0) AS length
    FROM ({counts}) l WHERE l.language = %(root)s AND l.lexeme = ''
), chosen AS MATERIALIZED (
    SELECT lexeme, ln(1 + (greatest(claims, ndoc) - ndoc + 0.5) / (ndoc + 0.5)) AS idf, length
    FROM (
        SELECT lexeme, ndoc, row_number() OVER rarest AS place, sum(ndoc) OVER rarest AS postings
        FROM counted WINDOW rarest AS (ORDER BY ndoc, lexeme)
    ) ranked CROSS JOIN size
    WHERE place <= %(always)s OR postings <= greatest(%(min_budget)s, claims / %(share)s)
), scored AS MATERIALIZED (
    SELECT
        read.collection, read.claim_id, array_agg(chosen.lexeme ORDER BY chosen.lexeme) AS lexemes,
        sum(idf * tf * (%(k1)s + 1) / (tf + %(k1)s * (1 - %(b)s + %(b)s * len / length))) AS score
    FROM chosen CROSS JOIN LATERAL ({reads} OFFSET 0) read
    WHERE read.claim_id <> ALL (%(exclude)s::uuid[])
    GROUP BY read.collection, read.claim_id
    ORDER BY score DESC, read.claim_id, read.collection LIMIT %(depth)s
), worded AS MATERIALIZED (
    SELECT DISTINCT ON (scored.claim_id)
        scored.claim_id, scored.collection, scored.lexemes, claim.text, claim.language,
        scored.score * (%(unlike)s + word_similarity(claim.text, %(text)s)) AS score
    FROM scored CROSS JOIN LATERAL ({claims}) claim
    ORDER BY scored.claim_id, 6 DESC, scored.collection
), best AS MATERIALIZED (
    SELECT * FROM worded ORDER BY score DESC, claim_id LIMIT %(limit)s
)
SELECT best.claim_id, best.collection, best.score, coalesce(common.words, best.lexemes)
FROM best CROSS JOIN LATERAL (
    SELECT array_agg(word.found[1] ORDER BY word.place) AS words
    FROM regexp_matches(best.text, '\\w[\\w.,’''-]*\\w|\\w', 'g') WITH ORDINALITY AS word (found, place)
    WHERE EXISTS (
        SELECT FROM factcheck_lexemes(best.language, word.found[1]) l WHERE l.lexeme = ANY (best.lexemes)
    )
) common
ORDER BY best.score DESC, best.claim_id
"""


def _whole_words(asked: str) -> str:
    """``asked`` cut at a blank to ``MAX_TEXT``."""
    if len(asked) <= MAX_TEXT:
        return asked
    cut = asked[:MAX_TEXT]
    return cut.rsplit(maxsplit=1)[0] if any(char.isspace() for char in cut) else cut
