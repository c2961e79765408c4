"""The claims whose words fit a text best: BM25 over the postings of claims, in one statement for one language.

BM25 is the ranking of Robertson and Zaragoza (The Probabilistic Relevance Framework, 2009). The statement reads the
rarest words first and stops at a budget, so that a query costs about the same however common its words are. It gives
the measurements that ``findings`` turns into an order and a confidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db import connections

Collection = Literal["open", "published"]
#: No more of a text is read than this many characters. Callers refuse longer texts.
MAX_TEXT = 5000
#: As many postings are read as this, or a hundredth of the claims where that is more; of the rarest words always these.
MIN_BUDGET, BUDGET_SHARE, ALWAYS = 10_000, 100, 3
#: BM25's own constants: how soon repetition stops to count, and how much a long text is held against it.
K1, B = 1.2, 0.75
#: The weight of a word of a claim's text in the postings (articles/sql/matching.sql).
TEXT_WEIGHT = 4
#: How much a word of the context counts; a word of the text counts 1.
CONTEXT_WEIGHT = 0.7
#: So many of the best of each collection by words are measured more closely.
DEPTH = 30
#: Trigrams of a text that is longer than this are dear: fewer claims are measured, and nothing covers it anyway.
SHORT, LONG_DEPTH = 1000, 10
#: A language is guessed by the words of so many characters.
GUESSED_BY = 400
#: The tables of each collection: claims with their key, counts of words, postings.
TABLES = {
    "open": ("articles_claim", "id", "articles_lexeme", "articles_posting"),
    "published": ("articles_publishedclaim", "claim_id", "articles_publishedlexeme", "articles_publishedposting"),
}
#: The names of a claim's claimant, with the names of all claimants that are one with it by a merge.
_DESK_NAMES = """
SELECT array_agg(o.name) FROM (
    SELECT coalesce(c.merged_into_id, c.id) AS id FROM articles_claimant c WHERE c.id = claim.claimant_id
) kept JOIN articles_claimant o ON o.id = kept.id OR o.merged_into_id = kept.id
"""
_READERS_NAMES = """
SELECT array_agg(o.document ->> 'name') FROM (
    SELECT coalesce(
        (SELECT m.stays FROM articles_publishedmerge m WHERE m.kind = 'claimant' AND m.gone = claim.claimant_id::text),
        claim.claimant_id::text
    ) AS id
) kept JOIN articles_publishedclaimant o ON o.id = kept.id::uuid OR o.id IN (
    SELECT m.gone::uuid FROM articles_publishedmerge m WHERE m.kind = 'claimant' AND m.stays = kept.id
)
"""
NAMES = {"default": _DESK_NAMES, "readers": _READERS_NAMES}
#: The claims of the articles that ``siblings_of`` was found in.
SIBLINGS = """
SELECT other.claim_id FROM articles_appearance mine
JOIN articles_articleversion v ON v.id = mine.article_version_id
JOIN articles_articleversion w ON w.article_id = v.article_id
JOIN articles_appearance other ON other.article_version_id = w.id
WHERE mine.claim_id = %(siblings_of)s
"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a text, and what is known of it. Texts are clean and without addresses."""

    text: str
    language: str
    context: str = ""
    claimant: str = ""
    exclude: Sequence[UUID] = ()
    siblings_of: UUID | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """What was measured of a claim.

    ``words`` is BM25 of the text, ``context_words`` that of the context. ``best`` is the highest BM25 that any claim
    could have by the words that were read, which are ``lexemes``. ``covered`` is the share of the claim's trigrams that
    are in the text together, ``covering`` that of the text's in the claim (0 to 1; 0 for a text longer than ``SHORT``).
    A sibling is a claim of the same article. ``cosine`` compares the meanings, where search by meaning is on;
    ``is_across`` says that the claim is in another language than the text.
    """

    claim_id: UUID
    collection: str
    text: str
    language: str
    words: float
    context_words: float
    best: float
    covered: float
    covering: float
    lexemes: list[str]
    is_sibling: bool
    claimants: list[str]
    cosine: float | None = None
    is_across: bool = False


