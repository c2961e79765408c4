"""CSV with names of columns in its first line."""

import csv
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

from lib.archives.entries import MAX_ROW, ArchiveError, Found, Options, Refusal
from lib.archives.jsonfiles import bounded_lines
from lib.archives.reviews import MORE_NAMES, NAMES, simple

_SEPARATORS: Final = ",;\t|"
_TOO_LARGE: Final = "\x00"


def read(path: Path, options: Options) -> Iterator[Found]:
    """Each row of the table. Raises ``ArchiveError`` when no column is the text of the claim."""
    with path.open("rb") as file:
        lines = _decoded(file)
        header = next(lines, "").rstrip("\r\n")
        separator = max(_SEPARATORS, key=header.count)
        names = next(csv.reader([header], delimiter=separator), [])
        columns = _columns([name.strip() for name in names], options.columns)
        csv.field_size_limit(min(MAX_ROW, sys.maxsize))
        reader = csv.reader(lines, delimiter=separator)
        while True:
            place = f"line {reader.line_num + 2}"
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Refusal(place, "malformed_csv", f"The row cannot be read: {error}.")
                continue
            if any(cells):
                yield _row(cells, len(names), columns, place, options)


def _row(cells: list[str], width: int, columns: Mapping[str, int], place: str, options: Options) -> Found:
    if any(_TOO_LARGE in cell for cell in cells):
        return Refusal(place, "too_large", f"A line is larger than {MAX_ROW // 1024} kB, or holds NUL.")
    if len(cells) != width:
        return Refusal(place, "wrong_number_of_cells", f"The row has {len(cells)} cells, the first line {width}.")
    if any("\ud800" <= char <= "\udfff" for cell in cells for char in cell):
        return Refusal(place, "encoding", "The row is not UTF-8.")
    values: dict[str, Any] = {name: cells[index] for name, index in columns.items()}
    return simple(values, place, options)


def _columns(header: list[str], wanted: Mapping[str, str]) -> dict[str, int]:
    """The place of each of our names; without a map, columns that have our names."""
    places = {name.casefold(): index for index, name in reversed(list(enumerate(header)))}
    ours: tuple[str, ...] = (*NAMES, *MORE_NAMES)
    found = {name: places[name] for name in ours if name in places and name not in wanted}
    for name, column in wanted.items():
        if name not in ours:
            raise ArchiveError(f"“{name}” is none of our names: {', '.join(ours)}.")
        if column.casefold() not in places:
            raise ArchiveError(f"There is no column “{column}”. The columns are: {', '.join(header)}.")
        found[name] = places[column.casefold()]
    if "text" not in found:
        raise ArchiveError(f"Say which column holds the claim: text=…. The columns are: {', '.join(header)}.")
    return found


def _decoded(file: IO[bytes]) -> Iterator[str]:
    for number, line in bounded_lines(file):
        if line is None:
            yield f"{_TOO_LARGE}\n"
        else:
            data = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if number == 1 and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise ArchiveError("It is UTF-16. Save it as UTF-8.")
            yield data.decode("utf-8", "surrogateescape")
