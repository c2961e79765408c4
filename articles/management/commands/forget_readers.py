"""``manage.py forget_readers``: erase e-mail addresses of readers whose reports are closed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.services import reports


class Command(BaseCommand):
    """Erase them, from the history as well, which never held them."""

    help = "Erases the e-mail addresses that readers left with reports, so many days after the report was decided on."

    def add_arguments(self, parser: CommandParser) -> None:
        """How long addresses are kept."""
        parser.add_argument("--days", type=int, default=90, help="Days after the decision; twice that without one.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many went."""
        if options["days"] < 0:
            raise CommandError("--days is a number of days, 0 or more.")
        count = reports.forget_addresses(at=timezone.now(), days=options["days"])
        self.stdout.write(f"{count} forgotten")
