"""``manage.py prune_webhooks``: forget what was delivered long ago."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partners.services import pruning


class Command(BaseCommand):
    """Delete in small portions until nothing is too old; may run beside everything else."""

    help = "Forgets webhook deliveries that were done, and events nobody waits for, after some days (90)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much is kept."""
        parser.add_argument("--days", type=int, default=90, help="how long they are kept (90)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many rows went."""
        if not -(10**4) < options["days"] < 10**4:
            raise CommandError("--days: at most 9999.")
        try:
            gone = pruning.prune(at=timezone.now(), keep=timedelta(days=options["days"]))
        except ValueError as error:
            raise CommandError(f"--days {options['days']}: {error}") from None
        self.stdout.write(
            f"{gone.deliveries} deliveries, {gone.events} events, {gone.notices} e-mails, {gone.secrets} secrets"
        )
