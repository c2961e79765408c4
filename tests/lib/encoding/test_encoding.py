"""Texts as vectors: what the packaged encoder knows, and folders that are not what they should be."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lib.encoding import PACKAGED, EncoderError, open_encoder


class Letters:
    """An encoder from a folder: it counts the letters of the file's text."""

    def __init__(self, folder: str) -> None:
        self._letters = (Path(folder) / "letters.txt").read_text()

    def encode(self, texts: list[str]) -> list[list[float]]:
        """One row for each text."""
        return [[float(text.count(letter)) for letter in self._letters] for text in texts]


class OneRow(Letters):
    """An encoder that does not answer as it should."""

    def encode(self, texts: list[str]) -> list[list[float]]:
        """One row for all texts."""
        return [[1.0]]


def folder(tmp_path: Path, **changes: Any) -> Path:
    (tmp_path / "letters.txt").write_text("abc")
    described = {
        "name": "letters",
        "class": f"{__name__}:Letters",
        "files": {"letters.txt": hashlib.sha256(b"abc").hexdigest()},
    }
    (tmp_path / "encoder.json").write_text(json.dumps(described | changes))
    return tmp_path


def test_texts_that_say_the_same_are_near_in_any_language_and_others_are_not() -> None:
    encoder = open_encoder(PACKAGED)
    rows = encoder.encode(
        ["The vaccine contains microchips", "La vacuna contiene microchips", "The river was poisoned"]
    )
    assert rows.shape[0] == 3
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert rows[0] @ rows[1] > 0.8 > 0.5 > rows[0] @ rows[2]
    assert encoder.name.startswith(f"{PACKAGED}@")


def test_rows_of_a_folders_encoder_have_unit_length_or_none(tmp_path: Path) -> None:
    encoder = open_encoder(str(folder(tmp_path)))
    assert np.allclose(encoder.encode(["aab", "xyz"]), [[0.894, 0.447, 0.0], [0.0, 0.0, 0.0]], atol=0.001)


def test_the_name_changes_with_the_files(tmp_path: Path) -> None:
    before = open_encoder(str(folder(tmp_path))).name
    (tmp_path / "letters.txt").write_text("abd")
    with pytest.raises(EncoderError, match=r"letters\.txt has the SHA-256 \w{64}, not \w{64}"):
        open_encoder(str(tmp_path))
    described = json.loads((tmp_path / "encoder.json").read_text())
    described["files"]["letters.txt"] = hashlib.sha256(b"abd").hexdigest()
    (tmp_path / "encoder.json").write_text(json.dumps(described))
    assert open_encoder(str(tmp_path)).name not in ("", before)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"files": {}}, "names no files"),
        ({"files": None}, "cannot be read"),
        ({"class": 3}, "cannot be read"),
        ({"class": "no.such.module:Class"}, "cannot be used: No module named"),
        ({"class": f"{__name__}:Missing"}, "cannot be used"),
        ({"files": {"missing.bin": "0" * 64}}, "missing.bin cannot be read"),
    ],
)
def test_folder_that_is_wrong_is_refused_with_the_reason(tmp_path: Path, changes: Any, problem: str) -> None:
    with pytest.raises(EncoderError, match=problem):
        open_encoder(str(folder(tmp_path, **changes)))


def test_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"encoder\.json cannot be read"):
        open_encoder(str(tmp_path / "missing"))


def test_encoder_that_does_not_answer_each_text_is_refused(tmp_path: Path) -> None:
    encoder = open_encoder(str(folder(tmp_path, **{"class": f"{__name__}:OneRow"})))
    with pytest.raises(EncoderError, match="one vector for each text"):
        encoder.encode(["a", "b"])
