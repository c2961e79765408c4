"""``manage.py rebuild_published``: what readers' lists and search read, made again from the log."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.services.log import projection

_EVERY = 500


class Command(BaseCommand):
    """Replay the log. Readers see the old rows until the new ones are there; publishing waits."""

    help = "Makes the published tables again from the log. Readers notice nothing; publishing waits until it is done."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how far it is, and how much it was."""
        count = projection.rebuild(progress=self._say)
        self.stdout.write(f"Replayed {count} records.")

    def _say(self, count: int) -> None:
        if count % _EVERY == 0:
            self.stdout.write(f"{count} …")
