"""What a request costs: statements, and the processor time of this process and of the database for it."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.sizes import size

#: With the whole size, something costs at most so many times what it costs with little.
MOST = 1.5
#: So many statements more than with little: a page that is full needs some that an emptier one does not.
MORE_STATEMENTS = 3


class Meter:
    """Costs of a client's requests. Skips the test where the database's process is on another machine."""

    def __init__(self, client: Any) -> None:
        self.client = client
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._backend = Path(f"/proc/{cursor.fetchone()[0]}/stat")
        if not self._backend.exists():
            pytest.skip("the database's process is not on this machine")

    def of(self, addresses: Mapping[str, str]) -> dict[str, tuple[int, float]]:
        """Of each address: statements, and seconds of processor time."""
        return {name: (self._statements(address), self._time(address)) for name, address in addresses.items()}

    def _get(self, address: str) -> None:
        answer = self.client.get(address)
        assert answer.status_code == 200, address
        if answer.streaming:
            next(iter(answer.streaming_content))

    def _statements(self, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            self._get(address)
        return sum("SAVEPOINT" not in query["sql"] for query in captured)

    def _time(self, address: str) -> float:
        """On average. Other processes do not count."""
        runs = size(5, whole=12)
        before = self._work()
        for _ in range(runs):
            self._get(address)
        return (self._work() - before) / runs

    def _work(self) -> float:
        spent = self._backend.read_text().rpartition(")")[2].split()
        return time.process_time() + (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def above(few: Mapping[str, tuple[int, float]], many: Mapping[str, tuple[int, float]]) -> dict[str, Any]:
    """What costs more with many than it may, with the cost of both."""
    print({name: (*few[name], *many[name]) for name in few})
    return {
        name: (few[name], many[name])
        for name in few
        if many[name][0] > few[name][0] + MORE_STATEMENTS or many[name][1] > few[name][1] * MOST
    }
