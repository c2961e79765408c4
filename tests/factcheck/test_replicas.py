"""Readers are served from the first server that answers and is not too far behind."""

from typing import Any

import pytest
from django.db import OperationalError, connection

from articles.selectors.readers import connection as readers_connection
from articles.selectors.readers.connection import open_connection
from factcheck import database, outages
from factcheck.replicas import base

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


@pytest.fixture(autouse=True)
def _no_server_is_avoided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base._Avoided, "until", {})


def here() -> dict[str, Any]:
    return {name: connection.settings_dict[name] for name in database._PLACE}


def readers(*candidates: dict[str, Any], max_lag: float = 30) -> base.DatabaseWrapper:
    made = {**connection.settings_dict, "CANDIDATES": list(candidates), "MAX_LAG_SECONDS": max_lag}
    return base.DatabaseWrapper(made, "readers")


AWAY = {"HOST": "127.0.0.1", "PORT": "1", "OPTIONS": {"connect_timeout": 2}}


def application(wrapper: base.DatabaseWrapper) -> str:
    with wrapper.cursor() as cursor:
        cursor.execute("SHOW application_name")
        (name,) = cursor.fetchone()
    wrapper.close()
    return str(name)


def named(name: str) -> dict[str, Any]:
    return {**here(), "OPTIONS": {**here()["OPTIONS"], "application_name": name}}


def test_the_first_good_server_is_used(caplog: Any) -> None:
    assert application(readers(named("one"), named("two"), named("primary"))) == "one"
    away = {**here(), **AWAY}
    assert application(readers(away, named("two"), named("primary"))) == "two"
    assert application(readers(away, named("primary"))) == "primary"
    assert sum("left out" in record.getMessage() for record in caplog.records) == 1, "the second time it was not asked"


def test_a_server_that_is_too_far_behind_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "LAG", "SELECT 31.5")
    assert application(readers(named("one"), named("primary"))) == "primary"
    monkeypatch.setattr(base._Avoided, "until", {})
    assert application(readers(named("one"), named("primary"), max_lag=60)) == "one"


def test_without_any_server_the_error_is_an_outage() -> None:
    away = {**here(), **AWAY}
    with pytest.raises(OperationalError):
        application(readers(away, away))


def test_replicas_are_read_from_the_settings(tmp_path: Any) -> None:
    made = database.connections(
        desk_url="postgresql://desk@db.example/facts",
        readers_url="",
        replica_urls=["postgresql://site@one.example/facts", "postgresql://site@two.example/facts"],
        max_lag=5,
        var_dir=tmp_path,
    )["readers"]
    assert made["ENGINE"] == "factcheck.replicas"
    assert [one["HOST"] for one in made["CANDIDATES"]] == ["one.example", "two.example", "db.example"]
    assert all("default_transaction_read_only=on" in one["OPTIONS"]["options"] for one in made["CANDIDATES"])
    assert "role=factcheck_readers" in made["CANDIDATES"][-1]["OPTIONS"]["options"]


def test_a_connection_outside_djangos_own_goes_to_the_replica_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exports and the change feed: they went to the primary, and were away with it."""
    away = {**here(), **AWAY}
    monkeypatch.setattr(readers_connection, "connections", {"readers": readers(named("one"), away)})
    with open_connection(autocommit=True) as plain:
        assert plain.execute("SHOW application_name").fetchone() == ("one",)
        assert plain.autocommit
    assert plain.closed


def test_without_any_server_a_connection_outside_djangos_own_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    away = {**here(), **AWAY}
    monkeypatch.setattr(readers_connection, "connections", {"readers": readers(away, away)})
    with pytest.raises(OperationalError) as error, open_connection():
        pass
    assert outages.is_outage(error.value)
