"""The steps of an upgrade, in order: each says what it would do, and does it. For ``manage.py upgrade``."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from psycopg.errors import LockNotAvailable

from accounts.services import roles
from articles.models import ProjectionVersion
from articles.services import matching, projection_versions
from articles.services.log import projection

#: A statement of a migration that waits longer for a table gives up: requests that came after it would wait as long.
LOCK_SECONDS: Final = 5
_ATTEMPTS: Final = 5
_PAUSE_SECONDS: Final = 2.0
#: The key of the lock that two upgrades at once compete for.
LOCK_KEY: Final = 5_723_001


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name, what it would do now (nothing when it is done), and how it is done."""

    name: str
    pending: Callable[[], list[str]]
    run: Callable[[], None]


@contextmanager
def alone() -> Iterator[None]:
    """Wait for another upgrade of this database to end; statements give up after ``LOCK_SECONDS`` without a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_KEY])
        cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])


def prepare() -> list[Step]:
    """What is done while the processes of the old version still serve."""
    return [
        Step("Migrations", pending_migrations, _migrate),
        Step("Roles", pending_roles, _grant),
        Step("Static files", pending_files, _collect),
    ]


def finish() -> list[Step]:
    """What is done when no process of the old version writes any more: it would write rows as it knows them."""
    return [
        _projection("published", projection.VERSION, "rebuild_published"),
        _projection("matching", matching.VERSION, "rebuild_matching"),
    ]


def pending_migrations() -> list[str]:
    """The migrations that the database lacks, in the order in which they will run."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label} {migration.name}" for migration, _backwards in plan]


def pending_roles() -> list[str]:
    """The permissions that roles get; compared only when no migration is missing."""
    if pending_migrations():
        return []  # the migrations grant them, and make the table that is compared with
    return [f"{update.role.name}: {', '.join(update.added) or 'noted'}" for update in roles.pending_updates()]


def pending_files() -> list[str]:
    """Static files that were not collected yet. A file whose content changed is not among them; it is collected too."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return []  # with DEBUG files are served from where they are
    hashed, _hash = staticfiles_storage.load_manifest()
    return sorted({path for finder in get_finders() for path, _storage in finder.list([]) if path not in hashed})


def _migrate() -> None:
    """Migrate; begin again a few times when a table was not free in time. What was migrated stays."""
    for left in reversed(range(_ATTEMPTS)):
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            if left == 0 or not isinstance(error.__cause__, LockNotAvailable):
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _grant() -> None:
    call_command("roles", "--apply")


def _collect() -> None:
    if settings.STATIC_ROOT:
        call_command("collectstatic", interactive=False, verbosity=0)


def _projection(name: str, version: int, command: str) -> Step:
    """The step that computes a set of rows again when another version of the code computed them."""

    def pending() -> list[str]:
        if ProjectionVersion._meta.db_table not in connection.introspection.table_names():
            return [f"{command}, after the migrations"]
        known = projection_versions.recorded().get(name)
        was = "unknown" if known is None else str(known)
        return [] if known == version else [f"{command}: version {was}, the code has {version}"]

    def run() -> None:
        if pending():
            call_command(command, verbosity=0)

    return Step(f"Rows computed by {command}", pending, run)
