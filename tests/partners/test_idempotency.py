"""One effect for each key: asked of real transactions."""

from datetime import timedelta
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from partners.models import Answer, Partner
from partners.services import idempotency
from tests.newsroom import AT

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])
MARK = idempotency.fingerprint(method="POST", path="/x/", body={"a": 1})


@pytest.fixture
def partner() -> Partner:
    return Partner.objects.create(name="Morning Post", contact_email="desk@post.example")


def begin(partner: Partner, key: str = "k", **other: Any) -> Answer | None:
    return idempotency.begin(**{"caller": partner, "key": key, "fingerprint": MARK, "at": AT, **other})


def keep(partner: Partner, key: str = "k", body: bytes = b"done") -> None:
    idempotency.keep(caller=partner, key=key, status=201, headers={"Location": "/1"}, body=body, at=AT)


def test_a_requests_digest_depends_on_method_address_and_values_not_on_key_order() -> None:
    def mark(method: str = "POST", path: str = "/x/", body: Any = None) -> bytes:
        return idempotency.fingerprint(method=method, path=path, body=body or {"a": 1, "b": [1, 2]})

    assert mark() == mark(body={"b": [1, 2], "a": 1})
    assert len({mark(), mark("PUT"), mark(path="/y/"), mark(body={"a": 1, "b": [2, 1]}), mark(body={"a": "1"})}) == 5


def test_a_concurrent_repeat_waits_and_gets_the_same_answer(partner: Partner) -> None:
    begun, answered = Event(), []

    def twin() -> None:
        begun.wait(timeout=30)
        try:
            with transaction.atomic():
                found = begin(partner)
                answered.append(bytes(found.body) if found else None)
        finally:
            connections.close_all()

    thread = Thread(target=twin)
    thread.start()
    with transaction.atomic():
        assert begin(partner) is None
        begun.set()
        thread.join(timeout=0.3)
        assert thread.is_alive()
        keep(partner)
    thread.join(timeout=30)
    assert answered == [b"done"]


def test_a_rolled_back_request_frees_its_idempotency_key(partner: Partner) -> None:
    with transaction.atomic():
        assert begin(partner) is None
        transaction.set_rollback(True)
    with transaction.atomic():
        assert begin(partner) is None


def test_a_lost_connection_frees_its_idempotency_key(partner: Partner) -> None:
    ended: list[str] = []

    def die() -> None:
        try:
            with transaction.atomic():
                begin(partner)
                connections["default"].cursor().execute("SELECT pg_terminate_backend(pg_backend_pid())")
        except DatabaseError as error:
            ended.append(str(error))
        connections.close_all()

    thread = Thread(target=die)
    thread.start()
    thread.join(timeout=30)
    assert "terminating connection" in ended[0]
    with transaction.atomic():
        assert begin(partner) is None


def test_a_repeat_that_waits_too_long_is_refused_as_key_in_use(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "PATIENCE", "50ms")
    told = []

    def twin() -> None:
        try:
            with pytest.raises(idempotency.KeyInUseError), transaction.atomic():
                begin(partner)
            told.append(True)
        finally:
            connections.close_all()

    with transaction.atomic():
        begin(partner)
        thread = Thread(target=twin)
        thread.start()
        thread.join(timeout=30)
    assert told == [True]


def test_the_lock_timeout_applies_to_the_idempotency_key_alone(partner: Partner) -> None:
    with transaction.atomic():
        begin(partner)
        with connections["default"].cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("0",)


def test_another_request_with_a_used_idempotency_key_is_refused(partner: Partner) -> None:
    with transaction.atomic():
        begin(partner)
        keep(partner)
    with pytest.raises(idempotency.KeyMismatchError), transaction.atomic():
        begin(partner, fingerprint=b"x" * 32)


def test_an_expired_idempotency_key_is_deleted_and_usable_again(partner: Partner) -> None:
    for key in ("a", "b", "c"):
        with transaction.atomic():
            begin(partner, key)
            keep(partner, key)
    late = AT + idempotency.KEPT
    assert idempotency.sweep(at=late) == 0
    with transaction.atomic():
        assert begin(partner, "a", at=late) is not None
    late += timedelta(seconds=1)
    with transaction.atomic():
        assert begin(partner, "a", at=late) is None
    assert [idempotency.sweep(at=late, limit=1) for _ in range(3)] == [1, 1, 0]
    assert list(Answer.objects.values_list("key", flat=True)) == ["a"]


def test_the_sweep_deletes_no_more_than_one_batch_under_any_query_plan(partner: Partner) -> None:
    for key in "abcdefgh":
        with transaction.atomic():
            begin(partner, key)
            keep(partner, key)
    with transaction.atomic(), connection.cursor() as cursor:
        for kind in ("hashjoin", "mergejoin", "hashagg", "sort", "material"):
            cursor.execute(f"SET LOCAL enable_{kind} = off")
        assert idempotency.sweep(at=AT + idempotency.KEPT + timedelta(seconds=1), limit=2) == 2


def test_many_requests_at_once_with_five_keys_act_five_times(partner: Partner) -> None:
    barrier, acted, answers = Barrier(30), [], []

    def call(key: str, number: int) -> None:
        try:
            barrier.wait(timeout=60)
            with transaction.atomic():
                kept = begin(partner, key)
                if kept is None:
                    acted.append(key)
                    keep(partner, key, b"%d" % number)
                answers.append((key, bytes(kept.body) if kept else b"%d" % number))
        finally:
            connections.close_all()

    threads = [Thread(target=call, args=(f"k{number % 5}", number)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(acted) == [f"k{number}" for number in range(5)]
    assert (len(answers), len(set(answers))) == (30, 5)
