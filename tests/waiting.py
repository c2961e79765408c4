"""For what happens in another thread or process: wait for it, within a bound, never for a fixed time."""

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], object], seconds: float = 60, *, every: float = 0.02) -> None:
    """Return as soon as ``condition`` holds. Fails when it does not hold within ``seconds``."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"what was waited for did not happen within {seconds} s"
        time.sleep(every)
