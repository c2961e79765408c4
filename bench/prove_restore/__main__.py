"""Proves that a backup can be restored: ``python -m bench.prove_restore``; exit code 1 when something is lost.

The demo newsroom is loaded, backed up, and more is published. Then the backup is restored twice into new databases:
beside a checkpoint file of its own, where every record must have the same bytes and every table the same rows; and
beside today's file, where signing must be refused with the owner's name and the file must not change. The first
database must still sign after that. A second restore and a damaged dump must be refused. In scratch databases and a
folder that are removed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from bench import scratch
from lib.transparency import signed_notes

ROOT = Path(__file__).resolve().parents[2]
HOST = "facts.example.org"
ORIGIN = f"{HOST}/log"
#: Seconds that one command may take.
PATIENCE = 300
_SIGN = "from articles.services.log import checkpoints; print('signed', checkpoints.current().size)"
_RECORDS = "SELECT seq, claim_id, at, body, sha256, previous_sha256, leaf, root FROM articles_record WHERE seq <= %s"


def environment(folder: Path) -> dict[str, str]:
    """The environment of a production site that writes to ``folder``."""
    return {
        **{"DEBUG": "0", "SECRET_KEY": "only-for-this-proof" * 4, "SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": HOST},
        **{"READERS_DATABASE_URL": "", "LOG_LEVEL": "ERROR", "EMAIL_URL": "dummy:", "VAR_DIR": str(folder)},
        **{"LOG_CHECKPOINT_FILE": str(folder / "checkpoints.log"), "LOG_ORIGIN": ORIGIN, "LOG_SIGNING_KEY_FILE": ""},
        **{
            "LOG_SIGNING_KEY": signed_notes.generate(ORIGIN).secret_key(),
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        },
    }


def run(*arguments: str, **extra: str) -> tuple[int, str]:
    """Run a command of manage.py; returns its exit code and all that it printed."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *arguments],
        **{"cwd": ROOT, "env": {**os.environ, **extra}, "timeout": PATIENCE},
        **{"capture_output": True, "text": True, "check": False},
    )
    return done.returncode, done.stdout + done.stderr


def manage(*arguments: str, **extra: str) -> str:
    """The same for a command that must work. Raises SystemExit when it fails."""
    code, printed = run(*arguments, **extra)
    if code != 0:
        raise SystemExit(f"{' '.join(arguments[:2])} failed:\n{printed[-4000:]}")
    return printed


def publish(records: int) -> None:
    """Append so many records to the log of DATABASE_URL, each in a transaction of its own."""
    from django.db import connections, transaction
    from django.utils import timezone

    from articles.services.log import publication_log

    for _ in range(records):
        claim = uuid4()
        url = f"https://{HOST}/claims/{claim}/"
        document = {"claim": {"id": str(claim), "url": url, "language": "en", "topics": []}}
        with transaction.atomic():
            publication_log.append(
                document, claim_id=claim, revision=1, kind="published", at=timezone.now(), previous=None
            )
    connections.close_all()


def records_of(database: str, up_to: int) -> list[tuple[object, ...]]:
    """Every column of the log's records that readers can verify."""
    with psycopg.connect(database) as desk:
        return desk.execute(f"{_RECORDS} ORDER BY seq", [up_to]).fetchall()  # type: ignore[arg-type]


def contents_of(database: str) -> dict[str, tuple[int, str]]:
    """The number of rows of each table and a hash of all of them: accounts, the desk, files of evidence, the queue."""
    with psycopg.connect(database) as desk:
        names = desk.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        statement = "SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM {} t"
        found = {name: desk.execute(sql.SQL(statement).format(sql.Identifier(name))).fetchone() for (name,) in names}
    return {name: (row[0], row[1] or "") for name, row in found.items() if row}


def count_of(database: str) -> int:
    """How many records the log has."""
    with psycopg.connect(database) as desk:
        row = desk.execute("SELECT seq FROM articles_head").fetchone()
    return int(row[0]) if row else 0


