"""What every test may use: people of each role, the readers' connection inside a test's own transaction, a clean log.

A test that needs committed data (a live server, two connections) says
``@pytest.mark.django_db(transaction=True, databases=["default", "readers"])``.
"""

import gc
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import TransactionTestCase
from playwright.sync_api import Browser
from psycopg import pq

from accounts import roles, services
from accounts.models import User
from articles.services.library import topic_views
from lib.transparency import signed_notes
from tests import browsers, claim_copies, counted, static_digest, template_database
from tests.browsers import chromium
from tests.demo_fixtures import demo  # noqa: F401 - a fixture
from tests.slowest import Slowest

#: Filled by migrations; a test that commits leaves them in place.
_KEPT_TABLES = (
    "articles_rating",
    "articles_head",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "accounts_rolepolicy",
)
#: The tables of these apps are emptied after a test that commits.
_CLEANED = (
    *("articles", "accounts", "partners", "notifications", "caching", "jobs", "followers", "procrastinate"),
    *("account", "mfa", "socialaccount", "usersessions"),
)
#: These refer to each other by constraints that are checked at once; in this order rows can be deleted.
_IN_ORDER = ["procrastinate_periodic_defers", "procrastinate_events", "procrastinate_jobs", "procrastinate_workers"]
PASSWORD = "factcheck-demo"


@pytest.fixture(autouse=True, scope="session")
def _passwords_are_hashed_fast() -> None:
    """The real hash takes a third of a second by design, and so does the pause after a wrong password."""
    configured.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    configured.SIGN_IN_PAUSE_SECONDS = 0.0


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_looked_for_when_asked_for() -> None:
    """As on a developer's machine. Else each new client goes through all of them, which takes longer than a page."""
    configured.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def _no_test_knows_another_tests_checkpoints(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> None:
    """Logs of tests come and go: each signs its checkpoints into a file of its own, whoever asks for one."""
    settings.LOG_CHECKPOINT_FILE = str(tmp_path_factory.getbasetemp() / f"checkpoints-{uuid.uuid4().hex}.log")


@pytest.fixture
def signer(settings: Any) -> signed_notes.Signer:
    """A key for the log, which signs its checkpoints."""
    made = signed_notes.generate(settings.LOG_ORIGIN)
    settings.LOG_SIGNING_KEY = made.secret_key()
    return made


@pytest.fixture
def chrome() -> Iterator[Browser]:
    """A Chromium, or a skip that says what is missing."""
    with chromium() as browser:
        yield browser


def pytest_sessionfinish() -> None:
    """End the browser of this process."""
    browsers.stop()


def pytest_xdist_auto_num_workers() -> int:
    """One more worker than cores: tests of worker processes, servers and browsers wait for most of their time."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    """A long run ends with the files that took the most processor time."""
    config.pluginmanager.register(Slowest())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that in the end no worker is waited for while the other has nothing to do."""
    counted.mark(items)
    items.sort(key=lambda item: not any(item.iter_markers("slow")))


def pytest_collection_finish() -> None:
    """What is imported and collected stays until the end: looking for garbage in it took a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def _no_test_writes_what_another_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process gathers what is read; a browser's test may leave some of it behind."""
    monkeypatch.setattr(topic_views, "COUNTER", topic_views.ViewCounter())
    claim_copies.watch(monkeypatch)


@pytest.fixture
def django_capture_on_commit_callbacks(django_capture_on_commit_callbacks: Any) -> Any:
    """The framework's own, inside which every claim is made: a copy of a claim has no callbacks."""

    @contextmanager
    def capturing(**given: Any) -> Iterator[Any]:
        with claim_copies.switched_off(), django_capture_on_commit_callbacks(**given) as callbacks:
            yield callbacks

    return capturing


@pytest.fixture
def now() -> datetime:
    """The moment at which a test's acts happen."""
    return datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


_PEOPLE = {
    "reporter": roles.REPORTER,
    "colleague": roles.REPORTER,
    "checker": roles.CHECKER,
    "second_checker": roles.CHECKER,
    "editor": roles.EDITOR,
    "administrator": roles.ADMINISTRATOR,
}
#: The people's rows as the service made them in this process's first test, and the role of each.
_made: list[tuple[User, roles.Role]] = []


@pytest.fixture
def people(db: None) -> SimpleNamespace:
    """One person of each role, and a second reporter and checker."""
    return everyone()


def everyone() -> SimpleNamespace:
    """``people``, for a fixture that outlives a test.

    Made by the service once; later tests get the same rows in three statements instead of forty, which every test pays.
    """
    alone = not User.objects.filter(username__in=_PEOPLE).exists()
    if alone and _made:
        return SimpleNamespace(**_made_again())
    found = {username: _user(username, role) for username, role in _PEOPLE.items()}
    if alone:
        _made[:] = [(copy(user), _PEOPLE[username]) for username, user in found.items()]
    return SimpleNamespace(**found)


def _user(username: str, role: roles.Role) -> User:
    if not Group.objects.filter(name=role.name).exists():
        services.ensure_roles()
    return services.ensure_user(username=username, password=PASSWORD, role=role, full_name=f"{username.title()} Test")


def _made_again() -> dict[str, User]:
    """With the same numbers, so that rows which name these people can be copied as well (claim_copies.py)."""
    fields = [f.attname for f in User._meta.concrete_fields if f.name != "date_joined"]
    users = [User(**{name: getattr(user, name) for name in fields}) for user, _role in _made]
    User.objects.bulk_create(users)
    newest = max(user.pk for user in users)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval('accounts_user_id_seq', greatest(%s, last_value)) FROM accounts_user_id_seq", [newest]
        )
    groups = dict(Group.objects.values_list("name", "pk"))
    membership = User.groups.through
    membership.objects.bulk_create(
        membership(user=user, group_id=groups[role.name]) for user, (_user, role) in zip(users, _made, strict=True)
    )
    return {user.username: user for user in users}


