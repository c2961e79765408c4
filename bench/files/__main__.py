"""Measures files as rows of the database beside files on disk: ``python -m bench.files``, a minute.

Files of random bytes, as photographs and PDFs look to a compressor, are kept under their SHA-256, read back, and
backed up: by pg_dump from a table like ``articles_attachment``, and by tar from a folder. In a scratch database and a
folder that are removed.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psycopg

from bench import scratch
from factcheck.backups import programs

_TABLE = """
CREATE TABLE files (sha256 text PRIMARY KEY, content bytea NOT NULL, CHECK (encode(sha256(content), 'hex') = sha256))
"""


def contents(files: int, size: int) -> Iterator[tuple[str, bytes]]:
    """So many files with their names."""
    for _ in range(files):
        content = os.urandom(size)
        yield hashlib.sha256(content).hexdigest(), content


def timed(what: str, megabytes: float, act: Callable[[], object]) -> None:
    """Run it; print seconds and megabytes in a second."""
    began = time.monotonic()
    act()
    spent = time.monotonic() - began
    print(f"  {what:34} {spent:6.1f} s, {megabytes / spent:6.0f} MB/s", flush=True)


def in_database(url: str, folder: Path, files: int, size: int) -> None:
    """Rows: each written in a transaction of its own, read, dumped."""
    megabytes, names = files * size / 1e6, []
    with psycopg.connect(url, autocommit=True) as desk:
        desk.execute(_TABLE)

        def write() -> None:
            for name, content in contents(files, size):
                desk.execute("INSERT INTO files VALUES (%s, %s)", [name, content])
                names.append(name)

        def read() -> None:
            for name in names:
                desk.execute("SELECT content FROM files WHERE sha256 = %b", [name], binary=True).fetchone()

        timed("rows, written one by one", megabytes, write)
        timed("rows, read one by one", megabytes, read)
        row = desk.execute("SELECT pg_total_relation_size('files'), current_setting('server_version_num')").fetchone()
    held, version = row or (0, "0")
    program, dump = programs.find("pg_dump", at_least=int(version) // 10_000), folder / "dump"
    command = [str(program), "--format=custom", f"--file={dump}", f"--dbname={url}"]
    print(f"  {megabytes:.0f} MB of files take {held / 1e6:.0f} MB in the table", flush=True)
    for level in ("6", "1"):
        with_level = [*command, f"--compress={level}"]
        dumped = partial(subprocess.run, with_level, check=True)
        timed(f"rows, pg_dump with level {level}", megabytes, dumped)
        print(f"    the dump has {dump.stat().st_size / 1e6:.0f} MB", flush=True)


def on_disk(folder: Path, files: int, size: int) -> None:
    """Files: each written and synced, read, put into a tar."""
    megabytes, kept = files * size / 1e6, folder / "kept"
    kept.mkdir()

    def write() -> None:
        for name, content in contents(files, size):
            with (kept / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())

    def backup() -> None:
        with tarfile.open(folder / "kept.tar", "w") as archive:
            archive.add(kept)

    timed("files, written and synced", megabytes, write)
    timed("files, read one by one", megabytes, lambda: [path.read_bytes() for path in kept.iterdir()])
    timed("files, tar", megabytes, backup)


def main() -> int:
    """Read the numbers, and remove everything in any case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--kilobytes", type=int, default=1500, help="the size of each")
    options = parser.parse_args()
    os.environ.update(DEBUG="1", DJANGO_SETTINGS_MODULE="factcheck.settings")
    with (
        tempfile.TemporaryDirectory(prefix="fc-files-") as folder,
        scratch.database_url("files", template=scratch.migrated()) as url,
    ):
        in_database(url, Path(folder), options.files, options.kilobytes * 1000)
        on_disk(Path(folder), options.files, options.kilobytes * 1000)
    return 0


if __name__ == "__main__":
    sys.exit(main())
