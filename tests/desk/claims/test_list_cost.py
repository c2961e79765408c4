"""What the list and its search cost with very many open claims, against few: as statements and as a ratio of work."""

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.desk.claims import many
from tests.desk.pages import signed_in
from tests.sizes import size, sized

pytestmark = pytest.mark.django_db

FEW, MANY, MOST = size(50, whole=200), size(2_000, whole=20_000), 1.5
#: These miss the bound: the index has an entry for each row that has the word, 10,000 here, and all are gone through.
#: They may not get worse than this.
MISSED = {"word in half": 2.5, "two words": 2.5}
ADDRESSES = {
    "list": "",
    "sorted by due": "?sort=due&stage=open",
    "mine": "?assignee=me&stage=open",
    "rare word": f"?q={many.RARE}",
    "typing error": "?q=lindhlom",
    "word in some": f"?q={many.SOME}",
    "word in half": f"?q={many.COMMON}",
    "two words": f"?q={many.COMMON}+{many.SOME}",
}


def _backend() -> Path:
    """Where the kernel counts the work of the database's process of this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}/stat")


def _work(backend: Path) -> float:
    """Seconds of processor time that this process and the database spent: other processes do not count."""
    spent = backend.read_text().rpartition(")")[2].split()
    return time.process_time() + (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def _cost(client: object, address: str, runs: int = size(5, whole=12)) -> float:
    """The processor time of a request, on average."""
    backend = _backend()
    before = _work(backend)
    for _ in range(runs):
        assert client.get(address).status_code == 200  # type: ignore[attr-defined]
    return (_work(backend) - before) / runs


def _statements(client: object, address: str) -> int:
    """How many, without those that only begin and end transactions."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200  # type: ignore[attr-defined]
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def _measured(client: object) -> dict[str, tuple[int, float]]:
    base = reverse("admin:articles_claim_changelist")
    return {name: (_statements(client, base + query), _cost(client, base + query)) for name, query in ADDRESSES.items()}


@sized
def test_very_many_claims_cost_little_more_than_few(people: SimpleNamespace) -> None:
    if not _backend().exists():
        pytest.skip("the database's process is not on this machine")
    client = signed_in(people.editor)
    many.fill(FEW, by=people.editor)
    few = _measured(client)
    many.fill(MANY - FEW, by=people.editor)
    found = _measured(client)
    assert {name: row[0] - few[name][0] for name, row in found.items() if row[0] > few[name][0] + 3} == {}
    ratios = {name: round(found[name][1] / few[name][1], 2) for name in ADDRESSES}
    print({name: (round(few[name][1], 3), round(found[name][1], 3)) for name in ADDRESSES})
    above = {name: ratio for name, ratio in ratios.items() if ratio > MOST}
    assert {name: ratio for name, ratio in above.items() if ratio > MISSED.get(name, MOST)} == {}
    if above:
        pytest.xfail(f"the bound of {MOST} is missed: {above}")
