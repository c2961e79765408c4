"""What is in the folder of a backup: the dump, a copy of the file of checkpoints, and the manifest."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

DUMP: Final = "database.dump"
CHECKPOINTS: Final = "checkpoints.log"
MANIFEST: Final = "manifest.json"
#: The version of the manifest's format.
FORMAT: Final = 1


class BackupError(Exception):
    """A backup cannot be made, is damaged, or cannot be restored; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class LogHead:
    """The state of the log in a backup: its name, epoch, number of records and root (hexadecimal)."""

    origin: str
    epoch: str
    seq: int
    root: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of ``manifest.json``. ``files`` has the SHA-256 of each other file; ``created_at`` is UTC."""

    created_at: str
    version: str
    postgresql: int
    pg_dump: int
    log: LogHead
    files: dict[str, str]
    format: int = FORMAT


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest. It is written last: a folder without one is no complete backup. Raises ``BackupError``."""
    text, path = json.dumps(asdict(manifest), indent=2, ensure_ascii=False), folder / MANIFEST
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        path.unlink(missing_ok=True)
        raise BackupError(f"{path} cannot be written: {error.strerror}. This is no complete backup.") from error


def read(folder: Path) -> Manifest:
    """The manifest of a backup whose files all have their hashes. Raises ``BackupError``."""
    manifest = _read(folder)
    for name, expected in manifest.files.items():
        path = folder / name
        if Path(name).name != name or not path.is_file():
            raise BackupError(f"{path} is missing. Restore another backup.")
        if sha256(path) != expected:
            raise BackupError(f"{path} is damaged: it does not have the SHA-256 of the manifest. Use another backup.")
    if DUMP not in manifest.files:
        raise BackupError(f"{folder / MANIFEST} names no {DUMP}.")
    return manifest


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise BackupError(f"{path} has the format {values['format']}; this version reads format {FORMAT}.")
        return Manifest(**{**values, "log": LogHead(**values["log"])})
    except FileNotFoundError as error:
        raise BackupError(f"{path} does not exist: this is no backup, or it was not finished.") from error
    except (ValueError, TypeError, KeyError) as error:
        raise BackupError(f"{path} cannot be read: {error}.") from error
