"""Restoring a backup into an empty database, and comparing its log with the manifest and the file of checkpoints."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.version import get_version_tuple

from articles.selectors.log import checkpoint_file, log_verification
from articles.selectors.log.checkpoint_file import CheckpointFileError, SignedCheckpoint
from articles.services.log import checkpoints
from factcheck import __version__, upgrade_steps
from factcheck.backups import files, programs
from factcheck.backups.files import BackupError, Manifest

#: Tables, views and sequences that belong to no extension, outside the schemas of PostgreSQL.
_RELATIONS = """
    SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND n.nspname NOT IN ('information_schema', 'pg_catalog', 'pg_toast')
      AND n.nspname NOT LIKE 'pg_temp%'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""


def restore(folder: Path) -> Manifest:
    """Restore the dump of ``folder`` in one transaction. Hashes are verified first.

    Raises ``BackupError`` for a damaged backup, one of a newer version, and a database that is not empty, and
    ``ProgramError``.
    """
    manifest = files.read(folder)
    if get_version_tuple(manifest.version) > get_version_tuple(__version__):
        raise BackupError(
            f"The backup is of Factcheck {manifest.version} and this is {__version__}. Install that version first."
        )
    version = programs.server_version()
    if version < manifest.postgresql:
        raise BackupError(
            f"The backup is of PostgreSQL {manifest.postgresql} and this server is {version}. "
            "Use a server of the same version or a newer one."
        )
    with connection.cursor() as cursor:
        cursor.execute(_RELATIONS)
        (relations,) = cursor.fetchone()
    if relations:
        raise BackupError(
            f"The database {connection.settings_dict['NAME']} is not empty ({relations} tables, views and sequences). "
            "Create a new database and name it in DATABASE_URL."
        )
    program = programs.find("pg_restore", at_least=max(version, manifest.pg_dump))
    options = ("--no-owner", "--no-comments", "--exit-on-error", "--single-transaction")
    programs.run(program, *options, str(folder / files.DUMP))
    return manifest


def restore_checkpoints(folder: Path, manifest: Manifest) -> bool:
    """Copy the file of checkpoints to its place if there is none yet; returns whether it was copied.

    A file that is there may have newer lines, so it is never replaced.
    """
    target = Path(settings.LOG_CHECKPOINT_FILE)
    if files.CHECKPOINTS not in manifest.files or (target.exists() and target.stat().st_size):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / files.CHECKPOINTS, target)
    return True


def verify(folder: Path, manifest: Manifest) -> int:
    """Recompute the restored log; returns the number of records.

    It must be the log of the manifest and of the checkpoints in the backup. Raises ``BackupError`` and
    ``LogDiffersError``.
    """
    with log_verification.snapshot():
        head = log_verification.head()
        found = (str(head.epoch), head.seq, bytes(head.root).hex())
        if found != (manifest.log.epoch, manifest.log.seq, manifest.log.root):
            raise BackupError(f"The restored log is not that of the manifest: {found}.")
        kept = checkpoint_file.read(folder / files.CHECKPOINTS, manifest.log.origin)
        signed = {line.size: line.root for line in kept if line.size and line.epoch == manifest.log.epoch}
        return sum(1 for _ in log_verification.verify(signed))


def advise() -> Iterator[str]:
    """What the operator must do now, in sentences."""
    if missing := upgrade_steps.pending_migrations():
        yield f"{len(missing)} migrations are missing: run manage.py upgrade before you start the site."
        return
    try:
        last = checkpoints.owner()
    except CheckpointFileError as error:
        yield f"{settings.LOG_CHECKPOINT_FILE} cannot be used. {error}"
        return
    head = log_verification.head()
    if last is None:
        yield "The file of checkpoints has none of this log, so records that were published later are not known here."
    elif _continues(last):
        yield (
            "No signed record is missing. If this database replaces the former one, run manage.py checkpoint_owner "
            "--take-over. For a test or staging site set another LOG_CHECKPOINT_FILE and LOG_ORIGIN instead."
        )
    else:
        yield (
            f"The log has {head.seq} records (epoch {head.epoch}). The file of checkpoints belongs to {last.origin}, "
            f"epoch {last.epoch}, and a checkpoint of {last.size} records was signed: public records are missing. If "
            "this database replaces the former one, run manage.py new_epoch before anything is published, and follow "
            "the steps in docs/log.md. For a test or staging site set another LOG_CHECKPOINT_FILE and LOG_ORIGIN."
        )
        return
    yield "If anything was published after the backup was made, run manage.py new_epoch before you publish again."


def _continues(last: SignedCheckpoint) -> bool:
    """Whether the restored log contains the tree that was signed last."""
    head = log_verification.head()
    if last.epoch != str(head.epoch) or last.size > head.seq:
        return False
    return log_verification.root_at(last.size) == last.root
