"""How fast an archive is imported, and in how much memory: ``make bench-archive``.

Published checks are made up, written to a file of JSON lines, and imported with ``manage.py import_archive --publish``
into a scratch database that is dropped in the end. Beside it stands a bare COPY of the same rows into one table, in the
same run: only the ratio of the two counts on another machine. ``--rows 10000`` takes less patience. Exit code 1 when
something of the import is not there afterwards, or the memory is not flat.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import scratch
from bench.matching.data import generated

#: A person who may publish, in the scratch database.
PERSON = "editor"
#: Peak memory of the import over that of an import of a tenth of the rows: more than this is not flat.
FLAT = 1.25
_LABELS = ("False", "True", "Misleading", "Mostly true")


def write_archive(path: Path, rows: int) -> None:
    """Checks of invented words, by a thousand claimants, on a site that is no more."""
    with path.open("w", encoding="utf-8") as file:
        for number, (language, words) in enumerate(generated(rows, seed=31)):
            row = {
                "text": words,
                "claimant": f"Claimant {number * 7919 % 1000}",
                "language": language,
                "headline": f"Checked: {' '.join(words.split()[:6])}",
                "rating": _LABELS[number % len(_LABELS)],
                "url": f"https://old.example/checks/{number}/",
                "date": f"20{10 + number % 14}-{1 + number % 12:02}-{1 + number % 28:02}",
            }
            file.write(f"{json.dumps(row)}\n")


def imported(path: Path) -> tuple[float, float, int]:
    """Seconds of the import as a process of its own, its own CPU seconds, and its peak memory in kilobytes."""
    command = [sys.executable, "manage.py", "import_archive", str(path), "--by", PERSON, "--publish"]
    began = time.monotonic()
    with subprocess.Popen([*command, "--site", "https://old.example"]) as process:  # noqa: S603 - our own command
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"The import ended with exit code {process.returncode}.")
    return time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss


def bare_copy(path: Path) -> float:
    """Seconds to read the file and COPY its rows into one table without indexes."""
    from django.db import connection

    names = ("text", "claimant", "language", "headline", "rating", "url", "date")
    began = time.monotonic()
    with connection.cursor() as cursor, path.open(encoding="utf-8") as file:
        cursor.execute(
            "CREATE TABLE bare (text text, claimant text, language text, headline text, rating text, "
            "url text, date date)"
        )
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for line in file:
                row = json.loads(line)
                copy.write_row([row[name] for name in names])
        cursor.execute("DROP TABLE bare")
    return time.monotonic() - began


def check(path: Path, rows: int) -> list[str]:
    """What is not as it should be after the import."""
    from articles.models import ArchiveBatch, PublishedClaim, Record
    from articles.selectors.log import log_verification
    from articles.selectors.matching import matches

    wrong = []
    verified = sum(1 for _ in log_verification.verify())
    if not verified == Record.objects.count() == PublishedClaim.objects.count() >= rows:
        wrong.append(f"{verified} records hold, {PublishedClaim.objects.count()} claims are public")
    if ArchiveBatch.objects.filter(finished_at=None).exists():
        wrong.append("a batch is not finished")
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % max(1, rows // 20):
                continue
            row: dict[str, Any] = json.loads(line)
            found = matches.find_matches(text=row["text"], language=row["language"], limit=1, among="published").ranked
            if not found or PublishedClaim.objects.get(pk=found[0].claim_id).text != row["text"]:
                wrong.append(f"row {number} is not found by matching")
    return wrong


def main() -> int:
    """Measure a tenth of the rows, then all of them, each in a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    os.environ |= {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "factcheck.settings", "LOG_LEVEL": "ERROR"}
    with tempfile.TemporaryDirectory() as folder:
        few, wrong = _measured(Path(folder), options.rows // 10)
        many, more = _measured(Path(folder), options.rows)
    print(f"peak memory of {options.rows} rows over a tenth of them: {many / few:.2f}, at most {FLAT}")
    for line in (*wrong, *more):
        print(line)
    return int(bool(wrong or more) or many / few > FLAT)


def _measured(folder: Path, rows: int) -> tuple[int, list[str]]:
    path = folder / f"{rows}.jsonl"
    write_archive(path, rows)
    code = "import sys; from bench import archive; sys.exit(archive.measure(sys.argv[1], int(sys.argv[2])))"
    with scratch.database_url("archive", template=scratch.migrated()):
        made = subprocess.run(  # noqa: S603 - a process of its own: Django connects to one database
            [sys.executable, "-c", code, str(path), str(rows)], stdout=subprocess.PIPE, text=True, check=False
        )
    if made.returncode:
        raise SystemExit(made.returncode)
    *lines, last = made.stdout.splitlines()
    print("\n".join(lines), flush=True)
    measured: dict[str, Any] = json.loads(last)
    return measured["memory"], measured["wrong"]


def measure(name: str, rows: int) -> int:
    """One import in the scratch database; prints what it cost and, as its last line, what the caller compares."""
    import django

    django.setup()
    from django.core.management import call_command

    from accounts import services
    from accounts.roles import EDITOR

    path = Path(name)
    call_command("migrate", verbosity=0)
    services.ensure_user(username=PERSON, password="only-for-this-measurement", role=EDITOR)  # noqa: S106
    bare = bare_copy(path)
    seconds, own, memory = imported(path)
    print(
        f"{rows} rows imported in {seconds:.0f} s: {rows / seconds:.0f} rows a second, {memory / 1024:.0f} MB at most"
    )
    print(f"CPU of the program, without the database: {own:.0f} s")
    print(f"import / bare COPY of the same rows: {seconds / bare:.0f}")
    print(json.dumps({"memory": memory, "wrong": check(path, rows)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
