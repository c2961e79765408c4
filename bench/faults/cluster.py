"""PostgreSQL servers of a proof: a primary and a streaming replica in a scratch folder, killed and started again."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg

from factcheck.postgres import account as accounts
from factcheck.postgres import server as embedded
from factcheck.postgres.server import Server

#: Seconds that a base backup, or catching up, may take.
PATIENCE = 60.0


def servers(folder: Path) -> tuple[Server, Server]:
    """The primary and the place of its replica. Nothing is started."""
    folder.chmod(0o755)
    return Server.under(folder / "primary"), Server.under(folder / "replica")


def add_replica(primary: Server, replica: Server) -> None:
    """A copy of the running primary that follows its log. Raises ServerError, and SystemExit when it cannot be made."""
    replica.home.mkdir(parents=True, mode=0o700)
    account = accounts.account_for(primary.home)
    os.chown(replica.home, account.uid, account.gid)
    accounts.let_in(account, replica.home)
    where = ["-h", str(primary.socket_dir), "-p", str(embedded.PORT), "-U", "postgres"]
    copy = ["-D", str(replica.data), "-R", "-X", "stream", "--checkpoint=fast"]
    done = subprocess.run(  # noqa: S603
        [str(embedded.programs() / "pg_basebackup"), *where, *copy],
        **{"cwd": "/", "capture_output": True, "text": True, "check": False, "timeout": PATIENCE},
        **account.process(),
    )
    if done.returncode != 0:
        raise SystemExit(f"The replica could not be made: {done.stderr.strip()}")
    replica.ensure_running()


@contextlib.contextmanager
def running(server: Server, *more: Server) -> Iterator[None]:
    """The first is started; all that run are stopped in the end."""
    server.ensure_running()
    try:
        yield
    finally:
        for one in (*more, server):
            one.stop()


def settle(server: Server) -> None:
    """All that was loaded is written to disk: recovery begins with what changed since.

    ``syncfs``: before recovery PostgreSQL makes sure that all its files are on disk, one by one by default, which took
    most of its start (docs/availability.md).
    """
    with psycopg.connect(address(server, "postgres"), autocommit=True) as asks:
        asks.execute("ALTER SYSTEM SET recovery_init_sync_method = 'syncfs'")
        asks.execute("CHECKPOINT")
    os.sync()


def copy(database: str, server: Server) -> None:
    """Everything of another database into the one of this new server. Raises CalledProcessError."""
    programs = embedded.programs()
    dump = subprocess.run(  # noqa: S603
        [str(programs / "pg_dump"), "--format=custom", f"--dbname={database}"], capture_output=True, check=True
    )
    restore = [str(programs / "pg_restore"), "--exit-on-error", "--no-owner", f"--dbname={address(server)}"]
    subprocess.run(restore, input=dump.stdout, capture_output=True, check=True)  # noqa: S603


def address(server: Server, user: str = embedded.DESK_ROLE) -> str:
    """The address of the site's database on this server."""
    place = quote(str(server.socket_dir), safe="/")
    return f"postgresql://{user}@/{embedded.DATABASE}?host={place}&port={embedded.PORT}"


def kill(server: Server) -> None:
    """SIGKILL to the server and to all its processes at once: nothing is tidied up. It must be running."""
    pid = server.pid()
    if pid is None:
        return
    for number in (pid, *children(pid)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def kill_backend(server: Server) -> bool:
    """SIGKILL to one of the site's sessions: PostgreSQL ends all others and recovers. False when there is none."""
    with contextlib.suppress(psycopg.Error), psycopg.connect(address(server, "postgres"), autocommit=True) as asks:
        found = asks.execute(
            "SELECT pid FROM pg_stat_activity WHERE usename LIKE 'factcheck%' AND pid <> pg_backend_pid()"
            " ORDER BY state = 'active' DESC, random() LIMIT 1"
        ).fetchone()
        if found:
            os.kill(found[0], signal.SIGKILL)
            return True
    return False


def children(pid: int) -> list[int]:
    """The processes that this one started and that run."""
    found: list[int] = []
    for names in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, names.read_text().split())
    return found


def catch_up(primary: Server, replica: Server) -> None:
    """Wait until the replica has all that the primary has. Raises SystemExit when it takes too long."""
    with psycopg.connect(address(primary), autocommit=True) as asks:
        row = asks.execute("SELECT pg_current_wal_lsn()").fetchone()
    until = time.monotonic() + PATIENCE
    with psycopg.connect(address(replica), autocommit=True) as asks:
        while asks.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", row).fetchone() != (True,):
            if time.monotonic() > until:
                raise SystemExit("The replica does not catch up.")
            time.sleep(0.05)
