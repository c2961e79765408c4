"""Proof of webhooks: ``python -m bench.prove_webhooks``. Exit code 1 when anything it promises does not hold.

Records are announced while workers deliver them to receivers that fail at random, and while workers are killed (-9).
In the end every receiver must have accepted every event, each time with the same id and bytes, the events of a claim in
the order of the log. Works in a database of its own, which it drops. The schedule of repetitions is shortened.
"""

import argparse
import os
import random
import subprocess
import sys
import threading
import time
import uuid
from collections import defaultdict
from datetime import UTC, datetime

from bench import scratch
from bench.hook_receivers import Book, Receivers

os.environ.update(
    DEBUG="1",
    DJANGO_SETTINGS_MODULE="factcheck.settings",
    OUTBOUND_ALLOW_LOOPBACK="1",
    LOG_LEVEL="ERROR",
    WEBHOOK_RETRY_SECONDS=",".join(["0", "0.05", "0.1", *["0.2"] * 22]),
    WEBHOOK_TIMEOUT_SECONDS="1",
    WEBHOOK_BREAKER_SECONDS="0.1",
)
EPOCH = uuid.uuid4()


class Workers:
    """Processes that deliver, some of which die."""

    def __init__(self, count: int, threads: int) -> None:
        self._command = [sys.executable, "manage.py", "deliver_webhooks", "--threads", str(threads)]
        self._running = [self._start() for _ in range(count)]
        self.kills = 0

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self._command, stdout=subprocess.PIPE)  # noqa: S603 - our own command

    def kill_one(self, chosen: int) -> None:
        """Kill one in the middle of what it does, and start another in its place."""
        victim = self._running[chosen % len(self._running)]
        victim.kill()
        victim.wait()
        self.kills += 1
        self._running[chosen % len(self._running)] = self._start()

    def stop(self) -> list[int]:
        """Ask them to stop; returns their exit codes."""
        for worker in self._running:
            if worker.stdout is not None:
                worker.stdout.readline()  # it says so when it is ready to be stopped
            worker.terminate()
        return [worker.wait(30) for worker in self._running]


def add_endpoints(receivers: Receivers) -> dict[int, Book]:
    """An endpoint a receiver; returns the receivers' books by the endpoint's id."""
    from partners.models import Partner
    from partners.services import endpoints

    books = {}
    partner = Partner.objects.create(name="Proof", contact_email="proof@news.example")
    for port, book in receivers.books.items():
        endpoint, book.secret = endpoints.add(partner=partner, url=f"http://127.0.0.1:{port}/hook")
        books[endpoint.pk] = book
    return books


