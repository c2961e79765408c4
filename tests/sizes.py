"""How much a test goes through: a little in ``make test``, all of it in ``make prove-sizes``."""

import os

import pytest

#: Marks a test that has both sizes.
sized = pytest.mark.sized


def size(small: int, *, whole: int) -> int:
    """``small``, or ``whole`` where ``make prove-sizes`` asks for it."""
    return whole if os.environ.get("PROVE_SIZES") else small
