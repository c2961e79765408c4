"""``manage.py sweep_idempotency``: forget the answers whose time is over."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from partners.services import idempotency


class Command(BaseCommand):
    """Delete kept answers in small portions until none is too old."""

    help = "Forgets answers to repeated requests after 72 hours. The API does so by itself, a few at a time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many went."""
        gone, at = 0, timezone.now()
        while portion := idempotency.sweep(at=at):
            gone += portion
        self.stdout.write(f"{gone} forgotten")
