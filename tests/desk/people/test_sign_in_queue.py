"""The queue in front of the sign-in: one at a time, in order, and a pause after what was wrong."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts.models import User
from desk.people import sign_in_queue
from desk.people.sign_in_queue import Queue, QueueFullError, SignInQueueMiddleware
from tests.waiting import wait_until

LOGIN = "/admin/login/"


class Site:
    """Stands for the rest of the site: each request stays until it is let go."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.order: list[str] = []
        self.most = 0
        self.go = threading.Semaphore(0)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = request.POST["login"]
        self.inside.append(name)
        self.order.append(name)
        self.most = max(self.most, len(self.inside))
        self.go.acquire(timeout=30)
        self.inside.remove(name)
        return HttpResponse(status=302)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    made = Queue(waiting=3, seconds=30)
    monkeypatch.setattr(sign_in_queue, "QUEUE", made)
    return made


def started(act: Callable[[], Any]) -> threading.Thread:
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    return thread


def test_one_at_a_time_in_order_and_one_too_many_is_refused_at_once(queue: Queue) -> None:
    site, threads = Site(), []
    middleware = SignInQueueMiddleware(site)  # type: ignore[arg-type]

    def ask(name: str) -> Any:
        return middleware(RequestFactory().post(LOGIN, {"login": name}))

    for number, name in enumerate("abcd", start=1):
        threads.append(started(lambda name=name: ask(name)))  # type: ignore[misc]
        wait_until(lambda number=number: len(queue._line) == number)  # type: ignore[misc]
    refused = ask("e")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5")
    assert "Nothing was checked" in refused.content.decode()
    for _ in range(4):
        site.go.release()
    for thread in threads:
        thread.join(30)
    assert (site.order, site.most) == (list("abcd"), 1)


def test_one_who_waited_too_long_is_refused_and_leaves_the_line() -> None:
    queue, leave = Queue(waiting=3, seconds=0.05), threading.Event()

    def hold() -> None:
        with queue.turn():
            leave.wait(30)

    first = started(hold)
    wait_until(lambda: len(queue._line) == 1)
    with pytest.raises(QueueFullError), queue.turn():
        pass
    leave.set()
    first.join(30)
    with queue.turn():
        assert len(queue._line) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("password", "pauses"), [("factcheck-demo", False), ("wrong", True)])
def test_only_a_wrong_password_is_followed_by_a_pause(
    password: str, pauses: bool, people: Any, settings: Any, queue: Queue
) -> None:
    settings.SIGN_IN_PAUSE_SECONDS = 0.5
    begun = time.monotonic()
    answer = Client().post(LOGIN, {"login": "reporter", "password": password})
    assert answer.status_code == (200 if pauses else 302)
    assert not pauses or time.monotonic() - begun >= 0.5
    assert not queue._line


@pytest.mark.django_db
def test_a_request_that_breaks_ends_its_turn(queue: Queue, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        SignInQueueMiddleware(breaks)(RequestFactory().post(LOGIN))
    assert Client().post(LOGIN, {"login": "reporter", "password": "factcheck-demo"}).status_code == 302
    assert User.objects.get(username="reporter").last_login is not None


def test_other_requests_do_not_wait(queue: Queue) -> None:
    middleware = SignInQueueMiddleware(lambda request: HttpResponse(request.path))
    with queue.turn():
        for request in (RequestFactory().get(LOGIN), RequestFactory().get("/"), RequestFactory().post("/reports/")):
            assert middleware(request).status_code == 200
