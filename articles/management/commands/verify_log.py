"""``manage.py verify_log``: was anything that was published rewritten?"""

import json
import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.models import Head
from articles.selectors.log import checkpoint_file, log_verification
from articles.selectors.readers import log


class Command(BaseCommand):
    """Recompute the log from its first record to its head."""

    help = (
        "Recomputes the whole publication log. Exit code 1, with the first number that is wrong, when a record was "
        "edited, dropped, swapped or re-numbered."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to write what was verified, if anywhere."""
        parser.add_argument(
            "--export", metavar="FILE", help="Write entry, hash and root of every record, and the head, as JSON lines."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One pass over one snapshot, so that publishing may go on meanwhile."""
        try:
            with log_verification.snapshot():
                head, count = self._verify(options["export"])
        except checkpoint_file.CheckpointFileError as error:
            raise CommandError(f"{settings.LOG_CHECKPOINT_FILE} cannot be compared with the log. {error}") from error
        except log_verification.LogDiffersError as error:
            finding = error.finding
            raise CommandError(
                f"The log is not what was published. First bad seq: {finding.seq}: {finding.problem}."
            ) from error
        self.stdout.write(f"The log holds: {count} records.")
        self.stdout.write(f"seq   {head.seq}\nroot  {bytes(head.root).hex()}\nepoch {head.epoch}")

    def _verify(self, export: str | None) -> tuple[Head, int]:
        head, count = log_verification.head(), 0
        with _lines(export) as lines:
            for count, checked in enumerate(log_verification.verify(_signed(head)), start=1):  # noqa: B007 - the last one is the count
                _write(
                    lines,
                    entry=checked.entry.decode(),
                    sha256=bytes(checked.record.sha256).hex(),
                    root=checked.root.hex(),
                )
            _write(lines, head={"epoch": str(head.epoch), "seq": head.seq, "root": bytes(head.root).hex()})
        return head, count


def _signed(head: Head) -> dict[int, bytes]:
    """The root for each size that a checkpoint was signed for, under the log's present name.

    With DEBUG on, databases come and go: there only those of this one count.
    """
    kept = checkpoint_file.read(Path(settings.LOG_CHECKPOINT_FILE), settings.LOG_ORIGIN)
    if settings.DEBUG:
        own = (str(head.epoch), log.database())
        kept = (c for c in kept if (c.epoch, c.database or own[1]) == own)
    return {c.size: c.root for c in kept if c.size}


@contextmanager
def _lines(export: str | None) -> Iterator[IO[str] | None]:
    """A file beside the wanted one, which takes its place only when the block ends well."""
    if export is None:
        yield None
        return
    target = Path(export)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    except (OSError, ValueError) as error:
        raise CommandError(f"{target} cannot be written: {getattr(error, 'strerror', None) or error}.") from error
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as lines:
            yield lines
            lines.flush()
            os.fsync(lines.fileno())
        _put_in_place(name, target)
    finally:
        Path(name).unlink(missing_ok=True)


def _put_in_place(name: str, target: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    try:
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, target)
    except OSError as error:
        raise CommandError(f"{target} cannot be written: {error.strerror}.") from error


def _write(lines: IO[str] | None, **line: Any) -> None:
    if lines:
        lines.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
