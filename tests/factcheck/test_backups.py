"""The manifest of a backup, and which programs fit. Whole backups are in ``tests/bench/test_restore_proof.py``."""

import json

import pytest
from django.core.management import CommandError, call_command

from factcheck.backups import creating, files, programs
from factcheck.backups.files import BackupError, LogHead, Manifest


@pytest.fixture
def folder(tmp_path):
    """A backup whose dump is a few bytes."""
    (tmp_path / files.DUMP).write_bytes(b"a dump")
    digests = {files.DUMP: files.sha256(tmp_path / files.DUMP)}
    log = LogHead(origin="facts.example.org/log", epoch="e", seq=3, root="00")
    files.write(tmp_path, Manifest("2026-03-02T09:30:00+00:00", "2.0.0", 18, 18, log, digests))
    return tmp_path


def test_a_manifest_is_read_as_it_was_written(folder):
    manifest = files.read(folder)
    assert (manifest.log.seq, manifest.pg_dump, list(manifest.files)) == (3, 18, [files.DUMP])


def test_a_damaged_or_missing_dump_is_named(folder):
    (folder / files.DUMP).write_bytes(b"a dumq")
    with pytest.raises(BackupError, match=r"database\.dump is damaged"):
        files.read(folder)
    (folder / files.DUMP).unlink()
    with pytest.raises(BackupError, match=r"database\.dump is missing"):
        files.read(folder)


def test_a_manifest_names_no_file_outside_its_folder(folder):
    path = folder / files.MANIFEST
    values = json.loads(path.read_text())
    path.write_text(json.dumps(values | {"files": {"../database.dump": "0"}}))
    with pytest.raises(BackupError, match="is missing"):
        files.read(folder)


def test_a_backup_that_was_not_finished_is_refused(folder):
    (folder / files.MANIFEST).unlink()
    with pytest.raises(CommandError, match="it was not finished"):
        call_command("restore", str(folder))


def test_a_backup_of_a_newer_version_is_refused(folder):
    values = json.loads((folder / files.MANIFEST).read_text())
    (folder / files.MANIFEST).write_text(json.dumps(values | {"version": "99.0.0"}))
    with pytest.raises(CommandError, match=r"of Factcheck 99\.0\.0"):
        call_command("restore", str(folder))


@pytest.mark.django_db
def test_a_database_with_tables_is_not_restored_over(folder):
    values = json.loads((folder / files.MANIFEST).read_text())
    (folder / files.MANIFEST).write_text(json.dumps(values | {"postgresql": 15}))
    with pytest.raises(CommandError, match="is not empty"):
        call_command("restore", str(folder))


@pytest.mark.django_db
def test_a_backup_goes_into_an_empty_folder_and_keys_into_another(folder, tmp_path):
    with pytest.raises(CommandError, match="is not empty"):
        call_command("backup", str(folder))
    with pytest.raises(BackupError, match="must not be stored in the backup"):
        creating.copy_keys(tmp_path / "new" / "keys", backup=tmp_path / "new")


def test_a_program_older_than_the_server_does_not_fit():
    with pytest.raises(programs.ProgramError, match="PostgreSQL 99 or newer is needed"):
        programs.find("pg_dump", at_least=99)
    assert programs.version_of(programs.find("pg_dump", at_least=15)) >= 15
