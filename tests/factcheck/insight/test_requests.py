"""Each request has an id, on its answer and in its log lines, and one line of its own."""

import re
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, connections
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path, reverse

from desk.people import sign_in_queue
from factcheck import outages, urls
from factcheck.insight import context
from jobs import running
from jobs.definitions import Job
from tests import newsroom
from tests.factcheck.insight.conftest import Lines

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
MADE = re.compile(r"[0-9a-f]{32}")


def _streamed(request: Any) -> StreamingHttpResponse:
    def parts() -> Any:
        for _ in range(3):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            yield context.request_id().encode() + b"\n"

    return StreamingHttpResponse(parts(), content_type="text/plain")


def _broken(request: Any) -> HttpResponse:
    raise ValueError("This view is broken")


urlpatterns = [path("streamed", _streamed), path("broken", _broken), *urls.urlpatterns]
handler400, handler403, handler500 = urls.handler400, urls.handler403, urls.handler500


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def only(lines: Lines) -> dict[str, Any]:
    """The one line of the request."""
    found = [line for line in lines() if line["logger"] == "factcheck.requests"]
    assert len(found) == 1
    return found[0]


def test_a_line_says_what_was_asked_and_what_it_cost(people: SimpleNamespace, lines: Lines, client: Client) -> None:
    claim = newsroom.published(people)
    address = f"/claims/{claim.slug}/"
    answer = client.get(address + "?q=secret-words")
    line = only(lines)
    assert line.pop("ms") > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line.pop("readers_statements") + line.pop("desk_statements") > 0  # in tests they are one connection
    assert line == {
        "level": "INFO",
        "logger": "factcheck.requests",
        "message": f"GET {address} 200",
        "request_id": answer["X-Request-ID"],
        "method": "GET",
        "path": address,
        "route": "claims/<str:slug>/",
        "plane": "readers",
        "status": 200,
        "user": None,
    }


def test_statements_are_those_that_the_database_got(
    people: SimpleNamespace, lines: Lines, client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(people.editor)
    client.get("/admin/articles/claim/")
    line = only(lines)
    assert (line["user"], line["plane"], line["status"]) == (people.editor.pk, "desk", 200)
    with django_assert_num_queries(line["desk_statements"]):
        client.get("/admin/articles/claim/")


def test_a_page_given_again_has_a_line_with_its_route_and_no_statement(
    people: SimpleNamespace, lines: Lines, client: Client, settings: Any
) -> None:
    settings.PAGE_SECONDS = 60
    address = reverse("readers:claim", args=[newsroom.published(people).slug])
    first = client.get(address)
    lines()
    again = client.get(address)
    line = only(lines)
    assert (line["route"], line["desk_statements"], line["readers_statements"]) == ("claims/<str:slug>/", 0, 0)
    assert line["request_id"] == again["X-Request-ID"] != first["X-Request-ID"]
    assert only_header(client.get(address, headers={"If-None-Match": first["ETag"]}), 304)


def only_header(answer: Any, status: int) -> bool:
    """Whether the answer has this status, and an id that was made for it."""
    return answer.status_code == status and bool(MADE.fullmatch(answer["X-Request-ID"]))


def test_every_answer_has_an_id(client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    assert only_header(client.get("/healthz"), 200)
    assert only_header(client.get("/"), 200)
    assert only_header(client.get("/nothing/here/"), 404)
    assert only_header(client.get("/admin/"), 302)
    assert only_header(client.get("/claims/", headers={"Host": "no.such.site"}), 400)
    assert only_header(client.get("/api/v1/claims/?key=fcp_" + "a" * 40), 400)
    assert only_header(client.put("/claims/"), 405)
    assert only_header(client.get("/streamed"), 200)
    assert only_header(client.get("/api/v1/export/claims.jsonl"), 200)
    monkeypatch.setattr(sign_in_queue.QUEUE, "_waiting", -1)
    assert only_header(client.post("/admin/login/"), 429)


def test_the_page_of_a_fault_shows_the_id_and_the_traceback_has_it(client: Client, lines: Lines, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    answer = client.get("/broken")
    number = answer["X-Request-ID"]
    assert answer.status_code == 500
    assert f"<code>{number}</code>" in answer.content.decode()
    written = lines()
    assert {line["request_id"] for line in written} == {number}
    traceback = next(line for line in written if "exception" in line)
    assert "ValueError: This view is broken" in traceback["exception"]
    (line,) = [line for line in written if line["logger"] == "factcheck.requests"]
    assert (line["status"], line["level"]) == (500, "WARNING")


@pytest.mark.parametrize("address", ["/claims/", "/admin/"])
def test_the_page_of_an_outage_shows_the_id(client: Client, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    def lost(*_args: Any, **_kwargs: Any) -> Any:
        raise OperationalError("away") from psycopg.OperationalError("away")

    monkeypatch.setattr(outages._State, "since", None)
    for alias in connections:
        monkeypatch.setattr(connections[alias], "cursor", lost)
    client.cookies["sessionid"] = "of-somebody"
    answer = client.get(address)
    assert answer.status_code == 503
    assert f"<code>{answer['X-Request-ID']}</code>" in answer.content.decode()


def test_a_streamed_answer_has_its_line_at_its_end(client: Client, lines: Lines, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    answer = client.get("/streamed")
    assert lines() == []
    context.enter(context.Current("another request of this thread"))
    assert set(answer.getvalue().decode().split()) == {answer["X-Request-ID"]}
    line = only(lines)
    assert (line["request_id"], line["desk_statements"]) == (answer["X-Request-ID"], 3)
    assert context.current() is None


@pytest.mark.parametrize("method", ["head", "get"])
def test_a_streamed_answer_that_nobody_reads_has_its_line(
    client: Client, lines: Lines, settings: Any, method: str
) -> None:
    settings.ROOT_URLCONF = __name__
    answer = getattr(client, method)("/streamed")
    answer.close()
    assert only(lines)["desk_statements"] == 0


def test_the_id_of_a_proxy_is_taken_over(client: Client, settings: Any) -> None:
    given = "Root=1-67891233-abcdef012345678912345678"
    settings.BEHIND_PROXY = True
    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given
    for wrong in ("short", "a" * 101, 'quote"quote"', "two words here", "line\nline-line", "ключ-ключ-ключ"):
        assert MADE.fullmatch(client.get("/healthz", headers={"X-Request-ID": wrong})["X-Request-ID"]), wrong
    settings.BEHIND_PROXY = False
    assert MADE.fullmatch(client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"])


def test_what_is_not_found_is_one_line_and_probes_are_none(client: Client, lines: Lines) -> None:
    client.get("/nothing/here/")
    (line,) = lines()
    assert (line["status"], line["route"]) == (404, "none")
    client.get("/healthz")
    assert lines() == []
    client.get("/readyz?plane=moon")
    assert only(lines)["status"] == 400


def test_a_path_stays_on_one_line(client: Client, lines: Lines) -> None:
    client.get("/x%0AERROR forged\u2028/" + "я" * 2000)
    line = only(lines)
    assert line["path"].startswith("/x\\nERROR forged\\u2028/")
    assert len(line["path"]) <= 500


def test_lines_of_a_job_name_it(lines: Lines) -> None:
    def fails() -> str:
        raise ValueError("not today")

    job = Job(name="try_things", title="Try", schedule="* * * * *", about="Tries.", run=fails, retries=5)
    with pytest.raises(running.RetryLaterError):
        running.run(job, job_id=4711, attempt=1)
    (line,) = [line for line in lines() if line["logger"] == "jobs.running"]
    assert (line["job"], line["job_id"]) == ("try_things", 4711)
    assert context.current() is None
