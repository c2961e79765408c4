"""Asks every operation of the API thousands of times, right and wrong: ``python -m bench.prove_schema``.

On the demo, in scratch databases that are made for it and dropped. Operations that hang together are asked one after
the other on a copy of their own, so that they disturb no others, whatever the number of processes. Exit code 1 when an
answer was a 5xx or not as the OpenAPI document has it; the first fault of each operation is printed with the request
that shows it.
"""

import argparse
import logging
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bench import scratch


@dataclass(frozen=True, slots=True)
class Run:
    """What every process has to know: the server, the database that is copied, and how much is asked."""

    server: str
    template: str
    examples: int
    seed: int


def fill() -> list[str]:
    """The demo, into the database that is copied; returns the labels of all operations."""
    _set_up()
    from django.core.management import call_command

    call_command("demo", "--no-serve", verbosity=0)
    return list(_schema_operations())


def ask(run: Run, labels: Sequence[str]) -> tuple[int, int]:
    """Ask these operations on a copy; prints a line an operation, returns how many requests and faults there were."""
    with (
        scratch.database_url("schema", base=run.server, template=run.template),
        tempfile.TemporaryDirectory() as directory,
    ):
        os.environ["LOG_CHECKPOINT_FILE"] = str(Path(directory) / "checkpoints.log")  # each copy has a log of its own
        _set_up()
        from django.db import connections

        try:
            return _asked(run, labels)
        finally:
            connections.close_all()


def _asked(run: Run, labels: Sequence[str]) -> tuple[int, int]:
    from accounts.models import User
    from api.openapi.views import openapi
    from bench import schema
    from bench.api_clients import askers
    from factcheck.wsgi import application

    editor = User.objects.get(username="editor")
    document = schema.document(openapi(), application)
    requests, faults, began = 0, 0, time.monotonic()
    for outcome in schema.examine(
        document, lambda label: askers(editor)(label), examples=run.examples, seed=run.seed, labels=labels
    ):
        number, seconds = sum(outcome.answers.values()), time.monotonic() - began
        _say(
            f"{'FAULT' if outcome.fault else 'ok   '} {outcome.operation} {dict(sorted(outcome.answers.items()))} "
            f"{seconds:.0f} s" + (f"\n{outcome.fault}" if outcome.fault else "")
        )
        requests, faults, began = requests + number, faults + bool(outcome.fault), time.monotonic()
    return requests, faults


def _set_up() -> None:
    import django

    django.setup()
    logging.disable(logging.WARNING)


def _schema_operations() -> dict[str, object]:
    from api.openapi.views import openapi
    from bench import schema

    return schema.operations(schema.document(openapi(), None))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")  # in one piece: others write as well
    sys.stdout.flush()


def prove(options: argparse.Namespace) -> int:
    """Fill the template, ask all groups in processes of their own, and return the exit code."""
    began, server = time.monotonic(), scratch.server()
    with (
        scratch.database_url("schema", template=scratch.migrated()) as url,
        ProcessPoolExecutor(options.processes, get_context("spawn"), max_tasks_per_child=1) as pool,
    ):
        from bench import schema

        labels = [label for label in pool.submit(fill).result() if options.only in label]
        groups = sorted(schema.families(labels), key=len, reverse=True)
        _say(f"{len(labels)} operations in {len(groups)} groups, {options.processes} at a time")
        run = Run(server, scratch.name_of(url), options.examples, options.seed)
        results = [job.result() for job in as_completed([pool.submit(ask, run, group) for group in groups])]
    requests, faults = (sum(column) for column in zip(*results, strict=True)) if results else (0, 0)
    _say(f"{requests} requests in {time.monotonic() - began:.0f} s, {faults} operations at fault")
    return 1 if faults or not requests else 0


def main() -> int:
    """Read the numbers and prove."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=2000, help="requests an operation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="operations whose method and address contain this")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="groups asked at a time")
    options = parser.parse_args()
    os.environ.update(
        DEBUG="1", DJANGO_SETTINGS_MODULE="factcheck.settings", API_READ_RATE="", API_DESK_RATE="", API_FAILURE_RATE=""
    )
    return prove(options)


if __name__ == "__main__":
    sys.exit(main())
