"""How well and how fast like claims are found: ``make bench-match``; exit code 1 when BM25 is worse than ``ts_rank``.

Quality: mean average precision at 5 over the labelled pairs of ``bench/data/match.tsv`` (each text repeats one claim of
its language, and others are there to be mistaken for it), for our search, for ``ts_rank`` over OR-ed words and for
trigrams, in one run. Time: texts asked of many generated claims, as multiples of one look-up in an index, so that a
slow machine slows both sides of the ratio alike. In a scratch database that is made for it and dropped.
"""

import argparse
import itertools
import os
import random
import re
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from bench import scratch

DATA = Path(__file__).parent / "data" / "match.tsv"
AT_MOST = 5
#: Names of generated and labelled claims are made from their words: the same words are the same claim.
NAMESPACE = UUID("6a4c8f3e-6f0c-4f7e-9d53-0f6a3c1f9f10")
_TS_RANK = """
WITH asked AS (
    SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery AS words
    FROM unnest(to_tsvector(factcheck_search_config(%(language)s), %(text)s))
)
SELECT claim_id FROM articles_publishedclaim, asked WHERE language = %(language)s AND search @@ words
ORDER BY ts_rank(search, words) DESC, claim_id LIMIT 5
"""
_TRIGRAMS = """
SELECT claim_id FROM articles_publishedclaim WHERE language = %(language)s
ORDER BY word_similarity(text, %(text)s) DESC, claim_id LIMIT 5
"""
_SEARCH = "UPDATE articles_publishedclaim SET search = to_tsvector(factcheck_search_config(language), text)"


@dataclass(frozen=True, slots=True)
class Pair:
    """``asked`` says again what the claim called ``claim_id`` says."""

    language: str
    claim_id: UUID
    asked: str


def labelled() -> tuple[list[tuple[str, str]], list[Pair]]:
    """The claims (language and words) with those to be mistaken for them, and the pairs, each with chatter, too."""
    lines = DATA.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    claims = {(language, claim): None for language, claim, _ in rows if claim not in "=+"}
    for language, _, words in (row for row in rows if row[1] == "="):
        claims |= dict.fromkeys(_doubles(claims, language, words.split("|")))
    pairs = [Pair(language, named(claim), asked) for language, claim, asked in rows if asked and claim not in "=+"]
    chatter = [(language, words) for language, claim, words in rows if claim == "+"]
    longer = [
        Pair(pair.language, pair.claim_id, f"{words} {pair.asked}")
        for pair in pairs
        for language, words in chatter
        if language == pair.language
    ]
    return list(claims), pairs + longer


def _doubles(claims: Iterable[tuple[str, str]], language: str, words: list[str]) -> list[tuple[str, str]]:
    return [
        (language, re.sub(rf"\b{re.escape(word)}(?!\w)", other, claim))
        for tag, claim in claims
        for word in words
        for other in words
        if tag == language and word != other and re.search(rf"\b{re.escape(word)}(?!\w)", claim)
    ]


def named(claim: str) -> UUID:
    """The id of the claim with these words."""
    return uuid5(NAMESPACE, claim)


def fill(claims: list[tuple[str, str]], *, first: int = 1) -> None:
    """Put published claims into the projection, whose triggers keep their words."""
    from django.db import connection
    from django.utils import timezone

    from articles.models import PublishedClaim

    at = timezone.now()
    rows = [
        PublishedClaim(
            claim_id=named(words),
            record_id=number,
            slug=str(named(words)),
            revision=1,
            text=words,
            language=language,
            first_published_at=at,
            published_at=at,
        )
        for number, (language, words) in enumerate(claims, first)
    ]
    PublishedClaim.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH)


def arms() -> dict[str, Callable[[str, str], list[UUID]]]:
    """The ways to find claims that are compared: (text, language) → ids, best first."""
    from django.db import connection

    from articles.selectors.matching import matches

    def in_sql(statement: str) -> Callable[[str, str], list[UUID]]:
        def find(text: str, language: str) -> list[UUID]:
            with connection.cursor() as cursor:
                cursor.execute(statement, {"text": text, "language": language})
                return [row for (row,) in cursor.fetchall()]

        return find

    def ours(text: str, language: str) -> list[UUID]:
        found = matches.find_matches(text=text, language=language, limit=AT_MOST, among="published")
        return [finding.claim_id for finding in found.ranked]

    return {"BM25 over postings": ours, "ts_rank, words OR-ed": in_sql(_TS_RANK), "trigrams": in_sql(_TRIGRAMS)}


