"""How long a search takes among many generated claims, beside one look-up of a claim by its key."""

import time
from collections.abc import Callable
from typing import Any

from bench import filling
from bench.matching.arms import ours
from bench.matching.data import Pair, asked_of, generated, named

_CHUNK = 100_000
_COPY = """
COPY bench_claim (number, claim_id, words) FROM STDIN
"""
_CLAIMS = """
INSERT INTO articles_publishedclaim (claim_id, record_id, slug, revision, is_retracted, text, language, rating_key,
    rating_label, rating_tone, summary, topics, articles, sources, first_published_at, published_at)
SELECT claim_id, number, claim_id, 1, false, words, 'en', '', '', '', '', '{}', '{}', '{}', now(), now()
FROM bench_claim
"""


def report(sizes: list[int], *, queries: int, first: int) -> None:
    """Fill up to each size and print how long a search takes: the middle and the 95th percentile, in milliseconds."""
    from django.db import connection

    there, texts = 0, []
    for size in sizes:
        began = time.perf_counter()
        while there < size:
            more = min(_CHUNK, size - there)
            chunk = list(generated(more, seed=17, start=there))
            texts = texts or asked_of(chunk, queries, seed=23)
            insert(chunk, first=first + there)
            there += more
        print(f"\n{size} claims, entered in {time.perf_counter() - began:.0f} s more")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        _print("one look-up by key", seconds(lambda pair: look_up(pair.asked), texts))
        _print("a search", seconds(ours, texts))
        _print("a search for 5,000 characters", seconds(ours, [" ".join(texts[at:])[:5000] for at in range(0, 100, 4)]))


def insert(claims: list[tuple[str, str]], *, first: int) -> None:
    """Put claims in by COPY; triggers keep their words."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_claim (number bigint, claim_id uuid, words text) ON COMMIT DROP")
        with cursor.copy(_COPY) as copy:
            for number, (_, words) in enumerate(claims, first):
                copy.write_row((number, named(words), words))
        with filling.without_indexes(cursor, "articles_publishedclaim"):
            cursor.execute(_CLAIMS)


def seconds(act: Callable[[Pair], Any], texts: list[str]) -> list[float]:
    """How long each text took, sorted."""
    times = []
    for text in texts:
        pair = Pair("en", None, text)
        start = time.perf_counter()
        act(pair)
        times.append(time.perf_counter() - start)
    return sorted(times)


def look_up(text: str) -> None:
    """The floor: one claim by its key, on the readers' connection."""
    from django.db import connections

    with connections["readers"].cursor() as cursor:
        cursor.execute("SELECT text FROM articles_publishedclaim WHERE claim_id = %s", [named(text)])
        cursor.fetchone()


def _print(name: str, times: list[float]) -> None:
    middle, slow = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{name:34} median {middle * 1000:7.2f} ms   95th percentile {slow * 1000:7.2f} ms")
