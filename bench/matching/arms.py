"""The ways to find like claims that are compared, and their measures over labelled texts."""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from bench.matching.data import NAMESPACE, Labelled, Pair, named

#: A way to find claims: for a question, ids with a number that says how sure each is, best first.
Arm = Callable[[Pair], list[tuple[UUID, float]]]
OURS = "find_matches"
_FIRST, _WIDE = 5, 10
_TS_RANK = """
WITH asked AS (
    SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery AS words
    FROM unnest(to_tsvector(factcheck_search_config(%(language)s), %(text)s))
)
SELECT claim_id, ts_rank(search, words) FROM articles_publishedclaim, asked
WHERE language = %(language)s AND search @@ words AND claim_id IS DISTINCT FROM %(left_out)s
ORDER BY 2 DESC, claim_id LIMIT 10
"""
_TRIGRAMS = """
SELECT claim_id, word_similarity(text, %(text)s) FROM articles_publishedclaim
WHERE language = %(language)s AND claim_id IS DISTINCT FROM %(left_out)s
ORDER BY 2 DESC, claim_id LIMIT 10
"""
#: BM25 over the words of claims' texts, not folded; with {likeness} as the ranking was before decision 39.
_BM25 = """
WITH asked AS MATERIALIZED (
    SELECT w.lexeme, count(*) AS ndoc FROM unnest(to_tsvector(factcheck_search_config(%(language)s), %(text)s)) w
    JOIN bench_posting p ON p.language = %(language)s AND p.lexeme = w.lexeme GROUP BY 1
), size AS (
    SELECT count(DISTINCT claim_id)::float AS claims, sum(tf)::float / count(DISTINCT claim_id) AS length
    FROM bench_posting WHERE language = %(language)s
), scored AS (
    SELECT p.claim_id, sum(ln(1 + (claims - ndoc + 0.5) / (ndoc + 0.5)) * tf * 2.2
        / (tf + 1.2 * (0.25 + 0.75 * len / length))) AS score
    FROM asked JOIN bench_posting p ON p.language = %(language)s AND p.lexeme = asked.lexeme CROSS JOIN size
    WHERE p.claim_id IS DISTINCT FROM %(left_out)s
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20
)
SELECT c.claim_id, score * {likeness} FROM scored JOIN articles_publishedclaim c USING (claim_id)
ORDER BY 2 DESC, 1 LIMIT 10
"""
_OTHERS = """
UPDATE articles_publishedclaim SET search = to_tsvector(factcheck_search_config(language), text);
CREATE TABLE bench_posting AS
SELECT c.language, w.lexeme, c.claim_id, cardinality(w.positions) AS tf,
    sum(cardinality(w.positions)) OVER (PARTITION BY c.claim_id) AS len
FROM articles_publishedclaim c, unnest(to_tsvector(factcheck_search_config(c.language), c.text)) w;
CREATE INDEX ON bench_posting (language, lexeme);
ANALYZE bench_posting;
"""


@dataclass(frozen=True, slots=True)
class Measures:
    """``auc`` and ``recall`` (at 90 % precision) are of the first finding's number; see ``bench.match``."""

    map5: float
    s10: float
    auc: float
    recall: float


def fill(claims: Iterable[tuple[str, str]], *, first: int = 1, claimants: dict[UUID, str] | None = None) -> None:
    """Put published claims into the projection, whose triggers keep their words."""
    from django.utils import timezone

    from articles.models import PublishedClaim, PublishedClaimant

    at, said = timezone.now(), claimants or {}
    people = {name: uuid5(NAMESPACE, f"claimant {name}") for name in said.values()}
    PublishedClaimant.objects.bulk_create(
        PublishedClaimant(id=pk, slug=str(pk), seq=first, document={"name": name}) for name, pk in people.items()
    )
    rows = [
        PublishedClaim(
            claim_id=named(words),
            record_id=number,
            slug=str(named(words)),
            revision=1,
            text=words,
            language=language,
            claimant_id=people.get(said.get(named(words), "")),
            first_published_at=at,
            published_at=at,
        )
        for number, (language, words) in enumerate(claims, first)
    ]
    PublishedClaim.objects.bulk_create(rows, batch_size=5000)


