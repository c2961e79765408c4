"""Making a backup: one snapshot of the database, a copy of the file of checkpoints, and on request the keys."""

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from articles.selectors.log import log_verification
from articles.services.log import signing_keys
from factcheck import __version__
from factcheck.backups import files, last_backup, programs
from factcheck.backups.files import BackupError, LogHead, Manifest


def create(folder: Path) -> Manifest:
    """Back up into ``folder``, which must be new or empty. Publishing may go on meanwhile.

    The file of checkpoints is copied first, so that the dump has every record that the copy speaks of. Raises
    ``BackupError`` and ``ProgramError``.
    """
    _make_private(folder)
    names = [files.DUMP]
    if Path(settings.LOG_CHECKPOINT_FILE).exists():
        _copy(Path(settings.LOG_CHECKPOINT_FILE), folder / files.CHECKPOINTS)
        names.append(files.CHECKPOINTS)
    version = programs.server_version()
    program = programs.find("pg_dump", at_least=version)
    with log_verification.snapshot():
        head = log_verification.head()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        created_at = datetime.now(UTC).isoformat(timespec="seconds")
        target = f"--file={folder / files.DUMP}"
        # Level 1: photographs and PDFs do not get smaller, and the usual level takes three times as long.
        programs.run(program, "--format=custom", "--compress=1", "--no-owner", f"--snapshot={snapshot}", target)
    manifest = Manifest(
        created_at=created_at,
        version=__version__,
        postgresql=version,
        pg_dump=programs.version_of(program),
        log=LogHead(settings.LOG_ORIGIN, str(head.epoch), head.seq, bytes(head.root).hex()),
        files={name: files.sha256(folder / name) for name in names},
    )
    files.write(folder, manifest)
    with suppress(OSError):  # the backup is good; only the metrics do not know of it
        last_backup.note(created_at)
    return manifest


def copy_keys(folder: Path, *, backup: Path) -> Path:
    """Write the log's signing keys to ``folder``, readable for the site's user only; returns the file.

    Raises ``BackupError`` when the folder is part of the backup or not empty, and ``NoSigningKeyError``.
    """
    if folder.resolve().is_relative_to(backup.resolve()):
        raise BackupError("The keys must not be stored in the backup: name another folder after --keys.")
    keys = [signer.secret_key() for signer in signing_keys.signers()]
    _make_private(folder)
    path = folder / "log-signing-keys"
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(keys) + "\n")
    return path


def _make_private(folder: Path) -> None:
    """A folder that is empty and, when it is new, closed to other users."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise BackupError(f"{folder} is not empty. Name a new folder.")
    except OSError as error:
        raise BackupError(f"{folder} cannot be used: {error.strerror}.") from error


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise BackupError(f"{source} cannot be copied: {error.strerror}.") from error
