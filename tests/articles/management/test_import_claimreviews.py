"""``manage.py import_claimreviews``: what is taken, what is refused, and how it says so."""

import io
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Change, Submission
from partners.models import Partner
from tests.lib.claimreview.test_rows import REVIEW

pytestmark = pytest.mark.django_db


def run(path: Path, **options: Any) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("import_claimreviews", str(path), stdout=out, stderr=io.StringIO(), **options)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def lines(path: Path, *reviews: Any) -> Path:
    path.write_text("\n".join(json.dumps(review) for review in reviews))
    return path


def numbered(number: int) -> dict[str, Any]:
    return REVIEW | {"url": f"https://checks.example/{number}"}


def test_importing_the_same_reviews_twice_makes_no_second_submission(tmp_path: Path) -> None:
    path = lines(tmp_path / "reviews.jsonl", *(numbered(n) for n in range(12)))
    code, said = run(path)
    assert (code, said.splitlines()[-1]) == (0, "12 taken, 0 there already, 0 refused.")
    code, said = run(path)
    assert (code, said.splitlines()[-1]) == (0, "0 taken, 12 there already, 0 refused.")
    assert Submission.objects.count() == 12
    assert str(Submission.objects.first().pk) in said


def test_a_refused_review_does_not_stop_the_others(tmp_path: Path) -> None:
    bad = {"url": "x"}, REVIEW | {"author": "A\x00"}, REVIEW | {"claimReviewed": ""}
    code, said = run(lines(tmp_path / "reviews.ndjson", numbered(1), *bad, numbered(2)))
    assert (code, said.splitlines()[-1]) == (2, "2 taken, 0 there already, 3 refused.")
    for reason in ("not_a_claim_review", "invalid_characters", "no_claim"):
        assert reason in said


def test_a_dry_run_stores_nothing(tmp_path: Path) -> None:
    path = lines(tmp_path / "reviews.json", [numbered(1), numbered(1)])
    code, said = run(path, dry_run=True)
    assert (code, said.splitlines()[-1]) == (
        0,
        "1 taken, 1 there already, 0 refused. Nothing was kept: this was a dry run.",
    )
    assert not Submission.objects.exists()
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", said), "ids that were never there"
    _code, kept = run(path)
    assert str(Submission.objects.get().pk) in kept
    assert str(Submission.objects.get().pk) in run(path, dry_run=True)[1]


def test_imported_reviews_are_stored_under_the_given_partner_and_user(tmp_path: Path, people: SimpleNamespace) -> None:
    partner = Partner.objects.create(name="Morning Post", contact_email="desk@post.example")
    path = lines(tmp_path / "reviews.jsonl", REVIEW)
    run(path, partner="Morning Post", by="reporter")
    assert Submission.objects.get().partner == partner
    change = Change.objects.get(table="articles_submission")
    assert (change.actor, change.surface) == (people.reporter, "command")
    run(path)
    assert Submission.objects.count() == 2, "what one partner sent is not another's"


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (b"", {}, "not JSON"),
        (b"{}", {"partner": "Nobody\x00"}, "no partner"),
        (b"{}", {"by": "nobody\x00"}, "nobody called"),
        (b"[]", {}, "no ClaimReview"),
        (None, {}, "No such file"),
    ],
    ids=range(5),
)
def test_a_file_without_reviews_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes | None, options: dict[str, str], words: str
) -> None:
    path = tmp_path / "reviews.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        run(path, **options)
    assert not Submission.objects.exists()
