"""What the database says by itself of changes of readers' pages: committed data, and a publisher elsewhere."""

import gc
import re
import select
import threading
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from articles.selectors.readers.state import published_state, state_listener
from articles.selectors.readers.state.state_listener import StateListener
from readers.held_pages import middleware
from tests.readers.conftest import correct, full
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])

#: A change of each table that pages follow from, made in SQL, so that no code of ours can say it instead.
CHANGES = {
    "articles_head": "UPDATE articles_head SET epoch = epoch",
    "articles_rating": "UPDATE articles_rating SET key = key",
    "articles_frontpin": "DELETE FROM articles_frontpin",
    "articles_publishedmerge": "DELETE FROM articles_publishedmerge",
    "articles_ratingtranslation": "UPDATE articles_ratingtranslation SET said = said",
}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[float]:
    """A second that passes when it is told to."""
    settings.PAGE_SECONDS = 1.0
    now = [1000.0]
    monkeypatch.setattr(middleware.time, "monotonic", lambda: now[0])
    return now


def elsewhere(act: Callable[[], object]) -> None:
    """Do it in a thread with a connection of its own, to the end."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    assert not errors, errors
    assert not thread.is_alive()


def sql(statement: str) -> Callable[[], None]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


def listening() -> StateListener:
    listener = StateListener()
    listener.begin()
    return listener


def tables_of_the_state() -> set[str]:
    return set(re.findall(r"\b(?:FROM|JOIN) (articles_\w+)", published_state._STATE))


def test_each_table_that_pages_follow_from_says_when_it_changes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'say_pages_changed'")
        assert {name for (name,) in cursor.fetchall()} == tables_of_the_state()


@pytest.mark.parametrize("table", sorted(CHANGES))
def test_a_change_elsewhere_is_heard(table: str) -> None:
    assert table in tables_of_the_state()
    listener = listening()
    assert listener.is_quiet()
    elsewhere(sql("SELECT 1"))
    assert listener.is_quiet()
    elsewhere(sql(CHANGES[table]))
    wait_until(lambda: not listener.is_quiet())


@pytest.mark.parametrize("comes", ["before a statement", "with a statement", "after the next look has begun"])
def test_a_change_is_heard_whenever_it_comes(comes: str) -> None:
    listener = listening()
    if comes == "after the next look has begun":
        listener.begin()
    elsewhere(sql(CHANGES["articles_head"]))
    wait_until(lambda: bool(select.select([connections["readers"].connection.fileno()], [], [], 0)[0]))
    if comes != "before a statement":
        published_state.current()
    assert not listener.is_quiet()
    listener.begin()
    published_state.current()
    assert listener.is_quiet()


def test_each_of_two_listeners_on_a_connection_hears_all() -> None:
    first, second = listening(), listening()
    elsewhere(sql(CHANGES["articles_head"]))
    wait_until(lambda: not first.is_quiet())
    first.begin()
    assert first.is_quiet()
    assert not second.is_quiet()


def test_a_connection_that_ended_is_forgotten() -> None:
    listener = listening()
    ended = weakref.ref(connections["readers"].connection)
    connections["readers"].close()
    listener.begin()
    gc.collect()
    assert ended() is None


def test_a_change_that_is_taken_back_is_none() -> None:
    listener = listening()
    elsewhere(sql("BEGIN; UPDATE articles_head SET epoch = epoch; ROLLBACK"))
    assert listener.is_quiet()


def test_a_connection_that_is_cut_off_is_no_silence_and_the_next_one_listens() -> None:
    listener = listening()
    pid = connections["readers"].connection.info.backend_pid
    elsewhere(sql(f"SELECT pg_terminate_backend({pid}, 5000)"))
    assert not listener.is_quiet()
    connections["readers"].close()
    listener.begin()
    assert listener.is_quiet()
    elsewhere(sql(CHANGES["articles_head"]))
    wait_until(lambda: not listener.is_quiet())


def test_where_the_database_cannot_say_it_nothing_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a replica, and behind PgBouncer: the session is not the one that the client was told of."""
    monkeypatch.setattr(state_listener, "_CAN_LISTEN", "SELECT pg_backend_pid() = %s + 1")
    listener = listening()
    assert not listener.is_quiet()
    with connections["readers"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_listening_channels()")
        assert cursor.fetchone() == (0,)


def test_a_page_is_given_without_a_statement_until_something_is_published(
    people: Any, clock: list[float], tables_read: Any
) -> None:
    claim, client = full(people), Client()
    address = reverse("readers:claim", args=[claim.slug])
    client.get(address)
    clock[0] += 1
    client.get(address)
    with tables_read() as tables:
        for _ in range(5):
            clock[0] += 1
            assert b"We had misread the accounts." not in client.get(address).content
    assert tables == []
    elsewhere(lambda: correct(claim, people))
    clock[0] += 1
    wait_until(lambda: b"We had misread the accounts." in client.get(address).content)


def test_who_hears_nothing_looks_now_and_then(people: Any, clock: list[float], tables_read: Any) -> None:
    """A message can be lost with the network between two machines."""
    address, client = reverse("readers:claim", args=[full(people).slug]), Client()
    client.get(address)
    with tables_read() as tables:
        for _ in range(31):
            clock[0] += 1
            client.get(address)
    assert len(tables) == 3
