"""What a request costs: statements, and the processor time of this process and of the database for it."""

import os
import statistics
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
#: Seconds that are measured at least: the kernel counts a database's work in hundredths.
ENOUGH = size(10, whole=50) / 100
ROUNDS = 3
#: So often something is measured again that seems to cost too much: a neighbour's work is never in all of them.
AGAIN = 8


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
        """Of each address: statements, and processor time, in times of the yardstick."""
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
        """On average, in the middle one of some rounds."""
        return statistics.median(self._round(address) for _ in range(ROUNDS))

    def _round(self, address: str) -> float:
        runs, spent, yardstick = 0, 0.0, 0.0
        while runs < size(3, whole=12) or spent < ENOUGH:
            before = self._work()
            self._get(address)
            spent += self._work() - before
            yardstick += _yardstick()
            runs += 1
        return spent / yardstick

    def _work(self) -> float:
        spent = self._backend.read_text().rpartition(")")[2].split()
        return time.process_time() + (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def _yardstick() -> float:
    """Processor time of a fixed piece of work: on a busy machine it takes longer, as everything does then."""
    before = time.process_time()
    sum(number * number for number in range(20_000))
    return time.process_time() - before


def above(meter: Meter, addresses: Mapping[str, str], few: Mapping[str, tuple[int, float]]) -> dict[str, Any]:
    """What costs more now, with many, than it may, with the cost of both. What seems to is measured again."""
    many = meter.of(addresses)
    for _ in range(AGAIN):
        dear = {name: addresses[name] for name in few if many[name][1] > few[name][1] * MOST}
        for name, again in meter.of(dear).items():
            many[name] = min(many[name], again, key=lambda cost: cost[1])
    print({name: (*few[name], *many[name]) for name in few})
    return {
        name: (few[name], many[name])
        for name in few
        if many[name][0] > few[name][0] + MORE_STATEMENTS or many[name][1] > few[name][1] * MOST
    }
