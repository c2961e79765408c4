"""``manage.py import_archive``: the published checks of another system become drafts or records."""

import json
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import User
from articles.choices import Surface
from articles.services import audit
from articles.services.archive import importing, plans, reports
from articles.services.archive.assessment import Item, Outcome
from articles.services.archive.plans import Plan
from lib.archives import ratings
from lib.archives.entries import ArchiveError
from lib.parsing.days import parse_day
from lib.parsing.errors import ParseError
from lib.refusals import RefusedError

SOME_REFUSED: Final = 2
#: Seconds between two lines of progress.
_PERIOD: Final = 5.0
#: So many refused or doubtful rows are shown on the terminal; the report has all.
_SHOWN: Final = 20


class Command(BaseCommand):
    """Import the archive of an earlier system."""

    help = (
        "Imports published checks: a ClaimReview feed, JSON lines, CSV, a WordPress export or a folder of saved pages. "
        "Rows become drafts; with --publish they become records. Begin with --dry-run. The same file again takes "
        "nothing twice, and a run that was stopped goes on. Exit code 0: all taken or there already; 1: the file "
        "could not be read; 2: some rows were refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the person, and how rows are read."""
        parser.add_argument("file", metavar="FILE", help="A file, or a folder of saved pages (.html).")
        parser.add_argument("--by", required=True, metavar="NAME", help="Username of the person who answers for it.")
        parser.add_argument("--dry-run", action="store_true", help="Report what would happen and keep nothing.")
        parser.add_argument("--publish", action="store_true", help="Publish the rows that are not doubtful.")
        parser.add_argument("--report", metavar="PATH", help="A line for each row: CSV, or JSON lines (.jsonl).")
        parser.add_argument("--ratings", metavar="PATH", help="CSV table: their rating, our rating.")
        parser.add_argument("--write-ratings", metavar="PATH", help="Write such a table with proposals.")
        parser.add_argument("--rating-for-unmapped", metavar="KEY", default="", help="Our rating for all others.")
        parser.add_argument("--date-for-undated", metavar="DAY", default="", help="Day of checks without a day.")
        parser.add_argument("--language", metavar="TAG", default="", help="Language of rows that name none.")
        parser.add_argument("--from", dest="origin", metavar="TEXT", default="", help="Name of the earlier site.")
        parser.add_argument("--site", metavar="URL", default="", help="The earlier site: its addresses lead here.")
        parser.add_argument("--columns", metavar="PATH", help='JSON file, such as {"text": "Claim"}.')
        parser.add_argument("--column", action="append", default=[], metavar="NAME=COLUMN", help="text=Claim, …")
        parser.add_argument("--rating-field", metavar="NAME", default="", help="WordPress field with the rating.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, import and report; what was committed stays when the run stops."""
        counts: Counter[str] = Counter()
        try:
            plan = _plan(options)
            act = importing.preview if options["dry_run"] else importing.run
            with audit.surface(Surface.COMMAND):
                labels = self._report(act(plan), options, counts)
            if options["write_ratings"]:
                _write_ratings(Path(options["write_ratings"]), labels)
        except (ArchiveError, RefusedError) as error:
            raise CommandError(f"{options['file']}: {error}{_so_far(counts, options)}") from error
        except OSError as error:
            name = error.filename or options["report"] or options["file"]
            raise CommandError(f"{name}: {error.strerror or error}{_so_far(counts, options)}") from error
        self._summarize(counts, options)
        if counts[Outcome.REFUSED]:
            sys.exit(SOME_REFUSED)

    def _report(self, items: Iterable[Item], options: dict[str, Any], counts: Counter[str]) -> Counter[str]:
        labels: Counter[str] = Counter()
        path = Path(options["report"]) if options["report"] else None
        with reports.written(path) as report:
            for item in self._watched(items):
                counts[item.outcome] += 1
                if item.their_rating:
                    labels[item.their_rating] += 1
                if report:
                    report.add(item)
                if item.code and counts["shown"] < _SHOWN:
                    counts["shown"] += 1
                    self.stdout.write(f"{item.place}: {item.outcome.value}: {item.code}: {item.detail}")
        return labels

    def _watched(self, items: Iterable[Item]) -> Iterator[Item]:
        """The rows, with a line of progress now and then."""
        began = said = time.monotonic()
        for number, item in enumerate(items, start=1):
            yield item
            now = time.monotonic()
            if now - said >= _PERIOD:
                said = now
                self.stderr.write(f"{number} rows, {number / (now - began):.0f} a second")

    def _summarize(self, counts: Counter[str], options: dict[str, Any]) -> None:
        if counts["shown"] == _SHOWN:
            self.stdout.write("… The report (--report PATH) has all rows.")
        what = "published" if options["publish"] else "drafts"
        self.stdout.write(
            f"{counts[Outcome.TAKEN]} taken ({what}), {counts[Outcome.DOUBTFUL]} doubtful (drafts), "
            f"{counts[Outcome.THERE]} there already, {counts[Outcome.REFUSED]} refused."
            + (" Nothing was kept: this was a dry run." if options["dry_run"] else "")
        )


def _so_far(counts: Counter[str], options: dict[str, Any]) -> str:
    done = sum(counts[outcome] for outcome in Outcome)
    if options["dry_run"] or not done:
        return ""
    return f" At least {done} rows were finished before. Run the command again to go on."


def _plan(options: dict[str, Any]) -> Plan:
    table = ratings.read_table(Path(options["ratings"]), plans.current_ratings()) if options["ratings"] else {}
    return Plan(
        path=Path(options["file"]),
        by=_person(options["by"]),
        at=timezone.now(),
        is_published=options["publish"],
        table=plans.rating_table(table),
        unmapped=_rating(options["rating_for_unmapped"]),
        undated=_day(options["date_for_undated"]),
        language=options["language"],
        site=plans.parse_site(options["site"]) if options["site"] else None,
        origin=options["origin"],
        columns=_columns(options),
        rating_field=options["rating_field"],
    )


def _person(name: str) -> User:
    user = User.objects.filter(username=name.replace("\x00", "")).first()
    if user is None:
        raise CommandError(f"--by: there is nobody called {name}.")
    return user


def _rating(key: str) -> Any:
    current = plans.current_ratings()
    if key and key not in current:
        raise CommandError(f"--rating-for-unmapped: “{key}” is none of our ratings: {', '.join(current)}.")
    return current.get(key)


def _day(given: str) -> date | None:
    try:
        return parse_day(given, latest=localdate()) if given else None
    except ParseError as error:
        raise CommandError(f"--date-for-undated: {error}") from error


def _columns(options: dict[str, Any]) -> dict[str, str]:
    columns: dict[str, str] = {}
    if options["columns"]:
        try:
            read = json.loads(Path(options["columns"]).read_text(encoding="utf-8-sig"))
            columns |= {str(name): str(column) for name, column in read.items()}
        except (ValueError, AttributeError) as error:
            raise CommandError(f"--columns: {options['columns']} is no JSON object.") from error
    for pair in options["column"]:
        name, equals, column = pair.partition("=")
        if not equals:
            raise CommandError(f"--column: write NAME=COLUMN, not {pair}.")
        columns[name] = column
    return columns


def _write_ratings(path: Path, labels: Counter[str]) -> None:
    current = plans.current_ratings()
    own = plans.rating_table({})
    proposals = {
        label: own[ratings.fold(label)].key if ratings.fold(label) in own else ratings.propose(label, current)
        for label in labels
    }
    ratings.write_table(path, labels, proposals)