def prepare_others() -> None:
    """Make the tables that only the other ways read."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_OTHERS)


def ours(pair: Pair) -> list[tuple[UUID, float]]:
    """The search of readers and partners."""
    from articles.selectors.readers import matching

    found = matching.find_matches(
        text=pair.asked,
        language=pair.language,
        limit=_WIDE,
        claimant=pair.claimant,
        context=pair.context,
        exclude=[pair.left_out] if pair.left_out else [],
    )
    return [(one.claim_id, one.confidence) for one in found.ranked]


def arms() -> dict[str, Arm]:
    """The ways that are compared."""
    return {
        OURS: ours,
        "before decision 39": _in_sql(_BM25.format(likeness="(0.1 + word_similarity(c.text, %(text)s))")),
        "plain BM25": _in_sql(_BM25.format(likeness="1")),
        "ts_rank, words OR-ed": _in_sql(_TS_RANK),
        "trigrams": _in_sql(_TRIGRAMS),
    }


def _in_sql(statement: str) -> Arm:
    def find(pair: Pair) -> list[tuple[UUID, float]]:
        from django.db import connection

        values = {"text": pair.asked, "language": pair.language, "left_out": pair.left_out}
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            found: list[tuple[UUID, float]] = cursor.fetchall()
        return found

    return find


def quality(pairs: list[Pair], *, ways: dict[str, Arm] | None = None) -> dict[str, dict[str, Measures]]:
    """The measures of each way, by half, by language and by kind of text of the held-out half."""
    table = {}
    for name, find in (ways or arms()).items():
        answers = [(pair, find(pair)) for pair in pairs]
        held_out = [one for one in answers if one[0].is_held_out]
        rows = {"tuning": measured([one for one in answers if not one[0].is_held_out]), "held out": measured(held_out)}
        for key in sorted({pair.language for pair in pairs}):
            rows[key] = measured([one for one in held_out if one[0].language == key])
        for key in sorted({pair.kind for pair in pairs if pair.claim_id}):
            rows[key] = measured([one for one in held_out if one[0].kind == key])
        table[name] = rows
    return table


def measured(answers: list[tuple[Pair, list[tuple[UUID, float]]]]) -> Measures:
    """The measures over questions with what was found."""
    ranks = [
        next((rank for rank, (found, _) in enumerate(rows, 1) if found == pair.claim_id), 0)
        for pair, rows in answers
        if pair.claim_id
    ]
    firsts = [(rows[0][1] if rows else 0.0, bool(rows) and rows[0][0] == pair.claim_id) for pair, rows in answers]
    sure = [(rows[0][1] if rows else 0.0, pair.claim_id is not None) for pair, rows in answers]
    return Measures(
        statistics.mean(1 / rank if 0 < rank <= _FIRST else 0.0 for rank in ranks) if ranks else 0.0,
        statistics.mean(0 < rank <= _WIDE for rank in ranks) if ranks else 0.0,
        _auc(sure),
        recall_at(firsts, len(ranks), precision=0.9)[0],
    )


def recall_at(firsts: list[tuple[float, bool]], wanted: int, *, precision: float) -> tuple[float, float]:
    """The best recall of a threshold on the numbers with at least this precision, and the threshold."""
    best, right = (0.0, 1.0), 0
    for count, (number, is_right) in enumerate(sorted(firsts, key=lambda one: (-one[0], one[1])), 1):
        right += is_right
        if right >= precision * count and wanted and right / wanted > best[0]:
            best = right / wanted, number
    return best


def _auc(sure: list[tuple[float, bool]]) -> float:
    """How often a text with an answer has a higher number than one without."""
    with_answer = [number for number, has in sure if has]
    without = [number for number, has in sure if not has]
    if not with_answer or not without:
        return float("nan")
    wins = sum((one > other) + (one == other) / 2 for one in with_answer for other in without)
    return wins / len(with_answer) / len(without)


def report(table: dict[str, dict[str, Measures]], known: Labelled) -> None:
    """Print the tables."""
    print(f"{len(known.pairs)} texts among {len(known.claims)} claims")
    heads: dict[str, Callable[[Measures], Any]] = {
        "MAP@5": lambda row: row.map5,
        "S@10": lambda row: row.s10,
        "AUC": lambda row: row.auc,
        "recall at 90 % precision": lambda row: row.recall,
    }
    for head, value in heads.items():
        columns = list(next(iter(table.values())))
        print(f"\n{head:26}{''.join(f'{column:>9}' for column in columns)}")
        for name, rows in table.items():
            print(f"{name:26}{''.join(f'{value(rows[column]):9.3f}' for column in columns)}")
