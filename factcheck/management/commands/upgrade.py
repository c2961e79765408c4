"""``manage.py upgrade``: what a new version needs besides its code. See docs/upgrading.md."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck import __version__, upgrade_steps

#: How many things of one step are listed.
_LISTED = 12


class Command(BaseCommand):
    """Prepares the database and the files for this version, and finishes when the old one no longer runs."""

    help = (
        "Brings the database and the static files to this version. prepare: migrations, roles, static files, while the "
        "old version still serves. finish: computes rows again if their code changed, after the old processes ended. "
        "all: both, for a stopped site. Each part can be repeated."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which part, and whether to do it."""
        parser.add_argument("part", nargs="?", choices=["prepare", "finish", "all"], default="all")
        parser.add_argument(
            "--check",
            "--dry-run",
            action="store_true",
            help="Only say what would be done; exit code 1 when there is any.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say and do each step in order. Raises ``CommandError`` when a check finds something."""
        part = options["part"]
        steps = [
            *(upgrade_steps.prepare() if part != "finish" else ()),
            *(upgrade_steps.finish() if part != "prepare" else ()),
        ]
        self.stdout.write(f"Factcheck {__version__}")
        if options["check"]:
            self._check(steps)
            return
        with upgrade_steps.alone():
            if part == "finish" and upgrade_steps.pending_migrations():
                raise CommandError("Migrations are missing: run manage.py upgrade prepare first.")
            for step in steps:
                self._list(step.name, step.pending())
                step.run()
        self.stdout.write("Done.")

    def _check(self, steps: list[upgrade_steps.Step]) -> None:
        found = 0
        for step in steps:
            pending = step.pending()
            found += len(pending)
            self._list(step.name, pending)
        if found:
            raise CommandError("There is something to do: run manage.py upgrade.")
        self.stdout.write("Everything belongs to this version.")

    def _list(self, name: str, pending: list[str]) -> None:
        self.stdout.write(f"{name}: {len(pending) or 'nothing to do'}")
        for line in pending[:_LISTED]:
            self.stdout.write(f"  {line}")
        if len(pending) > _LISTED:
            self.stdout.write(f"  … and {len(pending) - _LISTED} more")
