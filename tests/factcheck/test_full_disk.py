"""A full disk: clear errors, nothing half-written, and everything goes on when there is room again.

On a file system of its own, in memory, which only root may mount.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django.test import Client

from articles.models import Attachment, Record
from articles.services.evidence import captures
from articles.services.log import checkpoints
from lib.transparency import signed_notes
from tests import newsroom
from tests.articles.log.test_checkpoints import ORIGIN, grow
from tests.articles.pictures import PDF
from tests.desk import pages
from tests.desk.pages import form_of

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
SIZE = 256 * 1024


class Disk:
    """A small disk."""

    def __init__(self, path: Path) -> None:
        self.path, self._filler = path, path / "filler"

    def fill(self) -> None:
        """No byte more fits into a new page."""
        with self._filler.open("ab", buffering=0) as file:
            for size in (4096, 1):
                with pytest.raises(OSError, match="No space left"):
                    _write_for_ever(file, b"x" * size)

    def free(self) -> None:
        """Room again."""
        self._filler.unlink()

    def files(self) -> list[str]:
        """Everything else that is on it."""
        return sorted(path.name for path in self.path.rglob("*") if path.is_file() and path != self._filler)


def _write_for_ever(file: Any, block: bytes) -> None:
    while True:
        file.write(block)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    mount = shutil.which("mount")
    if os.geteuid() != 0 or not mount:
        pytest.skip("only root can mount a file system")
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run([mount, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)], capture_output=True)
    if done.returncode != 0:
        pytest.skip(f"no file system can be mounted here: {done.stderr.decode().strip()}")
    yield Disk(place)
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_card_is_shown_and_not_kept(disk: Disk, people: SimpleNamespace, settings: Any, caplog: Any) -> None:
    cards = {**settings.CACHES["cards"], "LOCATION": str(disk.path / "cards")}
    settings.CACHES = {**settings.CACHES, "cards": cards}
    claim = newsroom.published(people)
    disk.fill()
    answer = Client().get(f"/claims/{claim.slug}/card.png")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert disk.files() == []
    assert any("cannot be kept" in record.getMessage() for record in caplog.records)
    disk.free()
    assert Client().get(f"/claims/{claim.slug}/card.png").content == answer.content
    assert len(disk.files()) == 1


def test_no_checkpoint_is_signed_that_cannot_be_written(disk: Disk, settings: Any) -> None:
    path = disk.path / "checkpoints.log"
    settings.LOG_ORIGIN, settings.LOG_CHECKPOINT_FILE = ORIGIN, str(path)
    settings.LOG_SIGNING_KEY = signed_notes.generate(ORIGIN).secret_key()
    grow(1)
    checkpoints.current()
    line = path.stat().st_size
    while path.stat().st_size % 4096 < 4096 - line // 2:  # the next line begins in this page and ends in another
        grow(1)
        checkpoints.current()
    whole = path.read_bytes()
    disk.fill()
    grow(1)
    with pytest.raises(checkpoints.CheckpointRefusedError, match="cannot be used"):
        checkpoints.current()
    answer = Client().get("/log/checkpoint")
    assert (answer.status_code, "cannot be used" in answer.content.decode()) == (503, True)
    disk.free()
    assert checkpoints.current().size == Record.objects.count()
    lines = path.read_bytes().splitlines(keepends=True)
    assert b"".join(lines[:-1]) == whole
    assert lines[-1].endswith(b"\n")
    assert len(lines[-1]) == pytest.approx(line, abs=8)


def test_an_upload_that_finds_no_room_is_refused_with_the_reason(
    disk: Disk, people: SimpleNamespace, settings: Any
) -> None:
    """Large uploads wait in a temporary file until they are read."""
    settings.FILE_UPLOAD_TEMP_DIR = str(disk.path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    client = pages.signed_in(people.reporter)
    client.raise_request_exception = False
    disk.fill()
    sent = {"file": SimpleUploadedFile("large.pdf", PDF + b" " * SIZE), "url": "https://herald.example/1"}
    answer = client.post("/admin/articles/article/add/", sent)
    assert answer.status_code == 503
    assert "disk is full" in answer.content.decode()
    assert int(answer["Retry-After"]) > 0
    assert disk.files() == []


def test_a_database_without_room_keeps_no_attachment_and_says_why(
    people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL cannot be given a full disk here; what it says then is SQLSTATE 53100."""
    source = newsroom.source(people.reporter)
    client = pages.signed_in(people.reporter)
    client.raise_request_exception = False

    def full(*_args: Any, **_kwargs: Any) -> Any:
        error = OperationalError("could not extend file: No space left on device")
        raise error from psycopg.errors.DiskFull("could not extend file: No space left on device")

    monkeypatch.setattr(captures, "_keep", full)
    answer = client.post(
        f"/api/v1/desk/sources/{source.pk}/captures/",
        {"file": SimpleUploadedFile("a.pdf", PDF)},
        headers={"If-Match": f'"s{source.pk}-v{source.version}"', "Idempotency-Key": "full"},
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert "disk is full" in answer.json()["detail"]
    assert not Attachment.objects.exists()


def test_a_readers_words_are_kept_when_there_is_no_room_for_them(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REPORT_MIN_SECONDS = 0.0
    client = Client(raise_request_exception=False)
    form = form_of(client.get("/report/")) | {"what": "The bridge cost 14 million.", "page": "/articles/"}

    def full(*_args: Any, **_kwargs: Any) -> Any:
        raise OperationalError("no room") from psycopg.errors.DiskFull("no room")

    monkeypatch.setattr("articles.services.reports.receive", full)
    answer = client.post("/report/", form)
    assert answer.status_code == 503
    assert form_of(answer)["what"] == "The bridge cost 14 million."


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_a_backup_that_finds_no_room_is_an_error_and_no_backup(disk: Disk) -> None:
    disk.fill()
    folder = disk.path / "backup"
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", str(folder))
    assert not (folder / "manifest.json").exists()
    with pytest.raises(CommandError, match="no backup, or it was not finished"):
        call_command("restore", str(folder))
    connections.close_all()
