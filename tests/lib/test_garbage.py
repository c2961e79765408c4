"""What was loaded before the first request is left alone by Python's search for unused objects."""

import gc
from collections.abc import Iterator

import pytest

from lib import garbage


@pytest.fixture
def restored() -> Iterator[None]:
    """The settings of this process as they were."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_loaded_objects_are_left_alone_and_new_ones_are_still_found(restored: None) -> None:
    gc.unfreeze()
    garbage.settle()
    assert gc.get_freeze_count() > 100_000
    assert gc.get_threshold() == (garbage.OBJECTS, garbage.LOOKS, garbage.LOOKS)
    ring: list[object] = []
    ring.append(ring)
    del ring
    assert gc.collect() > 0
