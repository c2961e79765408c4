"""Addresses of sources that stopped answering: found politely, and shown on the desk."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from articles.models import LinkCheck, Source
from articles.services.evidence import link_checks
from articles.services.library import sources
from tests import newsroom
from tests.desk.pages import signed_in, text_of
from tests.lib.safehttp.receivers import answer, receiver
from tests.lib.safehttp.test_client import HERE
from tests.partners.hooks import Inbox

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def source(people: SimpleNamespace, url: str, **fields: Any) -> Source:
    return newsroom.source(people.reporter, url=url, **fields)


def check(*, days: int = 0) -> str:
    return str(link_checks.check_due(at=newsroom.AT + days * DAY, policy=HERE))


def test_an_address_that_stops_answering_is_marked_after_three_checks_and_unmarked(people: SimpleNamespace) -> None:
    inbox = Inbox(200, 404, 500, 404, 200)
    with receiver(inbox) as there:
        made = source(people, there.url)
        outcomes = [check(days=days) for days in (0, 13, 15, 16, 18, 21)]
        assert outcomes == [
            "1 addresses, 0 without an answer",
            "0 addresses, 0 without an answer",
            "1 addresses, 1 without an answer",
            "0 addresses, 0 without an answer",
            "1 addresses, 1 without an answer",
            "1 addresses, 1 without an answer",
        ]
        found = LinkCheck.objects.get()
        assert (found.problem, found.failing_since) == ("http_404", newsroom.AT + 15 * DAY)
        shown = reverse("admin:articles_source_changelist")
        assert "No answer since 17 Mar 2026" in text_of(signed_in(people.reporter).get(shown))
        check(days=24)
    found.refresh_from_db()
    assert (found.failures, found.failing_since) == (0, None)
    assert not link_checks.has_stopped_answering(found, url=made.url)


def test_each_host_is_asked_once_in_a_run_and_confidential_sources_never(people: SimpleNamespace) -> None:
    inbox = Inbox()
    with receiver(inbox) as there:
        for path in ("/a", "/b"):
            source(people, there.url + path)
        hidden = {"is_confidential": True, "public_description": "An official"}
        source(people, there.url + "/c", **hidden)
        source(people, "")
        assert [check(), check(), check()] == ["1 addresses, 0 without an answer"] * 2 + [
            "0 addresses, 0 without an answer"
        ]
    assert len(inbox.messages) == 2


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_server_that_refuses_programs_answers(people: SimpleNamespace, status: int) -> None:
    with receiver(answer(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())) as there:
        source(people, there.url)
        assert check() == "1 addresses, 0 without an answer"


def test_an_address_in_a_private_network_is_not_asked_and_not_marked(people: SimpleNamespace) -> None:
    inbox = Inbox()
    with receiver(inbox) as there:
        for url in (there.url.replace("http://", "https://"), "https://127.0.0.2/", "https://10.0.0.1/"):
            source(people, url)
        assert str(link_checks.check_due(at=newsroom.AT)) == "3 addresses, 0 without an answer"
    assert inbox.messages == []


def test_a_new_address_begins_anew(people: SimpleNamespace) -> None:
    with receiver(answer(b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n")) as there:
        made = source(people, there.url)
        check()
        sources.edit_source(source=made, by=people.reporter, version=made.version, url=there.url + "/new")
        assert check(days=1) == "1 addresses, 1 without an answer"
    assert LinkCheck.objects.get().failures == 1


def test_when_nobody_answers_it_is_our_own_connection(people: SimpleNamespace) -> None:
    for number in range(link_checks.ENOUGH):
        source(people, f"http://127.0.1.{number + 1}:9/")
    with pytest.raises(link_checks.NoConnectionError, match="None of 5"):
        check()
    assert not LinkCheck.objects.exists()


def test_names_that_stand_for_nobody_are_not_asked(people: SimpleNamespace) -> None:
    source(people, "https://city.example/1")
    assert str(link_checks.check_due(at=newsroom.AT)) == "0 addresses, 0 without an answer"
