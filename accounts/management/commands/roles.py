"""Compares the roles in the database with the product's table."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.services.roles import ensure_roles, pending_updates


class Command(BaseCommand):
    """``manage.py roles --check`` or ``--apply``."""

    help = "Shows (--check) or grants (--apply) what the product added to the roles; a newsroom's own changes stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Exactly one of the two."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--check", action="store_true", help="Only show. Exit code 1 when something is missing.")
        which.add_argument("--apply", action="store_true", help="Grant what is missing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show each role that lacks something."""
        updates = list(pending_updates()) if options["check"] else ensure_roles()
        for update in updates:
            new = " (new)" if update.is_new else ""
            self.stdout.write(f"{update.role.name}{new}: {', '.join(update.added) or 'noted, nothing to grant'}")
        if not updates:
            self.stdout.write("Every role has what the product grants it.")
        elif options["check"]:
            raise CommandError("Run manage.py roles --apply.")
