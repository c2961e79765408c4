"""How well and how fast like claims are found: ``make bench-match``.

Quality: over the labelled texts of ``bench/data/match.tsv`` in eight languages (each as it is, with chatter, as a post,
with typing errors, and without its answer), for our search, for the ranking before decision 39, plain BM25,
``ts_rank`` over OR-ed words, and trigrams, in one run. MAP@5 and S@10 are over the texts with an answer; AUC and the
recall at 90 % precision say how well the first finding's confidence tells texts with an answer from those without.
Time: texts asked of many generated claims, beside one look-up in an index. In a scratch database that is made for it
and dropped. The exit code is 1 when our search is worse than any other. With ``--meaning``: words
beside words and meaning, within each language and across languages.
"""

import argparse
import os
import time

from bench import scratch
from bench.matching import arms, data, speed

BEFORE = "before decision 39"


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000, help="how many claims time is measured among, at most")
    parser.add_argument("--million", action="store_true", help="also among a million claims (takes about half an hour)")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--weights", action="store_true", help="find the weights of the confidence again")
    parser.add_argument("--meaning", action="store_true", help="measure search by meaning, instead (some minutes)")
    options = parser.parse_args()
    os.environ |= {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "factcheck.settings", "LOG_LEVEL": "ERROR"}
    with scratch.database_url("match", template=scratch.migrated()):
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        known = data.labelled()
        arms.fill(known.claims, claimants=known.claimants)
        if options.meaning or options.weights:
            _report_parts(known, of_meaning=options.meaning, find_weights=options.weights)
            return 0
        arms.prepare_others()
        began = time.perf_counter()
        table = arms.quality(known.pairs)
        arms.report(table, known)
        print(f"({time.perf_counter() - began:.0f} s)")
        sizes = [size for size in (10_000, 100_000) if size <= options.claims] + [1_000_000] * options.million
        speed.report(sizes, queries=options.queries, first=len(known.claims) + 1)
        for connection in connections.all():
            connection.close()
    held_out = {name: rows["held out"].map5 for name, rows in table.items()}
    return int(held_out[arms.OURS] < max(held_out.values()))


def _report_parts(known: data.Labelled, *, of_meaning: bool, find_weights: bool) -> None:
    from bench.matching import meaning, weights

    if of_meaning:
        meaning.report(known, find_weights=find_weights)
    else:
        weights.report(known.pairs)


if __name__ == "__main__":
    raise SystemExit(main())
