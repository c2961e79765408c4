"""``manage.py rebuild_matching``: the words by which open claims are found, made again."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.services import matching


class Command(BaseCommand):
    """Makes the words of open claims again. Those of published claims are part of ``rebuild_published``."""

    help = "Make the words by which open claims are found again (published ones: rebuild_published)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how many claims there are."""
        self.stdout.write(f"Indexed {matching.rebuild_open()} open claims.")
