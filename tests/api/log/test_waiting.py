"""Waiting for news at the end of the change feed: on committed data, with a publisher of its own."""

import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from articles.models import Head
from articles.selectors.readers.change_notifier import watch
from tests import newsroom
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])
CHANGES = "/api/v1/changes/"


@pytest.fixture(autouse=True)
def _nobody_watches_afterwards() -> Iterator[None]:
    yield
    watch.stop()


class Waiter(threading.Thread):
    """Asks with ``wait`` in a thread of its own, as a server's thread does."""

    def __init__(self, cursor: str, wait: int, **headers: str) -> None:
        super().__init__(daemon=True)
        self.address, self.headers, self.answer = f"{CHANGES}?cursor={cursor}&wait={wait}", headers, None
        self.seconds = 0.0
        self.start()

    def run(self) -> None:
        began = time.monotonic()
        try:
            self.answer = Client().get(self.address, headers=self.headers)
            self.seconds = time.monotonic() - began
        finally:
            connections.close_all()


def at_the_end() -> str:
    cursor: str = Client().get(CHANGES).json()["next_cursor"]
    return cursor


def sessions_of_readers() -> int:
    """Connections to this database, the asking one aside, that are not the watcher's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend' AND query NOT LIKE 'SELECT epoch, seq%' AND query NOT LIKE 'LISTEN%'"
        )
        return int(cursor.fetchone()[0])


def watcher_is_cut_off() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND query LIKE 'SELECT epoch, seq%'"
        )
        return bool(cursor.fetchall())


def test_a_publication_answers_waiting_requests_at_once(people: SimpleNamespace) -> None:
    approved = newsroom.in_stage("approved", people)
    waiters = [Waiter(at_the_end(), 20) for _ in range(3)]
    wait_until(lambda: watch._waiting == 3)
    newsroom.take(approved, "publish", people.editor)
    for waiter in waiters:
        waiter.join(10)
        assert waiter.answer is not None
        assert [record["seq"] for record in waiter.answer.json()["results"]] == [1]
    assert all(waiter.seconds < 15 for waiter in waiters)


def test_waiting_requests_hold_no_database_connection(people: SimpleNamespace) -> None:
    connections["readers"].close()
    before = sessions_of_readers()
    waiters = [Waiter(at_the_end(), 4) for _ in range(4)]
    connections["readers"].close()
    wait_until(lambda: watch._waiting == 4)
    wait_until(lambda: sessions_of_readers() <= before)
    for waiter in waiters:
        waiter.join(10)


def test_a_wait_without_news_ends_with_an_empty_page(people: SimpleNamespace) -> None:
    newsroom.published(people)
    cursor = at_the_end()
    waiter = Waiter(cursor, 1)
    waiter.join(10)
    assert waiter.answer is not None
    page = waiter.answer.json()
    assert (page["results"], page["has_more"], page["head_seq"]) == ([], False, 1)
    held = Client().get(f"{CHANGES}?cursor={cursor}&wait=1")["ETag"]
    assert Client().get(f"{CHANGES}?cursor={cursor}&wait=1", headers={"If-None-Match": held}).status_code == 304


def test_a_cursor_behind_the_head_is_answered_without_waiting(people: SimpleNamespace) -> None:
    cursor = at_the_end()
    newsroom.published(people)
    waiter = Waiter(cursor, 25)
    waiter.join(10)
    assert waiter.answer is not None
    assert len(waiter.answer.json()["results"]) == 1


def test_more_waiting_requests_than_allowed_are_answered_at_once(people: SimpleNamespace, settings: Any) -> None:
    settings.CHANGES_WAITERS = 1
    cursor = at_the_end()
    first = Waiter(cursor, 5)
    wait_until(lambda: watch._waiting == 1)
    second = Waiter(cursor, 25)
    second.join(3)
    assert second.answer is not None
    assert second.answer.json()["results"] == []
    first.join(10)


def test_the_notifier_reconnects_after_a_lost_connection(people: SimpleNamespace) -> None:
    approved = newsroom.in_stage("approved", people)
    waiter = Waiter(at_the_end(), 20)
    wait_until(lambda: watch._waiting == 1)
    wait_until(watcher_is_cut_off)
    wait_until(lambda: not waiter.is_alive())  # woken, because something may have been missed
    again = Waiter(at_the_end(), 20)
    wait_until(lambda: watch._waiting == 1)
    newsroom.take(approved, "publish", people.editor)
    again.join(10)
    assert again.answer is not None
    assert len(again.answer.json()["results"]) == 1
    assert Head.objects.get().seq == 1


def test_stopping_the_server_answers_all_waiting_requests(people: SimpleNamespace) -> None:
    waiter = Waiter(at_the_end(), 25)
    wait_until(lambda: watch._waiting == 1)
    watch.stop()
    waiter.join(5)
    assert not waiter.is_alive()
