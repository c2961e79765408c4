"""``manage.py checkpoint_owner``: which database may write to the file of checkpoints."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.selectors.log.checkpoint_file import CheckpointFileError
from articles.selectors.readers import log
from articles.services.log import checkpoints


class Command(BaseCommand):
    """Say who owns the file, or make this database the owner."""

    help = (
        "Says which log and database the file of checkpoints belongs to. With --take-over this database becomes the "
        "owner, after it was moved or restored. Refused when its log does not continue the signed one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to change the owner."""
        parser.add_argument(
            "--take-over", action="store_true", help="From now on only this database may write to the file."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """The owner, and whether it is this database. Raises ``CommandError`` when a take-over is refused."""
        try:
            if options["take_over"]:
                checkpoints.take_over()
            owner = checkpoints.owner()
        except (checkpoints.CheckpointRefusedError, CheckpointFileError, OSError) as error:
            raise CommandError(str(error)) from error
        if owner is None:
            self.stdout.write(f"{settings.LOG_CHECKPOINT_FILE} has no checkpoint of {settings.LOG_ORIGIN} yet.")
            return
        self.stdout.write(f"{settings.LOG_CHECKPOINT_FILE} belongs to {owner.origin}, epoch {owner.epoch},")
        self.stdout.write(f"database {owner.database or 'not known (a line of the first edition)'}.")
        here = log.database()
        is_owner = owner.epoch == str(log.head().epoch) and owner.database in ("", here)
        self.stdout.write(f"This is {'that' if is_owner else 'another'} database ({here or 'not known'}).")
