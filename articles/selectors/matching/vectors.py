"""The vectors of claims in the memory of this process, and the claims nearest to a question.

Vectors are read from the database once and then as they are written, by their stamps. A scan of them all is one
product of a matrix: a millisecond for 10,000 claims. What was found is looked up in the database before it is shown,
so a claim that is withdrawn meanwhile is not.
"""

import logging
import threading
import time
from collections.abc import Collection as Container
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import connections
from numpy.typing import NDArray

from articles.selectors.matching.bm25 import Collection

logger = logging.getLogger(__name__)
#: The tables of vectors.
TABLES: dict[Collection, str] = {"open": "articles_openvector", "published": "articles_publishedvector"}
#: So many rows are read at once, and after so many seconds new ones are looked for.
_CHUNK, REFRESH_SECONDS = 2000, 2.0


class VectorIndex:
    """The newest vectors of one collection by one encoder."""

    def __init__(self, alias: str, collection: Collection, encoder: str, *, capacity: int) -> None:
        self.encoder = encoder
        self.stamp = 0
        self._alias, self._table, self._capacity = alias, TABLES[collection], max(capacity, 1)
        self._ids: list[UUID] = []
        self._rows: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        self._places: dict[UUID, int] = {}
        self._next = 0
        self._refreshed_at = -REFRESH_SECONDS
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._ids)

    def load(self) -> None:
        """Read all that was written since the last time."""
        while self._read():
            pass

    def refresh(self) -> None:
        """Read some of what was written since the last time, unless that was a moment ago."""
        if time.monotonic() - self._refreshed_at >= REFRESH_SECONDS:
            self._read()

    def _read(self) -> int:
        with self._lock:
            rows = self._written()
            for claim_id, stamp, numbers in rows:
                self._keep(claim_id, np.frombuffer(numbers, dtype="<f2").astype(np.float32))
                self.stamp = stamp
            self._refreshed_at = time.monotonic()
            return len(rows)

    def nearest(self, vector: NDArray[np.float32], limit: int, *, exclude: Container[UUID] = ()) -> dict[UUID, float]:
        """The cosines of the claims nearest to ``vector``, at most ``limit`` of them, nearest first."""
        cosines = self._cosines(vector)
        wanted = min(limit + len(exclude), len(cosines))
        if not wanted:
            return {}
        best = np.argpartition(-cosines, wanted - 1)[:wanted]
        ordered = [(self._ids[place], float(cosines[place])) for place in best[np.argsort(-cosines[best])]]
        return dict([pair for pair in ordered if pair[0] not in exclude][:limit])

    def cosines(self, vector: NDArray[np.float32], claims: Sequence[UUID]) -> dict[UUID, float]:
        """The cosines of those of ``claims`` that have a vector."""
        known = {claim: self._places[claim] for claim in claims if claim in self._places}
        return {claim: float(self._rows[place] @ vector) for claim, place in known.items()}

    def _cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        count = len(self._ids)
        if not count or self._rows.shape[1] != len(vector):
            return np.zeros(0, dtype=np.float32)
        found: NDArray[np.float32] = self._rows[:count] @ vector
        return found

    def _written(self) -> list[tuple[UUID, int, Any]]:
        # The first time only as many as are kept, the newest.
        since = f"""greatest(%s, (
            SELECT min(stamp) - 1 FROM (
                SELECT stamp FROM {self._table} WHERE encoder = %s ORDER BY stamp DESC LIMIT %s
            ) newest
        ))"""  # noqa: S608 - the table's name is ours
        with connections[self._alias].cursor() as cursor:
            cursor.execute(
                f"SELECT claim_id, stamp, numbers FROM {self._table}"  # noqa: S608
                f" WHERE encoder = %s AND stamp > {since} ORDER BY stamp LIMIT %s",
                [self.encoder, self.stamp, self.encoder, self._capacity, _CHUNK],
            )
            rows: list[tuple[UUID, int, Any]] = cursor.fetchall()
        return rows

    def _keep(self, claim: UUID, row: NDArray[np.float32]) -> None:
        if claim in self._places:
            self._rows[self._places[claim]] = row
            return
        if len(self._ids) < self._capacity:
            self._make_room(len(row))
            place = len(self._ids)
            self._rows[place] = row
            self._ids.append(claim)
        else:
            place, self._next = self._next, (self._next + 1) % self._capacity
            del self._places[self._ids[place]]
            self._rows[place], self._ids[place] = row, claim
        self._places[claim] = place

    def _make_room(self, length: int) -> None:
        if len(self._ids) < len(self._rows):
            return
        larger = np.zeros((min(max(1024, 2 * len(self._rows)), self._capacity), length), dtype=np.float32)
        larger[: len(self._ids)] = self._rows[: len(self._ids)] if len(self._ids) else 0
        self._rows = larger


_indexes: dict[tuple[str, Collection], VectorIndex] = {}
_loading = threading.Lock()


def load(alias: str, collection: Collection, encoder: str) -> VectorIndex:
    """The index of a collection, with all that was written until now: about a second for 100,000 claims."""
    known = _indexes.get((alias, collection))
    if known is None or known.encoder != encoder:
        known = VectorIndex(alias, collection, encoder, capacity=settings.SEMANTIC_MAX_CLAIMS)
    known.load()
    _indexes[alias, collection] = known
    return known


def ready(alias: str, collections: Sequence[Collection], encoder: str) -> dict[Collection, VectorIndex]:
    """The indexes of collections, with what was written until a moment ago.

    Those that were not read yet are left out, and begin to be read in the background.
    """
    found: dict[Collection, VectorIndex] = {}
    for collection in collections:
        known = _indexes.get((alias, collection))
        if known is not None and known.encoder == encoder:
            known.refresh()
            found[collection] = known
    missing = [collection for collection in collections if collection not in found]
    if missing and not _loading.locked():
        threading.Thread(target=_load_behind, args=(alias, missing, encoder), name="vectors", daemon=True).start()
    return found


def forget() -> None:
    """Forget all vectors; the next question reads them again."""
    _indexes.clear()


def _load_behind(alias: str, collections: Sequence[Collection], encoder: str) -> None:
    if not _loading.acquire(blocking=False):
        return
    try:
        for collection in collections:
            load(alias, collection, encoder)
    except Exception:
        logger.exception("Vectors could not be read; claims are found by their words alone.")
    finally:
        _loading.release()
        connections.close_all()  # those of this thread