class _ReadersInsideDefault(DatabaseWrapper):
    """The readers' connection on the desk's connection, for tests whose data is never committed.

    Each query still runs as the readers' role, so a query that touches a desk table fails as it would in production.
    """

    def cursor(self) -> Any:
        wrapped = super().cursor()
        execute = wrapped.execute

        def as_reader(sql: Any, params: Any = None) -> Any:
            self._become(b"SET LOCAL ROLE factcheck_readers")
            try:
                return execute(sql, params)
            finally:
                if not self.needs_rollback and self.connection.info.transaction_status.name != "INERROR":
                    self._become(b"RESET ROLE")

        wrapped.execute = as_reader
        return wrapped

    def _become(self, statement: bytes) -> None:
        """Straight through libpq: a Django cursor for each costs more than most queries of the readers' connection."""
        result = self.connection.pgconn.exec_(statement)
        if result.status != pq.ExecStatus.COMMAND_OK:
            raise AssertionError(result.error_message.decode())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """Test databases are copies of one that is migrated already."""
    with django_db_blocker.unblock():
        template = template_database.ensure()
    connection.settings_dict["TEST"]["TEMPLATE"] = template
    # For the small versions of proofs.
    os.environ |= {"SCRATCH_TEMPLATE": template, "SCRATCH_STATIC": str(static_digest.folder())}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The framework's own; it drops the database, and does not know that the readers' connection is the same one.

    A test database need not survive a crash: commits do not wait for the disk.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" SET synchronous_commit = off')
        cursor.execute("SET synchronous_commit = off")
    yield
    connections["readers"].close()


@pytest.fixture(autouse=True)
def _readers_see_the_test(request: pytest.FixtureRequest) -> Iterator[None]:
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or "live_server" in request.fixturenames
    if commits or (marker and marker.kwargs.get("transaction")):
        yield
        return
    shared = object.__new__(_ReadersInsideDefault)
    shared.__dict__ = connections["default"].__dict__
    real = connections["readers"]
    connections["readers"] = shared
    yield
    connections["readers"] = real


def _clean_tables(self: TransactionTestCase) -> None:
    """Empty what a committing test wrote, again where a browser's last request wrote meanwhile."""
    for tries_left in (3, 2, 1, 0):
        try:
            _empty_tables()
            break
        except IntegrityError:
            if not tries_left:
                raise
    connections["readers"].close()


def _empty_tables() -> None:
    """Delete all rows. The append-only guards stand down for it, and for nothing else.

    Only tables that hold something are touched: truncating all of them took longer than most tests.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE ANY (%s)",
            [[*(f"{app}\\_%" for app in _CLEANED), "django\\_admin\\_log", "django\\_session"]],
        )
        tables = [name for (name,) in cursor.fetchall() if name not in _KEPT_TABLES]
        cursor.execute(" UNION ALL ".join(f"SELECT '{n}' WHERE EXISTS (SELECT 1 FROM \"{n}\")" for n in tables))  # noqa: S608
        filled = sorted((name for (name,) in cursor.fetchall()), key=lambda n: n in _IN_ORDER and _IN_ORDER.index(n))
        for name in filled:
            cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in filled:
            cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
        cursor.execute(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename), start_value, false) FROM pg_sequences "
            "WHERE last_value IS NOT NULL AND sequencename LIKE ANY (%s)",
            [[f"{name}\\_%\\_seq" for name in filled]],
        )
        cursor.execute("UPDATE articles_head SET seq = 0, frontier = '{}', root = sha256('')")


@pytest.fixture(autouse=True, scope="session")
def _committing_tests_clean_up() -> Iterator[None]:
    original = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = _clean_tables  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[method-assign]
