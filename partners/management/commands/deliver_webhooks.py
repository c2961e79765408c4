"""``manage.py deliver_webhooks``: the process that sends what is waiting for partners."""

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partners.outbound_policy import from_settings
from partners.services.worker import Worker


class Command(BaseCommand):
    """Run a worker until it is stopped, or until nothing is due."""

    help = "Sends webhooks. Run one or more; SIGTERM or Ctrl-C finishes what is under way first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much at once, and whether to stay."""
        parser.add_argument("--once", action="store_true", help="Deliver what is due now, then stop.")
        parser.add_argument("--threads", type=int, default=4, help="Deliveries at the same time (1 to 64).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        if not 1 <= options["threads"] <= 64:
            raise CommandError("--threads must be from 1 to 64.")
        worker = Worker(policy=from_settings(), threads=options["threads"])
        before = {number: signal.signal(number, lambda *_: worker.stop()) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            if options["once"]:
                self.stdout.write(f"{worker.drain()} attempts.")
                return
            self.stdout.write("Delivering webhooks (Ctrl-C stops it).")
            self.stdout.flush()
            worker.run()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
