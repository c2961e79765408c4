"""``manage.py log_key``: a new key to sign the log's checkpoints with."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lib.transparency import signed_notes


class Command(BaseCommand):
    """Print a key. Nothing is stored: the operator decides where to keep the secret half."""

    help = "Makes a key that signs checkpoints, and prints its secret and its public half. Nothing is stored."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The log that the key is for."""
        parser.add_argument("--name", default=settings.LOG_ORIGIN, help="The log's origin; LOG_ORIGIN by default.")

    def handle(self, *args: Any, **options: Any) -> None:
        """The secret half first, ready for the environment."""
        try:
            signer = signed_notes.generate(options["name"])
        except signed_notes.KeyFormatError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"LOG_SIGNING_KEY={signer.secret_key()}")
        self.stdout.write(
            f"\nThe line above is secret. The key that verifies, to be published:\n{signer.verifier_key()}"
        )
