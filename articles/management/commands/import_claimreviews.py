"""``manage.py import_claimreviews``: ClaimReview documents from a file become submissions."""

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

import accounts.services
from accounts.models import User
from articles.choices import Surface
from articles.services import audit, submissions
from articles.services.submissions import Outcome, Sender
from lib.claimreview import files
from lib.claimreview.errors import NothingReadableError
from lib.claimreview.files import Found
from partners.models import Partner

#: Seconds between two lines of progress where no terminal shows it in place.
_PERIOD: Final = 10.0
SOME_REFUSED: Final = 2


class Command(BaseCommand):
    """Import a file of reviews, one at a time, and print the result of each."""

    help = (
        "Takes in ClaimReview documents (JSON, JSON lines, a DataFeed, a web page with JSON-LD or microdata) as "
        "submissions for the desk. The same file twice takes nothing twice. Exit code 0: all taken or there already; "
        "1: nothing could be read; 2: some were refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, in whose name, and whether to only look."""
        parser.add_argument("file", metavar="FILE", help="Lines in .jsonl or .ndjson are read one by one.")
        parser.add_argument("--partner", default="", metavar="NAME", help="The partner newsroom they come from.")
        parser.add_argument("--by", default="", metavar="USERNAME", help="Who brings them in. Without it: “import”.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen and keep nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rows are kept as they come, so a run that was stopped goes on where it was."""
        path, sender, counts = Path(options["file"]), _sender(options), Counter[str]()
        try:
            with audit.surface(Surface.COMMAND):
                if options["dry_run"]:
                    with transaction.atomic():
                        self._run(path, sender, counts, dry_run=True)
                        transaction.set_rollback(True)
                else:
                    self._run(path, sender, counts)
        except (NothingReadableError, OSError, ValueError) as error:
            raise CommandError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
        kept = " Nothing was kept: this was a dry run." if options["dry_run"] else ""
        self.stdout.write(
            f"{counts['taken']} taken, {counts['already_there']} there already, {counts['refused']} refused.{kept}"
        )
        if counts["refused"]:
            sys.exit(SOME_REFUSED)

    def _run(self, path: Path, sender: Sender, counts: Counter[str], *, dry_run: bool = False) -> None:
        made: set[Any] = set()
        progress = _Progress(self.stderr, path)
        self.stdout.write(f"{'row':>7}  {'outcome':13}  {'submission':36}  reason")
        for outcome in submissions.take_in(found=progress.watch(path), sender=sender, at=timezone.now()):
            counts[outcome.outcome] += 1
            if outcome.outcome == "taken":
                made.add(outcome.id)
            self.stdout.write(_line(outcome, is_kept=not (dry_run and outcome.id in made)))
        progress.end()


class _Progress:
    """How far the file has been read: in place on a terminal, else a line now and then."""

    def __init__(self, out: Any, path: Path) -> None:
        self.out, self.is_terminal = out, out.isatty()
        self.total = _rows(path) if path.suffix.lower() in (".jsonl", ".ndjson") else None
        self.done, self.start = 0, time.monotonic()
        self.said = self.start

    def watch(self, path: Path) -> Iterator[Found]:
        """The reviews of the file, counted as they go by."""
        found: Any = files.in_file(path)
        if self.total is None:
            found = list(found)
            self.total = len(found)
        for one in found:
            yield one
            self.done += 1
            self._say(0.2 if self.is_terminal else _PERIOD)

    def end(self) -> None:
        """Leave the terminal's line."""
        if self.is_terminal and self.done:
            self._say(0)
            self.out.write("")

    def _say(self, period: float) -> None:
        now = time.monotonic()
        if now - self.said < period:
            return
        self.said, total = now, max(self.total or 0, self.done)
        left = (now - self.start) / max(self.done, 1) * (total - self.done)
        line = f"{self.done}/{total} rows, about {left:.0f} s left"
        self.out.write(f"\r{line:40}" if self.is_terminal else line, ending="" if self.is_terminal else "\n")


def _rows(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _line(outcome: Outcome, *, is_kept: bool) -> str:
    """A row of the table. The id of what a dry run gives up again is of no use."""
    reason = f"{outcome.code}: {outcome.detail}" if outcome.code else " ".join(outcome.notes)
    return (
        f"{outcome.index:>7}  {outcome.outcome:13}  {(outcome.id if is_kept else None) or ''!s:36}  {reason}".rstrip()
    )


def _sender(options: dict[str, Any]) -> Sender:
    partner = Partner.objects.filter(name=_name(options["partner"])).first() if options["partner"] else None
    if options["partner"] and partner is None:
        raise CommandError(f"--partner: there is no partner called {options['partner']}.")
    return Sender(partner, by=_actor(options["by"]))


def _actor(username: str) -> User:
    if not username:
        return accounts.services.ensure_import_user()
    user = User.objects.filter(username=_name(username)).first()
    if user is None:
        raise CommandError(f"--by: there is nobody called {username}.")
    return user


def _name(given: str) -> str:
    return given.replace("\x00", "\ufffd")
