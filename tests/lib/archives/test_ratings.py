"""The table that a newsroom edits between a dry run and the import."""

from pathlib import Path

import pytest

from lib.archives import ratings
from lib.archives.entries import ArchiveError

KEYS = ("true", "false", "misleading")


def test_written_table_is_read_with_its_proposals_whatever_the_spelling(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    labels = {"Pants on Fire!": 3, "Kind of odd": 7, "=SUM(A1)": 1}
    ratings.write_table(path, labels, {label: ratings.propose(label, KEYS) for label in labels})
    assert path.read_text().splitlines()[1:3] == ["Kind of odd,,7", "Pants on Fire!,false,3"]
    assert ratings.read_table(path, KEYS) == {"pants on fire": "false"}
    assert ratings.fold("pants-on-fire") == "pants on fire"


def test_proposal_is_never_a_rating_that_the_newsroom_lacks() -> None:
    assert ratings.propose("Unproven", KEYS) == ""
    assert ratings.propose("falso", KEYS) == "false"


def test_unknown_rating_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("their_rating;our_rating\nHoax;false\nOdd;flase\n")
    with pytest.raises(ArchiveError, match="Line 3: “flase”"):
        ratings.read_table(path, KEYS)
