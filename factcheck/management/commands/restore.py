"""``manage.py restore``: put a backup into an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.selectors.log.checkpoint_file import CheckpointFileError
from articles.selectors.log.log_verification import LogDiffersError
from factcheck import upgrade_steps
from factcheck.backups import restoring
from factcheck.backups.files import BackupError
from factcheck.backups.programs import ProgramError


class Command(BaseCommand):
    """Restore a backup, verify its log, and say what to do next."""

    help = "Restores the backup in a folder into the database of DATABASE_URL, which must be empty, and verifies it."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="The folder that manage.py backup wrote.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, verify, advise. Raises ``CommandError`` when the backup or the database does not fit."""
        folder = options["folder"]
        try:
            manifest = restoring.restore(folder)
            self.stdout.write(f"Restored the backup of {manifest.created_at}, made by Factcheck {manifest.version}.")
            if restoring.restore_checkpoints(folder, manifest):
                self.stdout.write(f"Copied the file of checkpoints to {settings.LOG_CHECKPOINT_FILE}.")
            else:
                self.stdout.write(f"The file of checkpoints, {settings.LOG_CHECKPOINT_FILE}, was not changed.")
            if not upgrade_steps.pending_migrations():
                self.stdout.write(f"The log holds: {restoring.verify(folder, manifest)} records.")
            for sentence in restoring.advise():
                self.stdout.write(sentence)
        except (BackupError, ProgramError, CheckpointFileError) as error:
            raise CommandError(str(error)) from error
        except LogDiffersError as error:
            raise CommandError(
                f"The restored log is not what was published. First bad seq: {error.finding.seq}: "
                f"{error.finding.problem}. Do not use this database."
            ) from error