def hits(alias: str, collections: Sequence[Collection], question: Question, *, depth: int = DEPTH) -> list[Hit]:
    """The claims of ``collections`` that have words of the question in its language, at most ``depth`` of each.

    A claim that is in both collections is there twice.
    """
    is_short = len(question.text) <= SHORT
    values: dict[str, Any] = {
        "language": question.language,
        "root": question.language.split("-")[0],
        "text": whole_words(question.text),
        "context": whole_words(question.context),
        "exclude": list(question.exclude),
        "siblings_of": question.siblings_of,
        "context_weight": CONTEXT_WEIGHT,
        "min_budget": MIN_BUDGET,
        "share": BUDGET_SHARE,
        "always": ALWAYS,
        "k1": K1,
        "b": B,
        "unit": TEXT_WEIGHT,
        "depth": depth if is_short else min(depth, LONG_DEPTH),
        "is_short": is_short,
    }
    statement = _statement(
        alias,
        collections,
        siblings=question.siblings_of is not None,
        names=bool(question.claimant),
        context=bool(question.context),
    )
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        return [Hit(*row) for row in cursor.fetchall()]


def languages_by_words(alias: str, collections: Sequence[Collection], text: str) -> list[str]:
    """The languages in which claims have words of the beginning of ``text``, those with the most such words first."""
    counts = " UNION ALL ".join(f"SELECT language, lexeme, ndoc FROM {TABLES[name][2]}" for name in collections)  # noqa: S608
    first = " UNION ".join(f"SELECT min(language) AS language FROM {TABLES[name][2]}" for name in collections)  # noqa: S608
    following = ", ".join(
        f"(SELECT min(l.language) FROM {TABLES[name][2]} l WHERE l.language > spoken.language)"  # noqa: S608
        for name in collections
    )
    with connections[alias].cursor() as cursor:
        statement = _BY_WORDS.format(counts=counts, first=first, following=following)
        cursor.execute(statement, {"text": text[:GUESSED_BY]})
        return [language for (language,) in cursor.fetchall()]


def whole_words(asked: str) -> str:
    """``asked`` cut at a blank to ``MAX_TEXT``."""
    if len(asked) <= MAX_TEXT:
        return asked
    cut = asked[:MAX_TEXT]
    return cut.rsplit(maxsplit=1)[0] if any(char.isspace() for char in cut) else cut


def _statement(alias: str, collections: Sequence[Collection], *, siblings: bool, names: bool, context: bool) -> str:
    """The one statement: words rarest first within the budget, BM25 by claim, the best of each collection measured."""
    tables = [TABLES[name] for name in collections]
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
        f"SELECT c.text, c.language, c.claimant_id FROM {table} c"  # noqa: S608
        f" WHERE c.{key} = scored.claim_id AND scored.collection = '{name}'"
        for name, (table, key, _, _) in zip(collections, tables, strict=True)
    )
    return _STATEMENT.format(
        counts=counts,
        reads=reads,
        claims=claims,
        siblings=SIBLINGS if siblings else "SELECT NULL::uuid AS claim_id LIMIT 0",
        firsts=" UNION ALL ".join(_FIRSTS.format(name=name) for name in collections),
        context_words=_CONTEXT_WORDS if context else "0::float",
        names=f"({NAMES[alias]})" if names else "NULL::text[]",
    )


