"""``manage.py import_archive``: what it prints, its report, its table of ratings, its exit codes."""

import csv
import json
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import ArchiveBatch, Claim, PublishedClaim, Record
from tests.articles.archive.files import row, written

pytestmark = pytest.mark.django_db


def command(path: Path, *args: str, **options: Any) -> str:
    """Run it as the editor; returns what it printed."""
    out = StringIO()
    call_command("import_archive", str(path), *args, by="editor", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_simple_rows_are_published_with_one_command(tmp_path: Path, people: SimpleNamespace) -> None:
    path = written(tmp_path, [row(1), row(2, rating="Odd"), row(3, rating="")])
    said = command(path, "--publish", "--rating-for-unmapped", "unverified", "--site", "https://old.example")
    assert said == "3 taken (published), 0 doubtful (drafts), 0 there already, 0 refused.\n"
    assert PublishedClaim.objects.count() == 3
    assert Record.objects.get(seq=1).document()["imported"]["from"] == "old.example"


def test_dry_run_writes_report_and_ratings_and_keeps_nothing(tmp_path: Path, people: SimpleNamespace) -> None:
    path = written(
        tmp_path, [row(1, rating="Pants on fire"), row(2, text="=1+1 is three"), "{broken", row(3, rating="No")]
    )
    report, table = tmp_path / "report.csv", tmp_path / "ratings.csv"
    with pytest.raises(SystemExit) as ended:
        command(path, "--publish", "--dry-run", "--report", str(report), "--write-ratings", str(table))
    assert ended.value.code == 2
    assert not Claim.objects.exists()
    lines = list(csv.DictReader(report.open(encoding="utf-8")))
    assert [(line["row"], line["place"], line["outcome"], line["code"]) for line in lines] == [
        ("1", "line 1", "doubtful", "unmapped_rating"),
        ("2", "line 2", "taken", ""),
        ("3", "line 3", "refused", "malformed_json"),
        ("4", "line 4", "doubtful", "unmapped_rating"),
    ]
    assert lines[1]["text"] == "'=1+1 is three"
    assert sorted(table.read_text().splitlines()[1:]) == ["False,false,1", "No,,1", "Pants on fire,false,1"]


def test_edited_table_of_ratings_is_used(tmp_path: Path, people: SimpleNamespace) -> None:
    path = written(tmp_path, [row(1, rating="Pants on fire"), row(2, rating="4")])
    table = tmp_path / "ratings.csv"
    table.write_text("their_rating;our_rating\nPANTS ON FIRE;false\n4;mostly_true\n")
    report = tmp_path / "report.jsonl"
    command(path, "--publish", "--ratings", str(table), "--report", str(report))
    assert set(PublishedClaim.objects.values_list("rating_key", flat=True)) == {"false", "mostly_true"}
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    assert {line["claim"] for line in lines} == {str(pk) for pk in Claim.objects.values_list("pk", flat=True)}


def test_csv_columns_are_named_on_the_command_line(tmp_path: Path, people: SimpleNamespace) -> None:
    path = tmp_path / "checks.csv"
    path.write_text("Claim,Verdict,Day\nThe bridge is long,False,2020-01-02\n")
    columns = tmp_path / "columns.json"
    columns.write_text('{"text": "Claim", "date": "Day"}')
    said = command(path, "--publish", "--language", "en", "--columns", str(columns), "--column", "rating=Verdict")
    assert said.startswith("1 taken (published)")
    record = Record.objects.get().document()
    assert (record["verdict"]["checked_on"], record["imported"]["url"]) == ("2020-01-02", None)


def test_report_on_a_full_disk_stops_the_run_and_the_next_run_goes_on(tmp_path: Path, people: SimpleNamespace) -> None:
    path = written(tmp_path, [row(n) for n in range(200)])
    with pytest.raises(CommandError, match=r"No space left on device.*Run the command again"):
        command(path, "--publish", "--report", "/dev/full")
    assert Record.objects.count() == 200
    assert ArchiveBatch.objects.get().finished_at is None
    said = command(path, "--publish")
    assert said == "0 taken (published), 0 doubtful (drafts), 200 there already, 0 refused.\n"
    assert ArchiveBatch.objects.get().published == 200


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--rating-for-unmapped", "nonsense"], "none of our ratings"),
        (["--date-for-undated", "2999-01-01"], "--date-for-undated"),
        (["--site", "old.example"], "--site"),
        (["--column", "text"], "--column"),
        (["--columns", "/dev/null"], "no JSON object"),
        (["--ratings", "/nowhere.csv"], "/nowhere.csv: No such file"),
    ],
)
def test_wrong_option_is_named(tmp_path: Path, people: SimpleNamespace, options: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        command(written(tmp_path, [row(1)]), *options)


def test_missing_file_and_unknown_person_are_named(tmp_path: Path, people: SimpleNamespace) -> None:
    with pytest.raises(CommandError, match="No such file"):
        command(tmp_path / "none.jsonl")
    path = written(tmp_path, [row(1)])
    with pytest.raises(CommandError, match="nobody called ghost"):
        call_command("import_archive", str(path), by="ghost")
    with pytest.raises(CommandError, match="publish an archive"):
        call_command("import_archive", str(path), by="reporter", publish=True)


def test_entity_bomb_is_refused_as_a_file(tmp_path: Path, people: SimpleNamespace) -> None:
    path = tmp_path / "export.xml"
    path.write_text('<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><item><title>&a;</title></item></channel></rss>')
    with pytest.raises(CommandError, match="DOCTYPE"):
        command(path)
