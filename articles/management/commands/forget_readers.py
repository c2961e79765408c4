"""``manage.py forget_readers``: erase e-mail addresses and pictures of readers whose reports and tips are closed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.services import reports
from articles.services.pictures import tips


class Command(BaseCommand):
    """Erase them, from the history as well, which never held them."""

    help = "Erases e-mail addresses left with reports and pictures sent with tips, so many days after the decision."

    def add_arguments(self, parser: CommandParser) -> None:
        """How long they are kept."""
        parser.add_argument("--days", type=int, default=90, help="Days after the decision; twice that without one.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many went."""
        if options["days"] < 0:
            raise CommandError("--days is a number of days, 0 or more.")
        at, days = timezone.now(), options["days"]
        count = reports.forget_addresses(at=at, days=days) + tips.forget(at=at, days=days)
        self.stdout.write(f"{count} forgotten")
