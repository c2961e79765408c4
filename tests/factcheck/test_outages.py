"""A database that goes away: 503 with advice, one log line, and readers who are served from elsewhere."""

import logging
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import Client

from factcheck import health, outages
from partners.services import limits
from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def lost(*_args: Any, **_kwargs: Any) -> Any:
    """What every statement raises while the server is away, as psycopg says it."""
    error = OperationalError("server closed the connection unexpectedly\n\tThis probably means …")
    raise error from psycopg.OperationalError("server closed the connection unexpectedly")


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outages._State, "since", None)
    for alias in connections:
        monkeypatch.setattr(connections[alias], "cursor", lost)


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("/claims/", "text/html", "We cannot show this page"),
        ("/az/", "text/html", "503"),
        ("/feeds/claims.atom", "text/html", "503"),
        ("/admin/", "text/html", "what you typed is still in the form"),
        ("/api/v1/claims/", "application/problem+json", '"unavailable"'),
        ("/v1alpha1/claims:search?query=bridge", "application/json", "503"),
    ],
)
def test_while_the_database_is_away_each_door_answers_503(away: None, path: str, kind: str, words: str) -> None:
    client = Client(raise_request_exception=False)
    if path == "/admin/":
        client.cookies["sessionid"] = "of-somebody"
    answer = client.get(path)
    assert answer.status_code == 503, answer.content[:300]
    assert answer["Content-Type"].startswith(kind)
    assert words in answer.content.decode()
    assert int(answer["Retry-After"]) > 0
    assert "no-store" in answer["Cache-Control"]


def test_a_post_of_the_desks_scripts_gets_a_problem(away: None) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "of-somebody"
    answer = client.post("/admin/articles/article/1/desk/", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


def test_an_outage_is_one_log_line_and_its_end_another(away: None, caplog: Any, monkeypatch: Any) -> None:
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            client.get("/claims/")
            client.get("/api/v1/claims/")
    told = [record for record in caplog.records if record.name == "factcheck.outages"]
    assert [record.levelname for record in told] == ["ERROR"]
    assert "server closed the connection" in told[0].getMessage()
    others = [record for record in caplog.records if record.exc_info and outages.OutageFilter().filter(record)]
    assert not others, "no traceback gets through the filter of the log"
    with caplog.at_level(logging.INFO):
        outages._note_end()
        outages._note_end()
    assert [r.getMessage() for r in caplog.records if "answers again" in r.getMessage()] != []
    assert sum("answers again" in record.getMessage() for record in caplog.records) == 1


def test_a_statement_that_is_wrong_or_slow_is_no_outage() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 20")
        with pytest.raises(OperationalError) as slow:
            cursor.execute("SELECT pg_sleep(1)")
        transaction.set_rollback(True)
    assert not outages.is_outage(slow.value)
    assert not outages.is_outage(ValueError("database"))


def test_limits_are_counted_in_the_process_while_the_primary_is_away(
    people: SimpleNamespace, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_READ_RATE = "2/hour"
    newsroom.published(people)
    monkeypatch.setattr(limits, "_take", lost)
    client = Client()
    statuses = [client.get("/api/v1/claims/", REMOTE_ADDR="203.0.113.77").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


@pytest.mark.parametrize("host", ["10.1.2.3:8000", "[fd00::7]", "no.such.site"])
def test_probes_are_answered_whatever_host_they_name(host: str) -> None:
    client = Client()
    assert client.get("/healthz", headers={"Host": host}).content == b"ok\n"
    for plane in ("", "?plane=readers", "?plane=desk"):
        assert client.get(f"/readyz{plane}", headers={"Host": host}).content == b"ok\n"
    assert client.get("/readyz?plane=moon", headers={"Host": host}).status_code == 400
    assert client.get("/claims/", headers={"Host": "no.such.site"}).status_code == 400


def test_each_plane_is_ready_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    monkeypatch.setattr(health, "connections", {"default": SimpleNamespace(cursor=lost), "readers": connection})
    assert client.get("/readyz?plane=readers").status_code == 200
    assert client.get("/readyz?plane=desk").status_code == 503
    assert client.get("/readyz").content == b"the default database does not answer\n"
