"""The snapshot: one moment, byte for byte, and the feed goes on exactly after it. On committed data."""

import csv
import gc
import gzip
import io
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from api.log import export
from articles import csv_safety
from articles.models import Head
from tests import newsroom
from tests.partners import newsrooms

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])
LINES, TABLE = "/api/v1/export/claims.jsonl", "/api/v1/export/claims.csv"


def read(answer: Any) -> bytes:
    body = b"".join(answer.streaming_content)
    answer.close()
    return body


@pytest.fixture
def three(people: SimpleNamespace) -> list[Any]:
    """Published, in scripts and with signs that a careless export breaks; the second retracted."""
    texts = ['A "quoted" \\N \\\\ bridge\ttab', "Мост через реку", "جسر 🌉 =1+1"]
    claims = [
        newsroom.published(people, text=text, language=tag) for text, tag in zip(texts, ("en", "ru", "ar"), strict=True)
    ]
    claims[1] = newsroom.take(claims[1], "retract", people.editor, comment="=Withdrawn")
    return claims


def test_each_line_of_the_export_is_a_record_and_the_last_line_describes_it(three: list[Any], client: Client) -> None:
    answer = client.get(LINES)
    *records, last, nothing = read(answer).split(b"\n")
    head = Head.objects.get()
    assert nothing == b""
    assert records == [client.get(f"/api/v1/claims/{three[n].pk}/").content for n in (0, 2, 1)]
    moment = json.loads(last)
    assert moment == {
        "schema": "factcheck.export/1",
        "as_of_seq": 4,
        "epoch": str(head.epoch),
        "next_cursor": answer["X-Next-Cursor"],
        "count": 3,
    }
    assert (answer["X-As-Of-Seq"], answer["X-Epoch"]) == ("4", str(head.epoch))


def test_the_change_feed_continues_where_the_export_ended(
    three: list[Any], people: SimpleNamespace, client: Client
) -> None:
    answer = client.get(LINES)  # opened: its moment is fixed
    newsroom.published(people, text="Published while it is read")
    lines = read(answer).splitlines()
    assert len(lines) == 4
    page = client.get(f"/api/v1/changes/?cursor={json.loads(lines[-1])['next_cursor']}").json()
    assert [record["seq"] for record in page["results"]] == [5]


def test_the_export_of_an_empty_log_has_its_last_line(client: Client) -> None:
    assert json.loads(read(client.get(LINES)))["count"] == 0


def test_the_csv_export_is_safe_for_spreadsheets(three: list[Any], client: Client) -> None:
    answer = client.get(TABLE)
    assert answer["Content-Type"] == "text/csv"
    rows = list(csv.DictReader(io.StringIO(read(answer).decode(), newline="")))
    assert list(rows[0]) == list(export.COLUMNS)
    assert [row["text"] for row in rows] == [three[n].text for n in (0, 2, 1)]
    assert (rows[2]["kind"], rows[2]["retraction"], rows[2]["rating"]) == ("retracted", "'=Withdrawn", "")


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"], ids=ascii)
def test_a_cell_that_begins_like_a_formula_is_escaped(cell: str) -> None:
    assert csv_safety.row([cell]).decode().strip('"').startswith("'")


@pytest.mark.parametrize("address", [LINES, TABLE])
def test_an_export_is_compressed_when_the_client_accepts_gzip(address: str, three: list[Any], client: Client) -> None:
    plain, zipped = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip"})
    assert (zipped["Content-Encoding"], zipped["Vary"]) == ("gzip", "Accept-Encoding, Authorization")
    assert gzip.decompress(read(zipped)) == read(plain)
    assert plain["ETag"] != zipped["ETag"]


@pytest.mark.parametrize(
    ("header", "is_zipped"),
    {"br, GZIP;q=0.5": True, "x-gzip": True, "gzip;q=0": False, "identity, gzip; q=0.000": False, "br": False}.items(),
)
def test_an_export_is_uncompressed_when_the_client_refuses_gzip(
    header: str, is_zipped: bool, three: list[Any], client: Client
) -> None:
    answer = client.get(LINES, headers={"Accept-Encoding": header})
    assert answer.has_header("Content-Encoding") is is_zipped
    same = client.get(LINES, headers={"Accept-Encoding": header, "If-None-Match": answer["ETag"]})
    assert (same.status_code, same["Vary"]) == (304, "Accept-Encoding, Authorization")
    answer.close()


@pytest.mark.parametrize(
    ("address", "own", "others"), [(LINES, "application/x-ndjson", TABLE), (TABLE, "text/csv", LINES)]
)
def test_an_export_is_chosen_by_the_accept_header(
    address: str, own: str, others: str, three: list[Any], client: Client, problem: Any
) -> None:
    for accepted in (own, f"{own}, application/problem+json", "application/json", "text/html, */*;q=0.1"):
        answer = client.get(address, headers={"Accept": accepted})
        assert (answer.status_code, answer["Content-Type"]) == (200, own), accepted
        answer.close()
    problem(client.get(others, headers={"Accept": own}), 406, "not_acceptable")


def test_an_export_the_client_has_is_answered_304(three: list[Any], people: SimpleNamespace, client: Client) -> None:
    answer = client.get(LINES)
    read(answer)
    assert client.get(LINES, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.head(LINES)["ETag"] == answer["ETag"]
    newsroom.published(people)
    again = client.get(LINES, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 200
    again.close()


def test_more_exports_than_allowed_at_once_are_refused(
    three: list[Any], client: Client, problem: Any, caplog: pytest.LogCaptureFixture
) -> None:
    reading = [client.get(LINES), client.get(TABLE)]
    caplog.clear()
    refused = client.get(LINES)
    problem(refused, 503, "busy")
    assert int(refused["Retry-After"]) > 0
    assert [record for record in caplog.records if record.exc_info] == []  # foreseen: strangers fill no log with it
    next(iter(reading[0].streaming_content))  # begun, and given up: the reader went away
    for answer in reading:
        answer.close()
    after = [client.get(LINES), client.get(LINES)]
    assert [answer.status_code for answer in after] == [200, 200]
    for answer in after:
        answer.close()


def test_the_last_export_slot_is_kept_for_partners(
    three: list[Any], client: Client, problem: Any, settings: Any
) -> None:
    strangers = [client.get(LINES) for _ in range(settings.EXPORTS_AT_ONCE - 1)]
    assert {answer.status_code for answer in strangers} == {200}
    problem(client.get(TABLE), 503, "busy")
    _, secret = newsrooms.key()
    headers = {"Authorization": f"Bearer {secret}"}
    partner = client.get(LINES, headers=headers)
    assert partner.status_code == 200
    problem(client.get(LINES, headers=headers), 503, "busy")
    for answer in (*strangers, partner):
        answer.close()


def something_else(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware that asks for the answer and sends another."""

    def instead(request: HttpRequest) -> HttpResponseBase:
        get_response(request)
        return HttpResponse("another")

    return instead


@pytest.mark.parametrize("address", [LINES, TABLE, "/feeds/claimreview.json"])
def test_an_export_that_is_never_read_frees_its_slot(address: str, three: list[Any], settings: Any) -> None:
    usual = settings.MIDDLEWARE
    settings.MIDDLEWARE = [*usual, f"{__name__}.something_else"]
    gc.collect()
    gc.disable()  # the place comes back at once, not when Python looks for cycles
    try:
        for _ in range(settings.EXPORTS_AT_ONCE):
            assert Client().get(address).content == b"another"
        settings.MIDDLEWARE = usual
        answer = Client().get(address)
    finally:
        gc.enable()
    assert answer.status_code == 200
    assert read(answer)
