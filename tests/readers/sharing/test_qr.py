"""The code on a printed check."""

import re

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from readers.http import qr


def test_the_path_has_exactly_the_dark_units_of_the_code():
    address = "https://facts.example.org/c/1234/"
    drawn = qr.code(address)
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn.path):
        dark |= {(int(x) + step, int(y)) for step in range(int(length))}
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4, mask_pattern=3)
    code.add_data(address)
    rows = code.get_matrix()
    assert drawn.size == len(rows)
    assert dark == {(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark}
    assert min(x for x, _y in dark) == min(y for _x, y in dark) == 4, "a code needs light around it"
    assert len(drawn.path) < 6000