def announce(events: int, chance: random.Random, done: threading.Event) -> None:
    """Announce ``events`` records of a few claims; one transaction in ten is rolled back and gives its number back."""
    from django.db import connection, transaction

    from partners.services import webhooks

    claims = [uuid.UUID(int=chance.getrandbits(128)) for _ in range(max(1, events // 8))]
    last: dict[uuid.UUID, int] = {}
    seq = 0
    while seq < events:
        claim = chance.choice(claims)
        with transaction.atomic():
            webhooks.enqueue(
                webhooks.Announcement(
                    type="updated" if claim in last else "published",
                    seq=seq + 1,
                    epoch=EPOCH,
                    claim_id=claim,
                    revision=seq + 1,
                    previous_seq=last.get(claim),
                    record_sha256=chance.randbytes(32).hex(),
                    record_url="https://facts.example/api/v1/",
                    claim_url="https://facts.example/",
                    at=datetime.now(UTC),
                )
            )
            if chance.random() < 0.1:
                transaction.set_rollback(True)
                continue
        seq += 1
        last[claim] = seq
    connection.close()
    done.set()


def wait(workers: Workers, receivers: Receivers, options: argparse.Namespace, announced: threading.Event) -> bool:
    """Kill workers, evenly over the work, until nothing is waiting; False when the time is up first."""
    from partners.models import Delivery

    begun, chance = time.monotonic(), random.Random(options.seed)  # noqa: S311 - repeatable on purpose
    step = options.events * options.endpoints / (options.kills + 1)
    while time.monotonic() - begun < options.limit:
        time.sleep(0.05)
        if workers.kills < options.kills and receivers.outcomes["accepted"] >= step * (workers.kills + 1):
            workers.kill_one(chance.randrange(100))
        elif announced.is_set() and not Delivery.objects.filter(state="pending").exists():
            return True
    return False


def faults(endpoint: int, book: Book, events: int) -> list[str]:
    """What one receiver's book says against the promises."""
    found, seen, first = [], defaultdict(set), {}
    for place, (seq, _, message_id, digest, accepted) in enumerate(book.messages):
        seen[seq].add((message_id, digest))
        if accepted:
            first.setdefault(seq, place)
    if missed := set(range(1, events + 1)) - set(first):
        found.append(f"never accepted: {sorted(missed)[:10]} ({len(missed)})")
    if changed := [seq for seq, forms in seen.items() if len(forms) > 1]:
        found.append(f"with more than one id or body: {changed[:10]}")
    expected = {seq: f"msg_{str(EPOCH)[:8]}_{seq}_{endpoint}" for seq in seen}
    if wrong := [seq for seq, forms in seen.items() if {i for i, _ in forms} != {expected[seq]}]:
        found.append(f"with another id than promised: {wrong[:10]}")
    last: dict[str, int] = {}
    claims = {seq: claim for seq, claim, *_ in book.messages}
    for seq in sorted(first, key=first.__getitem__):
        if last.get(claims[seq], 0) > seq:
            found.append(f"{seq} came after {last[claims[seq]]} of the same claim")
        last[claims[seq]] = max(seq, last.get(claims[seq], 0))
    return found


def prove(options: argparse.Namespace) -> int:
    """Do it, in the database that DATABASE_URL names; returns the exit code."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    begun = time.monotonic()
    receivers = Receivers(options.endpoints, failures=options.failures, seed=options.seed)
    books = add_endpoints(receivers)
    workers, announced = Workers(options.workers, options.threads), threading.Event()
    threading.Thread(target=announce, args=(options.events, random.Random(options.seed), announced)).start()  # noqa: S311
    try:
        finished = wait(workers, receivers, options, announced)
    finally:
        codes = workers.stop()
        announced.wait(60)
    receivers.stop()
    found = [f"endpoint {pk}: {fault}" for pk, book in books.items() for fault in faults(pk, book, options.events)]
    if not finished:
        found.append(f"not done after {options.limit} s")
    if receivers.outcomes["signature refused"]:
        found.append(f"{receivers.outcomes['signature refused']} signatures were refused")
    if any(codes):
        found.append(f"workers ended with {codes}")
    if workers.kills < options.kills:
        found.append(f"only {workers.kills} kills took place: choose more events")
    connections.close_all()
    total = sum(len(book.messages) for book in books.values())
    pairs = options.events * options.endpoints
    print(f"{options.events} events x {options.endpoints} endpoints = {pairs} deliveries, seed {options.seed}")
    print(f"{total} requests: {dict(sorted(receivers.outcomes.items()))}")
    print(f"{workers.kills} kills; accepted more than once: {receivers.outcomes['accepted'] - pairs}")
    print(f"{time.monotonic() - begun:.0f} s; every signature verified")
    print("\n".join(found) or "Each delivered with one id and one body, each claim in order: holds.")
    return 1 if found else 0


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--endpoints", type=int, default=10)
    parser.add_argument("--failures", type=float, default=0.3, help="share of requests that fail")
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--threads", type=int, default=7)
    parser.add_argument("--limit", type=float, default=3600, help="seconds")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with scratch.database_url("webhooks", template=scratch.migrated()):
        return prove(options)


if __name__ == "__main__":
    sys.exit(main())
