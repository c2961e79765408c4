"""``/metrics``: who may read it, what it says, what it costs, and what it says while a database is away."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from factcheck import __version__
from factcheck.backups import last_backup
from factcheck.insight import counters
from jobs.models import JobRun, Outcome
from tests import newsroom
from tests.factcheck.test_replicas import AWAY, here

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
TOKEN = "a-token-of-the-monitoring"
#: Statements of one reading: four for the queues, one each for the workers, the jobs, the log, and the readers' head.
STATEMENTS = 8

Numbers = dict[tuple[str, ...], float]


@pytest.fixture(autouse=True)
def _own_numbers(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR_DIR = tmp_path
    settings.METRICS_TOKEN, settings.HAS_METRICS = TOKEN, True
    monkeypatch.setattr(counters, "COUNTERS", counters.Counters())


@pytest.fixture
def read() -> Callable[[], Numbers]:
    """The samples, as Prometheus's own parser reads them: by name and then the labels' values, in their order."""

    def numbers() -> Numbers:
        answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert (answer.status_code, answer["Cache-Control"].count("no-store")) == (200, 1)
        assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        families = list(text_string_to_metric_families(answer.content.decode()))
        assert all(family.documentation and family.type != "unknown" for family in families)
        return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}

    return numbers


def test_who_may_read_it(settings: Any) -> None:
    client = Client()

    def status(**more: Any) -> int:
        return client.get("/metrics", **more).status_code

    assert status() == 401
    assert status(headers={"Authorization": "Bearer wrong"}) == 401
    assert status(headers={"Authorization": f"Basic {TOKEN}"}) == 401
    assert status(headers={"Authorization": f"Bearer {TOKEN}"}) == 200
    assert status(query_params={"token": TOKEN}) == 401
    assert client.post("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 405
    from factcheck.insight.networks import checked_networks

    settings.METRICS_TOKEN, settings.METRICS_NETWORKS = "", checked_networks(["10.1.0.0/16", "fd00::/8"])
    assert status() == 403
    assert status(REMOTE_ADDR="10.1.2.3", headers={"Host": "10.9.9.9:8000"}) == 200
    assert status(REMOTE_ADDR="::ffff:10.1.2.3") == 200
    assert status(REMOTE_ADDR="fd00::7") == 200
    assert status(headers={"X-Forwarded-For": "10.1.2.3"}) == 403, "anybody can write this"
    settings.BEHIND_PROXY = True
    assert status(REMOTE_ADDR="10.1.0.1", headers={"X-Forwarded-For": "10.1.2.3, 203.0.113.9"}) == 403
    settings.METRICS_NETWORKS, settings.HAS_METRICS = [], False
    assert status() == 404
    assert status(headers={"Authorization": f"Bearer {TOKEN}"}) == 404


def test_requests_are_counted_by_part_route_and_status(people: SimpleNamespace, read: Callable[[], Numbers]) -> None:
    client, slug = Client(), newsroom.published(people).slug
    for _ in range(3):
        client.get(f"/claims/{slug}/")
    client.get("/nothing/here/")
    client.get('/odd"\\\n/')
    found = read()
    assert found["factcheck_requests_total", "readers", "claims/<str:slug>/", "200"] == 3
    assert found["factcheck_requests_total", "readers", "none", "404"] == 2
    assert found["factcheck_request_duration_seconds_count", "readers", "claims/<str:slug>/"] == 3
    assert found["factcheck_request_duration_seconds_bucket", "readers", "claims/<str:slug>/", "+Inf"] == 3
    assert found["factcheck_request_duration_seconds_sum", "readers", "claims/<str:slug>/"] > 0
    assert found["factcheck_statements_total", "readers", "desk"] > 0
    assert found["factcheck_build_info", __version__] == 1
    assert read()["factcheck_requests_total", "probes", "metrics", "200"] == 1


def test_queues_jobs_log_and_backup(people: SimpleNamespace, read: Callable[[], Numbers]) -> None:
    empty = read()
    assert empty["factcheck_log_seq",] == 0
    assert not [key for key in empty if key[0].endswith("_timestamp_seconds")], "nothing is known yet"
    newsroom.published(people)
    now = timezone.now()
    JobRun.objects.create(name="verify_log", started_at=now, ended_at=now, outcome=Outcome.SUCCEEDED)
    later = now + timedelta(days=1)
    lost = {"ended_at": later, "outcome": Outcome.FAILED, "error": "It differs."}
    JobRun.objects.create(name="verify_log", started_at=later, is_final=True, **lost)
    JobRun.objects.create(name="check_links", started_at=now, is_final=False, **lost)
    last_backup.note("2026-11-28T01:00:00+00:00")
    found = read()
    assert found["factcheck_job_last_success_timestamp_seconds", "verify_log"] == pytest.approx(now.timestamp())
    assert found["factcheck_job_failing", "verify_log"] == 1
    assert found["factcheck_job_failing", "check_links"] == 0, "it is tried again"
    assert found["factcheck_log_verification_timestamp_seconds",] == pytest.approx(later.timestamp())
    assert found["factcheck_log_verification_ok",] == 0
    assert found["factcheck_log_seq",] == 1
    assert found["factcheck_log_head_timestamp_seconds",] > 0
    assert found["factcheck_backup_timestamp_seconds",] == datetime(2026, 11, 28, 1, tzinfo=UTC).timestamp()
    for queue in ("jobs", "messages", "webhooks", "purges"):
        for what in ("waiting", "failed", "oldest_seconds"):
            assert (f"factcheck_queue_{what}", queue) in found
    assert found["factcheck_workers",] == 0
    assert found["factcheck_database_up", "primary"] == found["factcheck_database_up", "readers"] == 1


def test_what_a_reading_costs(read: Callable[[], Numbers], django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(STATEMENTS):
        read()


def test_it_answers_while_the_databases_are_away(read: Callable[[], Numbers], monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_args: Any, **_kwargs: Any) -> Any:
        raise OperationalError("away") from psycopg.OperationalError("away")

    read()
    for alias in connections:
        monkeypatch.setattr(connections[alias], "cursor", lost)
    found = read()
    assert found["factcheck_database_up", "primary"] == found["factcheck_database_up", "readers"] == 0
    assert found["factcheck_requests_total", "probes", "metrics", "200"] == 1
    assert ("factcheck_log_seq",) not in found


def test_each_replica_is_asked(read: Callable[[], Numbers], monkeypatch: pytest.MonkeyPatch) -> None:
    candidates = [here(), {**here(), **AWAY}, here()]
    monkeypatch.setitem(connection.settings_dict, "CANDIDATES", candidates)
    found = read()
    assert (found["factcheck_database_up", "replica1"], found["factcheck_replica_lag_seconds", "replica1"]) == (1, 0)
    assert found["factcheck_database_up", "replica2"] == 0
    assert ("factcheck_replica_lag_seconds", "replica2") not in found
    assert ("factcheck_database_up", "replica3") not in found, "the last one is no replica"
