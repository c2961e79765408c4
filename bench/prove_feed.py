"""Proves that who follows the change feed misses nothing: ``python -m bench.prove_feed``; exit code 1 when they did.

Publishers in processes of their own append records, a tenth of them rolled back, while pollers follow the feed through
the API with its own cursors; in the end each must have seen 1…n, each number once, and the log must hold. In a scratch
database that is made for it and dropped.
"""

import argparse
import json
import multiprocessing
import os
import random
import sys
import time
from typing import Any

from bench import scratch

#: Seconds the first poller rests at the end of the feed; each of the others five times as long, at every short page.
#: The first looks into every gap there is, and the others leave the machine to the publishers and come from far behind.
REST = 0.02


def publish(number: int, records: int, seed: int) -> int:
    """Append ``records`` records, each in a transaction of its own, and roll back as many more as the lots say."""
    import django

    django.setup()
    from uuid import uuid4

    from django.db import transaction
    from django.utils import timezone

    from articles.services.log import publication_log

    lots, rolled_back, done = random.Random(f"{seed}/{number}"), 0, 0  # noqa: S311 - a seed, not a secret
    while done < records:
        claim, fails = uuid4(), lots.random() < 0.1
        url = f"https://facts.example.org/claims/{claim}/"
        document = {"claim": {"id": str(claim), "url": url, "language": "en", "topics": []}}
        with transaction.atomic():
            publication_log.append(
                document, claim_id=claim, revision=1, kind="published", at=timezone.now(), previous=None
            )
            transaction.set_rollback(fails)
        rolled_back += fails
        done += not fails
    return rolled_back


def follow(number: int, records: int, patience: float) -> str:
    """Follow the feed to its ``records``th record; what was wrong, or nothing."""
    import django

    django.setup()
    from django.test import Client

    client, cursor, seen = Client(SERVER_NAME="localhost"), "", 0
    end, size = time.monotonic() + patience, 50 * (number + 1)
    while seen < records:
        if time.monotonic() > end:
            return f"poller {number} waited in vain after no. {seen}"
        answer = client.get(f"/api/v1/changes/?page_size={size}{cursor}")
        if answer.status_code != 200:
            return f"poller {number} got {answer.status_code}: {answer.content[:200]!r}"
        page = json.loads(answer.content)
        for record in page["results"]:
            if record["seq"] != seen + 1:
                return f"poller {number} saw no. {record['seq']} after no. {seen}"
            seen += 1
        cursor = f"&cursor={page['next_cursor']}"
        if len(page["results"]) < (size if number else 1):
            time.sleep(REST * 5**number)
    return ""


def _call(task: tuple[Any, ...]) -> Any:
    act, *arguments = task
    return act(*arguments)


def prove(options: argparse.Namespace) -> int:
    """Run everybody at once; prints what was counted, returns the exit code."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    connections.close_all()
    share = options.records // options.publishers
    total, began = share * options.publishers, time.monotonic()
    tasks = [(publish, n, share, options.seed) for n in range(options.publishers)]
    tasks += [(follow, n, total, options.patience) for n in range(options.pollers)]
    with multiprocessing.get_context("spawn").Pool(len(tasks)) as pool:
        outcomes = pool.map_async(_call, tasks, chunksize=1).get(options.patience + 60)
    rolled_back, faults = sum(outcomes[: options.publishers]), [o for o in outcomes[options.publishers :] if o]

    from articles.selectors.log import log_verification

    with log_verification.snapshot():
        held = sum(1 for _ in log_verification.verify())
    if held != total:
        faults.append(f"the log holds {held} records")
    connections.close_all()
    seconds = time.monotonic() - began
    print(
        f"{total} records by {options.publishers} publishers, {rolled_back} rolled back, {options.pollers} pollers, "
        f"{seconds:.0f} s: " + ("; ".join(faults) or "none missed, none doubled, dense; the log holds")
    )
    return 1 if faults else 0


def main() -> int:
    """Read the numbers, make the scratch database, and drop it in any case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--publishers", type=int, default=8)
    parser.add_argument("--pollers", type=int, default=4)
    parser.add_argument("--patience", type=float, default=7200, help="seconds until who has not finished has failed")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.update(DEBUG="1", DJANGO_SETTINGS_MODULE="factcheck.settings", API_READ_RATE="", LOG_LEVEL="ERROR")
    with scratch.database_url("feed", template=scratch.migrated()):
        return prove(options)


if __name__ == "__main__":
    sys.exit(main())
