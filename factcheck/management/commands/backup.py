"""``manage.py backup``: everything that is needed to restore the site, in one folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.services.log.signing_keys import NoSigningKeyError
from factcheck.backups import creating
from factcheck.backups.files import BackupError
from factcheck.backups.programs import ProgramError


class Command(BaseCommand):
    """Back up the database and the file of checkpoints."""

    help = "Writes a dump of the database, a copy of the file of checkpoints and a manifest to a new folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and whether the keys are copied."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="A folder that is new or empty.")
        parser.add_argument(
            "--keys", type=Path, metavar="DIR", help="Copy the log's signing keys to this other, empty folder. Secret."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the backup and say what is in it. Raises ``CommandError``."""
        folder, keys = options["folder"], options["keys"]
        try:
            if keys:
                self.stdout.write(f"Signing keys: {creating.copy_keys(keys, backup=folder)} (secret).")
            manifest = creating.create(folder)
        except (BackupError, ProgramError, NoSigningKeyError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Backed up {manifest.log.seq} records (epoch {manifest.log.epoch}) to {folder}:")
        for name, digest in manifest.files.items():
            self.stdout.write(f"  {name}  sha256 {digest}")
        if not keys:
            self.stdout.write("The log's signing keys and the environment are not in it. Store them separately.")
        self.stdout.write(f"Nothing else under {settings.VAR_DIR} needs a backup.")
