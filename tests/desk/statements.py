"""The database statements of a request, each by what it reads."""

import re
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

_TABLE = re.compile(r'FROM "(\w+)"')
_INNER = re.compile(r"\([^()]*\)")


def of(client: Any, address: str) -> list[str]:
    """What each statement reads, in the alphabet's order: its main table (``count of`` it), ``search``, or ``menu``.

    The page is opened once before: what a process reads once (content types, templates) is no statement of the page.
    """
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return sorted(_purpose(query["sql"]) for query in captured)


def _purpose(sql: str) -> str:
    if "WITH asked AS" in sql:
        return "search"
    if 'AS "submissions"' in sql:
        return "menu"
    outer = sql
    while outer != (shorter := _INNER.sub("", outer)):
        outer = shorter
    found = _TABLE.search(outer) or _TABLE.search(sql)
    assert found is not None, sql
    table = re.sub("^(articles|django|accounts|auth|partners)_", "", found[1])
    return f"count of {table}" if sql.startswith("SELECT COUNT(") else table
