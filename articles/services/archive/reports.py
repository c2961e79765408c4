"""What happened to each row of an archive, as a CSV table or as JSON lines."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from articles import csv_safety
from articles.services.archive.assessment import Item

HEADER: Final = ("row", "place", "outcome", "code", "reason", "claim", "url", "rating", "text")
_LINES: Final = (".jsonl", ".ndjson", ".json")
#: So much of a claim's words is in the report.
_WORDS: Final = 200


class Report:
    """A report that is open for writing."""

    def __init__(self, file: IO[bytes], *, is_lines: bool) -> None:
        self._file, self._is_lines = file, is_lines
        if not is_lines:
            file.write(csv_safety.row(HEADER))

    def add(self, item: Item) -> None:
        """Write the line of one row. Raises ``OSError``."""
        cells = _cells(item)
        if self._is_lines:
            self._file.write(json.dumps(dict(zip(HEADER, cells, strict=True)), ensure_ascii=False).encode() + b"\n")
        else:
            self._file.write(csv_safety.row(cells))


@contextmanager
def written(path: Path | None) -> Iterator[Report | None]:
    """The report at ``path``: JSON lines when the name says so, else CSV. Raises ``OSError``."""
    if path is None:
        yield None
        return
    with path.open("wb") as file:
        yield Report(file, is_lines=path.suffix.lower() in _LINES)


def _cells(item: Item) -> list[object]:
    reason = " ".join([item.detail, *item.notes]).strip()
    claim = str(item.claim_id) if item.fingerprint and item.outcome in ("taken", "doubtful") else ""
    words = [item.url, item.their_rating, item.text[:_WORDS]]
    return [item.number, item.place, item.outcome.value, item.code, reason, claim, *words]
