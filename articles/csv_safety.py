"""Tables as spreadsheets read them: RFC 4180, and no cell that a spreadsheet would take for a formula."""

import csv
import io
from collections.abc import Sequence
from typing import Any, Final

#: What a spreadsheet would take for a formula (OWASP, CSV injection); such a cell is given a leading apostrophe.
#: The wide forms count where Chinese or Japanese is typed.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def row(cells: Sequence[Any]) -> bytes:
    """One line of the table, in UTF-8."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_safe(cell) for cell in cells])
    return line.getvalue().encode()


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
