"""``verify_log`` finds every way of rewriting a log that an administrator of the database has."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Head, Record
from articles.selectors.log import log_verification
from lib.transparency import merkle
from tests import newsroom
from tests.conftest import everyone
from tests.transactions import lasting

RECORDS = 7
SPARE = 1_000_000


@pytest.fixture(scope="module")
def records(django_db_setup, django_db_blocker) -> Iterator[list[Record]]:
    """Seven records of five claims, made once: each test undoes what it does to them."""
    with lasting(django_db_blocker):
        people = everyone()
        claims = [newsroom.published(people) for _ in range(5)]
        for claim in claims[:2]:
            newsroom.take(claim, "retract", people.editor, comment="We misread it.")
        connection.check_constraints()
        yield list(Record.objects.order_by("seq"))


@contextmanager
def superuser() -> Iterator[None]:
    """The append-only guard stands down, as it would for whoever owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_record DISABLE TRIGGER USER")
        yield
        cursor.execute("ALTER TABLE articles_record ENABLE TRIGGER USER")


def verify(**options):
    """Run the command; returns what it printed."""
    out = StringIO()
    call_command("verify_log", stdout=out, **options)
    return out.getvalue()


def first_bad(**options) -> int:
    """The number the command stops at."""
    with pytest.raises(CommandError, match="First bad seq: ") as refusal:
        verify(**options)
    assert refusal.value.returncode == 1
    return int(str(refusal.value).split("First bad seq: ")[1].split(":")[0])


@pytest.mark.django_db
def test_verify_log_prints_size_and_root_of_a_valid_log(records):
    head = Head.objects.get()
    lines = verify().splitlines()
    assert lines[0] == f"The log holds: {RECORDS} records."
    assert [line.split() for line in lines[1:]] == [
        ["seq", "7"],
        ["root", bytes(head.root).hex()],
        ["epoch", str(head.epoch)],
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("seq", [1, 4, RECORDS])
def test_verify_log_reports_an_edited_byte(records, seq):
    with superuser(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_record SET body = set_byte(body, 40, get_byte(body, 40) # 1) WHERE seq = %s", [seq]
        )
    assert first_bad() == seq


@pytest.mark.django_db
@pytest.mark.parametrize("seq", [1, 4])
def test_verify_log_reports_a_deleted_row(records, seq):
    with superuser():
        Record.objects.filter(seq=seq).delete()
    assert first_bad() == seq


@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), [(1, 2), (3, 5), (6, RECORDS)])
def test_verify_log_reports_two_swapped_rows(records, one, other):
    with superuser():
        for old, new in ((one, SPARE), (other, one), (SPARE, other)):
            Record.objects.filter(seq=old).update(seq=new)
    assert first_bad() == one


@pytest.mark.django_db
def test_verify_log_reports_two_rows_with_swapped_contents(records):
    third, fifth = records[2], records[4]
    with superuser():
        for row, content in ((third, fifth), (fifth, third)):
            Record.objects.filter(seq=row.seq).update(body=content.body, sha256=content.sha256)
    assert first_bad() == third.seq


@pytest.mark.django_db
def test_verify_log_reports_a_renumbered_row(records):
    with superuser():
        Record.objects.filter(seq=RECORDS).update(seq=RECORDS + 2)
    assert first_bad() == RECORDS


@pytest.mark.django_db
def test_verify_log_reports_rows_that_all_moved_up_by_one(records):
    with superuser():
        for seq in range(RECORDS, 2, -1):
            Record.objects.filter(seq=seq).update(seq=seq + 1)
    assert first_bad() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("seq", [2, RECORDS])
def test_verify_log_reports_an_edited_body_with_a_matching_hash(records, seq):
    body = bytes(records[seq - 1].body).replace(b"bridge", b"tunnel")
    assert body != bytes(records[seq - 1].body)
    with superuser():
        Record.objects.filter(seq=seq).update(body=body, sha256=hashlib.sha256(body).digest())
    assert first_bad() == seq


@pytest.mark.django_db
def test_verify_log_reports_an_edited_body_with_matching_hash_and_leaf(records):
    row = records[2]
    body = bytes(row.body).replace(b"bridge", b"tunnel")
    digest = hashlib.sha256(body).digest()
    leaf = merkle.leaf(log_verification.leaf_entry(row.seq, row.claim_id, row.revision, row.kind, row.at, digest, None))
    with superuser():
        Record.objects.filter(seq=row.seq).update(body=body, sha256=digest, leaf=leaf)
    assert first_bad() == row.seq


@pytest.mark.django_db
@pytest.mark.parametrize("kept", [0, RECORDS - 1])
def test_verify_log_reports_a_truncated_log(records, kept):
    with superuser():
        Record.objects.filter(seq__gt=kept).delete()
    assert first_bad() == kept + 1


@pytest.mark.django_db
def test_verify_log_reports_columns_that_differ_from_the_bytes(records):
    with superuser():
        Record.objects.filter(seq=4).update(kind="updated")
    assert first_bad() == 4


@pytest.mark.django_db
def test_the_export_can_be_checked_without_this_program(records, tmp_path):
    path = tmp_path / "log.jsonl"
    verify(export=str(path))
    *lines, last = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    frontier: list[bytes] = []
    for size, line in enumerate(lines):
        frontier = merkle.append(frontier, size, hashlib.sha256(b"\x00" + line["entry"].encode()).digest())
        entry = json.loads(line["entry"])
        assert (entry["seq"], entry["record_sha256"]) == (size + 1, line["sha256"])
        assert merkle.root(frontier).hex() == line["root"]
    head = Head.objects.get()
    assert last == {"head": {"epoch": str(head.epoch), "seq": RECORDS, "root": merkle.root(frontier).hex()}}


@pytest.mark.django_db
def test_an_export_of_a_bad_log_is_not_written(records, tmp_path):
    path = tmp_path / "log.jsonl"
    path.write_text("the export of last week\n")
    with superuser():
        Record.objects.filter(seq=RECORDS).delete()
    assert first_bad(export=str(path)) == RECORDS
    assert [file.name for file in tmp_path.iterdir()] == ["log.jsonl"]
    assert path.read_text() == "the export of last week\n"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["missing/log.jsonl", "."])
def test_an_export_path_that_cannot_be_written_is_named(tmp_path, name):
    with pytest.raises(CommandError, match="cannot be written"):
        verify(export=str(tmp_path / name))
    assert list(tmp_path.iterdir()) == []