#: Lateral sub-queries with OFFSET 0 keep PostgreSQL to one look-up a word, however common it takes the words to be.
_STATEMENT = """
WITH asked AS MATERIALIZED (
    SELECT lexeme, bool_or(is_text) AS is_text, bool_or(NOT is_text) AS is_context FROM (
        SELECT lexeme, true AS is_text FROM factcheck_lexemes(%(language)s, %(text)s)
        UNION ALL SELECT lexeme, false FROM factcheck_lexemes(%(language)s, %(context)s)
    ) w GROUP BY lexeme
), sibling AS MATERIALIZED (
    {siblings}
), counted AS MATERIALIZED (
    SELECT a.*, c.ndoc FROM asked a CROSS JOIN LATERAL (
        SELECT sum(l.ndoc)::float AS ndoc FROM ({counts}) l
        WHERE l.language = %(root)s AND l.lexeme = a.lexeme OFFSET 0
    ) c WHERE c.ndoc > 0
), size AS MATERIALIZED (
    SELECT sum(l.ndoc)::float AS claims, sum(l.words)::float / nullif(sum(l.ndoc), 0) AS length
    FROM ({counts}) l WHERE l.language = %(root)s AND l.lexeme = ''
), chosen AS MATERIALIZED (
    SELECT lexeme, CASE WHEN is_text THEN weight ELSE 0 END AS weight,
        CASE WHEN is_context THEN weight * %(context_weight)s::float ELSE 0 END AS context_weight,
        %(unit)s::float * %(k1)s::float * (1 - %(b)s::float) AS shortest,
        %(unit)s::float * %(k1)s::float * %(b)s::float / length AS longer
    FROM (
        SELECT *, row_number() OVER rarest AS place, sum(ndoc) OVER rarest AS postings
        FROM counted WINDOW rarest AS (PARTITION BY is_text ORDER BY ndoc, lexeme)
    ) ranked CROSS JOIN size CROSS JOIN LATERAL (
        SELECT ln(1 + (greatest(claims, ndoc) - ndoc + 0.5) / (ndoc + 0.5)) * (%(k1)s::float + 1) AS weight
    ) w
    WHERE place <= %(always)s OR postings <= greatest(%(min_budget)s, claims / %(share)s)
), best AS MATERIALIZED (
    SELECT sum(weight) AS score, array_agg(lexeme) AS lexemes FROM chosen
), scored AS MATERIALIZED (
    SELECT read.collection, read.claim_id,
        sum(weight * tf / (tf + shortest + longer * len)) AS words,
        {context_words} AS context_words
    FROM chosen CROSS JOIN LATERAL ({reads} OFFSET 0) read
    WHERE read.claim_id <> ALL (%(exclude)s::uuid[])
    GROUP BY read.claim_id, read.collection
)
SELECT
    scored.claim_id, scored.collection, claim.text, claim.language, words, context_words, best.score,
    word_similarity(claim.text, %(text)s),
    CASE WHEN %(is_short)s THEN word_similarity(%(text)s, claim.text) ELSE 0 END,
    best.lexemes, EXISTS (SELECT FROM sibling s WHERE s.claim_id = scored.claim_id), coalesce({names}, ARRAY[]::text[])
FROM ({firsts}) scored CROSS JOIN best CROSS JOIN LATERAL ({claims}) claim
"""
_CONTEXT_WORDS = "sum(context_weight * tf / (tf + shortest + longer * len))"
#: The best of one collection, and as many more as there are siblings, which are left out later.
_FIRSTS = """
(SELECT * FROM scored WHERE collection = '{name}'
ORDER BY words + context_words DESC, claim_id LIMIT %(depth)s + (SELECT count(*) FROM sibling))
"""
#: SELECT DISTINCT would read a row for each word there is.
_BY_WORDS = """
WITH RECURSIVE spoken (language) AS (
    SELECT min(language) FROM ({first}) f
    UNION ALL
    SELECT least({following}) FROM spoken WHERE spoken.language IS NOT NULL
)
SELECT spoken.language FROM spoken CROSS JOIN LATERAL (
    SELECT count(*) AS known FROM factcheck_lexemes(spoken.language, %(text)s) w
    WHERE (SELECT sum(c.ndoc) FROM ({counts}) c WHERE c.language = spoken.language AND c.lexeme = w.lexeme) > 0
) w WHERE spoken.language IS NOT NULL AND known > 0
ORDER BY known DESC, spoken.language
"""
