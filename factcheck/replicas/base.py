"""A connection to the first of several servers that answers and is not too far behind; the last is the primary."""

import logging
import time
from typing import Any, Final

from django.db import OperationalError

from factcheck.pooled import base

logger = logging.getLogger("factcheck.replicas")
#: A server that did not answer, or lags, is not asked again for so many seconds.
PAUSE_SECONDS: Final = 15
#: Seconds behind the primary. A replica that has applied all it received is not behind, however long nothing happens.
LAG: Final = """
SELECT CASE WHEN NOT pg_is_in_recovery() OR pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END
"""


class _Avoided:
    """The servers of this process that are left alone, by place in the list, until a moment of the steady clock."""

    until: dict[int, float] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with ``CANDIDATES``: the settings of each server, in the order in which they are tried."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection to the first good server. Raises the error of the last when none is."""
        candidates: list[dict[str, Any]] = self.settings_dict["CANDIDATES"]
        now, last = time.monotonic(), len(candidates) - 1
        rested = [place for place in range(last) if _Avoided.until.get(place, 0) <= now]
        for place in rested:
            try:
                return self._connected(candidates[place], place)
            except OperationalError as error:
                _Avoided.until[place] = time.monotonic() + PAUSE_SECONDS
                logger.warning(
                    "Replica %d is left out for %d seconds: %s", place + 1, PAUSE_SECONDS, _first_line(error)
                )
        return super().get_new_connection(self._params(candidates[last]))

    def _connected(self, candidate: dict[str, Any], place: int) -> Any:
        """A connection to this replica. Raises ``OperationalError`` when it does not answer or is too far behind."""
        with self.wrap_database_errors:
            connection = super(base.DatabaseWrapper, self).get_new_connection(self._params(candidate))
            with connection.cursor() as cursor:
                cursor.execute(LAG)
                (lag,) = cursor.fetchone()
            connection.rollback()
        limit = self.settings_dict["MAX_LAG_SECONDS"]
        if lag is None or float(lag) > limit:
            connection.close()
            raise OperationalError(f"it is {lag} seconds behind, and {limit} are allowed")
        return connection

    def _params(self, candidate: dict[str, Any]) -> dict[str, Any]:
        usual = self.settings_dict
        self.settings_dict = {**usual, **candidate}
        try:
            return self.get_connection_params()
        finally:
            self.settings_dict = usual


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
