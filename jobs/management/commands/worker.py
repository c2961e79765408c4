"""``manage.py worker``: the process that runs everything that is not a request."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jobs.worker import Worker


class Command(BaseCommand):
    """Run until stopped."""

    help = "Runs jobs, sends e-mails and webhooks. Run one or more; SIGTERM or Ctrl-C ends it within ten seconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much at once."""
        parser.add_argument("--jobs", type=int, default=3, help="Jobs at the same time (1 to 16).")
        parser.add_argument("--threads", type=int, default=4, help="Webhook deliveries at the same time (1 to 64).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        if not 1 <= options["threads"] <= 64:
            raise CommandError("--threads must be from 1 to 64.")
        if not 1 <= options["jobs"] <= 16:
            raise CommandError("--jobs must be from 1 to 16.")
        worker = Worker(concurrency=options["jobs"], webhook_threads=options["threads"])
        worker.catch_signals()
        self.stdout.write("Running jobs and delivering webhooks (Ctrl-C stops it).")
        self.stdout.flush()
        worker.run()
