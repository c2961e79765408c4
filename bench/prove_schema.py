"""Asks every operation of the API thousands of times, right and wrong: ``python -m bench.prove_schema``.

On the demo, in a scratch database that is made for it and dropped. Exit code 1 when an answer was a 5xx or not as the
OpenAPI document has it; the first fault of each operation is printed with the request that shows it.
"""

import argparse
import logging
import os
import sys
import time
from typing import Any

from bench import scratch


def examine(options: argparse.Namespace) -> int:
    """Load the demo and ask; prints a line an operation, returns the exit code."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("demo", "--no-serve", verbosity=0)
    logging.disable(logging.WARNING)
    from accounts.models import User
    from articles.api.documents import openapi
    from bench import schema
    from bench.askers import askers
    from factcheck.wsgi import application

    document = schema.document(openapi(), application)
    asker_of = askers(User.objects.get(username="editor"))
    faults, asked, began = 0, 0, time.monotonic()
    for outcome in schema.examine(document, asker_of, examples=options.examples, seed=options.seed, only=options.only):
        faults += bool(outcome.fault)
        asked += sum(outcome.answers.values())
        _say(f"{'FAULT' if outcome.fault else 'ok   '} {outcome.operation} {dict(sorted(outcome.answers.items()))}")
        if outcome.fault:
            _say(outcome.fault)
    _say(f"{asked} requests in {time.monotonic() - began:.0f} s, {faults} operations at fault")
    return 1 if faults else 0


def _say(line: Any) -> None:
    print(line, flush=True)


def main() -> int:
    """Read the numbers, make the scratch database, and drop it whatever happens."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=2000, help="requests an operation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="operations whose method and address contain this")
    options = parser.parse_args()
    os.environ.update(
        DEBUG="1", DJANGO_SETTINGS_MODULE="factcheck.settings", API_READ_RATE="", API_DESK_RATE="", API_FAILURE_RATE=""
    )
    with scratch.database_url("schema"):
        return examine(options)


if __name__ == "__main__":
    sys.exit(main())