class Drill:
    """The first database, its backup, and what went wrong."""

    def __init__(self, folder: Path, first: str, base: str) -> None:
        self.folder, self.first, self.base = folder, first, base
        self.backup, self.today = folder / "backup", folder / "checkpoints.log"
        self.faults: list[str] = []
        #: Of every table when the backup was made.
        self.contents: dict[str, tuple[int, str]] = {}

    def expect(self, holds: bool, fault: str) -> None:
        """Note a fault unless the condition holds."""
        if not holds:
            self.faults.append(fault)

    def refused(self, words: tuple[str, ...], *arguments: str, **extra: str) -> None:
        """A command must fail, and say these words."""
        code, printed = run(*arguments, **extra)
        missing = [word for word in words if word not in printed]
        self.expect(code != 0 and not missing, f"{arguments[0]}: exit {code}, without {missing}: {printed[-600:]}")

    def restore_alone(self, records: int) -> None:
        """Into an empty database with a checkpoint file of its own: every record is there, byte for byte."""
        own = {"LOG_CHECKPOINT_FILE": str(self.folder / "restored" / "checkpoints.log")}
        with scratch.database_url("restored", base=self.base) as url:
            printed = manage("restore", str(self.backup), **own)
            self.expect(f"The log holds: {records} records" in printed, f"restore printed {printed}")
            self.expect(records_of(url, records) == records_of(self.first, records), "records differ from the original")
            restored = contents_of(url)
            other = [name for name in {**self.contents, **restored} if self.contents.get(name) != restored.get(name)]
            self.expect(not other, f"tables differ from the original: {', '.join(other)}")
            manage("verify_log", **own)
            manage("checkpoint_owner", "--take-over", **own)
            self.expect(f"signed {records}" in manage("shell", "-c", _SIGN, **own), "the restored log was not signed")
            self.refused(("is not empty",), "restore", str(self.backup), **own)

    def restore_beside_today(self) -> None:
        """Beside today's checkpoint file: named, refused, and nothing is written to the file."""
        before = self.today.read_bytes()
        with scratch.database_url("yesterday", base=self.base):
            printed = manage("restore", str(self.backup))
            self.expect("new_epoch" in printed, f"restore does not name new_epoch: {printed}")
            words = ("No checkpoint is signed", f"belongs to {ORIGIN}, epoch ")
            self.refused(words, "shell", "-c", _SIGN)
            self.refused(words, "checkpoint_owner", "--take-over")
        self.expect(self.today.read_bytes() == before, "the restored copy changed today's checkpoint file")

    def restore_damaged(self) -> None:
        """A dump with one other byte is refused before anything is restored."""
        damaged = self.folder / "damaged"
        shutil.copytree(self.backup, damaged)
        dump = bytearray((damaged / "database.dump").read_bytes())
        dump[len(dump) // 2] ^= 1
        (damaged / "database.dump").write_bytes(dump)
        with scratch.database_url("damaged", base=self.base):
            self.refused(("is damaged",), "restore", str(damaged))


def prove(folder: Path, first: str, base: str, options: argparse.Namespace) -> int:
    """Back up, publish more, restore; prints what was counted, returns the exit code."""
    import django

    began = time.monotonic()
    django.setup()
    manage(*(("migrate", "--verbosity", "0") if options.no_demo else ("demo", "--no-serve")), DEBUG="1")
    publish(options.records)
    manage("shell", "-c", _SIGN)
    records, drill = count_of(first), Drill(folder, first, base)
    drill.contents = contents_of(first)
    manage("backup", str(drill.backup), "--keys", str(folder / "keys"))
    publish(options.records)
    manage("shell", "-c", _SIGN)
    drill.restore_alone(records)
    drill.restore_beside_today()
    drill.restore_damaged()
    publish(1)
    last = count_of(first)
    drill.expect(f"signed {last}" in manage("shell", "-c", _SIGN), "the first database cannot sign any more")
    manage("verify_log")
    print(f"{sum(row[0] for row in drill.contents.values())} rows of {len(drill.contents)} tables compared")
    print(
        f"{records} records backed up, {last - records} published later, {time.monotonic() - began:.0f} s: "
        + ("; ".join(drill.faults) or "all restored, byte for byte; copies were refused; the original still signs")
    )
    return 1 if drill.faults else 0


def main() -> int:
    """Read the numbers, make the scratch database and folder, and remove both in any case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=300, help="how many are published before and after the backup")
    parser.add_argument("--no-demo", action="store_true", help="begin with an empty newsroom")
    options = parser.parse_args()
    folder, base = Path(tempfile.mkdtemp(prefix="fc-restore-")), scratch.server()
    os.environ.update(environment(folder))
    try:
        with scratch.database_url("backup", base=base, template=scratch.migrated()) as url:
            return prove(folder, url, base, options)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