def precision(found: list[UUID], wanted: UUID) -> float:
    """Average precision at 5 with one right answer: one over its rank, or nothing."""
    return 1 / (found.index(wanted) + 1) if wanted in found[:AT_MOST] else 0.0


def quality(pairs: list[Pair], *, without: str = "") -> dict[str, dict[str, float]]:
    """MAP@5 of each way in each language, and over all pairs under ``all``; ``without`` the way of that name."""
    table = {}
    for name, find in arms().items():
        if name == without:
            continue
        scores: dict[str, list[float]] = {"all": []}
        for pair in pairs:
            score = precision(find(pair.asked, pair.language), pair.claim_id)
            scores.setdefault(pair.language, []).append(score)
            scores["all"].append(score)
        table[name] = {language: statistics.mean(values) for language, values in scores.items()}
    return table


def generated(count: int, *, seed: int) -> list[tuple[str, str]]:
    """English claims of invented words, as unevenly frequent as words are (Zipf's law)."""
    lots = random.Random(seed)  # noqa: S311 - a seed, not a secret
    words = [_word(lots) for _ in range(30_000)]
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    return [
        ("en", f"{' '.join(lots.choices(words, cum_weights=weights, k=lots.randint(7, 16)))} {number}")
        for number in range(count)
    ]


def _word(lots: random.Random) -> str:
    return "".join(lots.choice("bdfgklmnprtvz") + lots.choice("aeou") for _ in range(lots.randint(2, 4))) + "k"


def asked_of(claims: list[tuple[str, str]], count: int, *, seed: int) -> list[str]:
    """Texts that share most of their words with some claim, and some words of another."""
    lots, texts = random.Random(seed), []  # noqa: S311
    for _ in range(count):
        one, other = lots.choice(claims)[1].split(), lots.choice(claims)[1].split()
        texts.append(" ".join([word for word in one if lots.random() < 0.7] + other[:5]))
    return texts


def seconds(act: Callable[[str, str], Any], texts: list[str]) -> list[float]:
    """How long each text took, sorted."""
    times = []
    for text in texts:
        start = time.perf_counter()
        act(text, "en")
        times.append(time.perf_counter() - start)
    return sorted(times)


def look_up(text: str, language: str) -> None:
    """The floor: one claim by its key."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM articles_publishedclaim WHERE claim_id = %s", [named(text)])
        cursor.fetchone()


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000, help="how many claims time is measured among")
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    os.environ |= {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "factcheck.settings", "LOG_LEVEL": "ERROR"}
    with scratch.database_url("match"):
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        claims, pairs = labelled()
        fill(claims)
        table = quality(pairs)
        _print_quality(table, claims, pairs)
        if options.claims:
            crowd = generated(options.claims, seed=17)
            start = time.perf_counter()
            fill(crowd, first=len(claims) + 1)
            print(f"\n{options.claims} more claims, entered in {time.perf_counter() - start:.0f} s")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
            _print_times(asked_of(crowd, options.queries, seed=23))
            print("the labelled pairs again, among all of them:")
            _print_quality(quality(pairs, without="trigrams"), [], pairs)  # which would take an hour
        connection.close()
    return int(table["BM25 over postings"]["all"] < table["ts_rank, words OR-ed"]["all"])


def _print_quality(table: dict[str, dict[str, float]], claims: list[tuple[str, str]], pairs: list[Pair]) -> None:
    if claims:
        print(f"MAP@5 of {len(pairs)} texts among {len(claims)} claims")
    languages = list(next(iter(table.values())))
    print(f"{'':24}{''.join(f'{language:>7}' for language in languages)}")
    for name, row in table.items():
        print(f"{name:24}{''.join(f'{row[language]:7.2f}' for language in languages)}")


def _print_times(texts: list[str]) -> None:
    floor = statistics.median(seconds(look_up, texts * 3))
    print(f"as multiples of one look-up by key ({floor * 1000:.2f} ms here){'p50':>10}{'p95':>8}")
    for name, find in arms().items():
        times = seconds(find, texts[:10] if name == "trigrams" else texts)
        middle, slow = times[len(times) // 2], times[int(len(times) * 0.95)]
        print(f"{name:48}{middle / floor:8.0f}{slow / floor:8.0f}")


if __name__ == "__main__":
    raise SystemExit(main())
