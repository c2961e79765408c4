"""Limits while the database of the buckets is away: counted in this process alone, so that reading goes on."""

import time
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Final

from partners.rates import Rate

#: So many buckets are kept; the one that was not used for longest goes first.
_BUCKETS: Final = 10_000


class Buckets:
    """Token buckets by key, each with its tokens at a moment of the steady clock."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, wanted: Sequence[tuple[str, Rate]]) -> dict[str, tuple[float, bool]]:
        """Take one token from each bucket, or none when one is empty: what is left, and whether it was taken."""
        now = time.monotonic()
        with self._lock:
            tokens = {key: self._tokens(key, rate, now) for key, rate in wanted}
            is_taken = all(left >= 1 for left in tokens.values())
            for key, left in tokens.items():
                self._found[key] = (left - is_taken, now)
                self._found.move_to_end(key)
            while len(self._found) > _BUCKETS:
                self._found.popitem(last=False)
            return {key: (left - is_taken, is_taken) for key, left in tokens.items()}

    def _tokens(self, key: str, rate: Rate, now: float) -> float:
        left, at = self._found.get(key, (float(rate.limit), now))
        return min(float(rate.limit), left + (now - at) * rate.per_second)


BUCKETS: Final = Buckets()
