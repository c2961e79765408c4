"""``manage.py new_epoch``: after a restore that lost records, tell everybody who follows the log to start again."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from articles.services.log import publication_log


class Command(BaseCommand):
    """Change the epoch, and say what else has to change."""

    help = "Gives the log a new epoch, after a backup was restored that lacks records which had been public."

    def handle(self, *args: Any, **options: Any) -> None:
        """The new epoch, and the next steps."""
        self.stdout.write(f"The log's epoch is now {publication_log.begin_epoch()}.")
        self.stdout.write(
            f"Checkpoints were signed for {settings.LOG_ORIGIN}; a log that was put back may not go on under that "
            "name.\nChoose a new one and make a key for it (manage.py log_key --name …), set LOG_ORIGIN and "
            "LOG_SIGNING_KEY,\nrestart, and tell those who follow the log. docs/log.md has the steps."
        )
