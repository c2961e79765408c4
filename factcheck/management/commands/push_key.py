"""``manage.py push_key``: a new key by which push services know this site."""

from typing import Any

from django.core.management.base import BaseCommand

from lib.webpush import signing


class Command(BaseCommand):
    """Print a key. Nothing is stored, and no network is needed: the operator decides where to keep it."""

    help = "Makes a key for notifications on readers' devices, and prints it as a setting. Nothing is stored."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """The secret half, ready for the environment; the public half follows from it."""
        self.stdout.write(f"VAPID_PRIVATE_KEY={signing.generate().secret_text()}")
        self.stdout.write("\nThe line above is secret. With a new key, every device has to follow again.")
