"""PgBouncer in transaction mode: what the settings make of it, and which logins are refused."""

import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from factcheck import database
from factcheck.pooled import base

DESK, READERS = "postgresql://desk@pool.example:6432/desk", "postgresql://web@pool.example:6432/readers"


def connections(*pool_urls: str) -> dict[str, Any]:
    return database.connections(
        desk_url="postgresql://desk@db.example/facts",
        readers_url="",
        replica_urls=[],
        var_dir=Path("/nowhere"),
        pool_urls=(pool_urls[0], pool_urls[1]),
    )


def test_a_pooled_connection_keeps_nothing_in_its_session() -> None:
    made = connections(DESK, READERS)
    for one in made.values():
        assert (one["HOST"], one["PORT"]) == ("pool.example", 6432)
        assert one["OPTIONS"] == {"prepare_threshold": None, "connect_timeout": 5}
        assert one["DISABLE_SERVER_SIDE_CURSORS"]
    assert made["readers"]["ENGINE"] == "factcheck.pooled"
    assert connections("", "")["default"]["HOST"] == "db.example"


@pytest.mark.parametrize("urls", [(DESK, ""), ("", READERS)])
def test_one_pool_without_the_other_is_refused(urls: tuple[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="go together"):
        connections(*urls)


def test_replicas_come_before_the_pool() -> None:
    made = database.connections(
        desk_url="postgresql://desk@db.example/facts",
        readers_url="",
        replica_urls=["postgresql://site@one.example/facts"],
        var_dir=Path("/nowhere"),
        pool_urls=(DESK, READERS),
    )["readers"]
    assert (made["ENGINE"], made["IS_POOLED"]) == ("factcheck.replicas", True)
    assert [one["HOST"] for one in made["CANDIDATES"]] == ["one.example", "pool.example"]


def test_only_processes_that_serve_requests_use_the_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "factcheck.wsgi", raising=False)
    assert not database.serves_requests()
    monkeypatch.setitem(sys.modules, "factcheck.wsgi", base)
    assert database.serves_requests()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "is_taken"),
    [
        ("-c role=factcheck_readers -c default_transaction_read_only=on -c statement_timeout=3000", True),
        ("-c role=factcheck_readers -c default_transaction_read_only=on", False),
        ("-c role=factcheck_readers -c statement_timeout=3000", False),
        ("-c default_transaction_read_only=on -c statement_timeout=3000", False),
    ],
)
def test_a_login_that_may_do_more_than_readers_is_refused(options: str, is_taken: bool) -> None:
    here = connection.settings_dict
    wrapper = base.DatabaseWrapper({**here, "OPTIONS": {**here["OPTIONS"], "options": options}, "IS_POOLED": True})
    if is_taken:
        with wrapper.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM articles_publishedclaim")
    else:
        with pytest.raises(ImproperlyConfigured, match="READERS_DATABASE_POOL_URL"):
            wrapper.ensure_connection()
    wrapper.close()
