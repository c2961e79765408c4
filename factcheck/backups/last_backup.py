"""When the last backup was made on this machine, for the metrics."""

from datetime import datetime
from pathlib import Path

from django.conf import settings


def note(created_at: str) -> None:
    """Write down that a backup was made at this time (ISO 8601). Raises ``OSError``."""
    new = _path().with_suffix(".new")
    new.write_text(created_at + "\n", encoding="ascii")
    new.replace(_path())


def read() -> datetime | None:
    """The time of the last one; None when none was made here."""
    try:
        return datetime.fromisoformat(_path().read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def _path() -> Path:
    return Path(settings.VAR_DIR) / "last-backup"
